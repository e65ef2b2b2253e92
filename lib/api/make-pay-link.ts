import 'server-only'
import { z } from 'zod'
import { actorName } from '@/lib/access/actor'
import type { ApiActor } from '@/lib/access/open-api-key'
import { createPayLink, payLinkUrl } from '@/lib/access/pay-link'
import type { Tx } from '@/lib/base/db'
import { hashToken, newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { readView } from '@/lib/billing/read-invoices'
import { queueInvoice } from '@/lib/mail/send-invoice'
import { audit } from '@/lib/tenancy/audit'
import { invalid, missing } from './api-error'
import { Id, Instant, named } from './named'

export const PayLink = z
  .strictObject({
    object: z.literal('pay_link'),
    invoice_id: Id,
    url: z.url().nullable().describe('Empty when it was mailed: then only the mailbox has it.'),
    expires_at: Instant.nullable().describe('30 days after the due date, at most 120 days from now.'),
    mailed_to: z.string().nullable(),
  })
  .register(named, {
    id: 'PayLink',
    description: 'A link with which anybody who has it can pay one invoice.',
    examples: [
      {
        ...{ object: 'pay_link', invoice_id: '0193a0b0-c0d0-7000-8000-000000000001' },
        url: 'https://pay.example.com/m/larkfield/pay/ZxA0b1c2d3e4f5',
        ...{ expires_at: '2027-01-01T23:59:59.000Z', mailed_to: null },
      },
    ],
  })

/** A new pay link, answered or mailed to the billing contact. @throws ApiError when there is nothing to pay, or nobody to write to */
export async function makePayLink(
  tx: Tx,
  actor: ApiActor,
  invoiceId: string,
  delivery: 'return' | 'mail',
): Promise<z.infer<typeof PayLink>> {
  const invoice = await readView(tx, invoiceId)
  if (invoice === undefined) throw missing('invoice', invoiceId)
  if (invoice.kind !== 'invoice' || invoice.state !== 'open' || invoice.balance.minor <= 0n)
    throw invalid('invoice_not_payable', `Invoice ${invoice.number} asks for nothing: it is ${invoice.status}.`)
  if (delivery === 'mail') {
    const sent = await queueInvoice(tx, actor, invoice, { again: newId() })
    if (!sent.ok)
      throw invalid('client_without_address', `${invoice.clientName} has no billing contact with a mail address.`)
    return { object: 'pay_link', invoice_id: invoiceId, url: null, expires_at: null, mailed_to: sent.to }
  }
  const token = await createPayLink(tx, { invoiceId, dueOn: invoice.dueOn, sentTo: null })
  const link = await tx.row<{ expiresAt: Date }>(sql`
    select expires_at from pay_links where tenant_id = ${tx.tenantId} and token_hash = ${hashToken(token)}`)
  await audit(tx, actorName(actor), 'pay_link.made', { kind: 'invoice', id: invoiceId })
  const url = await payLinkUrl(tx, token)
  const expires = link?.expiresAt.toISOString() ?? null
  return { object: 'pay_link', invoice_id: invoiceId, url, expires_at: expires, mailed_to: null }
}
