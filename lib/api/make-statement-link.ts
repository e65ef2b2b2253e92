import 'server-only'
import { z } from 'zod'
import { actorName } from '@/lib/access/actor'
import type { ApiActor } from '@/lib/access/open-api-key'
import { createStatementLink, payLinkUrl } from '@/lib/access/pay-link'
import type { Tx } from '@/lib/base/db'
import { hashToken, newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { owedInvoices } from '@/lib/billing/owed-invoices'
import { queueStatement } from '@/lib/mail/send-statement'
import { audit } from '@/lib/tenancy/audit'
import { invalid, missing } from './api-error'
import { Id, Instant, named } from './named'

export const StatementLink = z
  .strictObject({
    object: z.literal('statement_link'),
    client_id: Id,
    url: z.url().nullable().describe('Empty when it was mailed: then only the mailbox has it.'),
    expires_at: Instant.nullable().describe('30 days after the last due date, at most 120 days from now.'),
    mailed_to: z.string().nullable(),
  })
  .register(named, {
    id: 'StatementLink',
    description: 'A link with which anybody who has it can pay what a client owes, then or later.',
    examples: [
      {
        ...{ object: 'statement_link', client_id: '0193a0b0-c0d0-7000-8000-000000000002' },
        url: 'https://pay.example.com/m/larkfield/pay/ZxA0b1c2d3e4f5',
        ...{ expires_at: '2027-01-01T23:59:59.000Z', mailed_to: null },
      },
    ],
  })

/**
 * A new link to all that a client owes in its currency, answered or mailed to the billing contact.
 * @throws ApiError when there is nothing to pay, nobody to write to, or the client has left
 */
export async function makeStatementLink(
  tx: Tx,
  actor: ApiActor,
  clientId: string,
  delivery: 'return' | 'mail',
): Promise<z.infer<typeof StatementLink>> {
  const client = await tx.row<{ name: string; isGone: boolean }>(sql`
    select name, gone_at is not null as is_gone from clients where tenant_id = ${tx.tenantId} and id = ${clientId}`)
  if (client === undefined) throw missing('client', clientId)
  if (client.isGone) throw invalid('client_not_payable', `${client.name} has left: a link would not open.`)
  if ((await owedInvoices(tx, clientId)).length === 0)
    throw invalid('client_not_payable', `${client.name} has no open invoice.`)
  const made = { object: 'statement_link', client_id: clientId } as const
  if (delivery === 'mail') {
    const sent = await queueStatement(tx, actor, clientId, newId())
    if (!sent.ok) throw invalid('client_without_address', `${client.name} has no billing contact with a mail address.`)
    return { ...made, url: null, expires_at: null, mailed_to: sent.to }
  }
  const token = await createStatementLink(tx, { clientId, sentTo: null })
  const link = await tx.row<{ expiresAt: Date }>(sql`
    select expires_at from pay_links where tenant_id = ${tx.tenantId} and token_hash = ${hashToken(token)}`)
  await audit(tx, actorName(actor), 'pay_link.made', { kind: 'client', id: clientId })
  return {
    ...made,
    ...{ url: await payLinkUrl(tx, token), expires_at: link?.expiresAt.toISOString() ?? null, mailed_to: null },
  }
}
