import 'server-only'
import { actorName } from '@/lib/access/actor'
import { revokePayLinks, type StatementLinkActor } from '@/lib/access/pay-link'
import { withTenant } from '@/lib/base/db'
import { hashToken } from '@/lib/base/ids'
import { owedInvoices } from '@/lib/billing/owed-invoices'
import { announce } from '@/lib/events/announce'
import { raise } from '@/lib/events/exception'
import { audit } from '@/lib/tenancy/audit'
import { type StatementSent, sendStatement } from './send-statement'

/**
 * The same as passing on an invoice, for the link of a statement: the right person gets one of their own, the holder's
 * opens no more, and staff and PSA learn of it: the PSA on each invoice that is open, since that is where it keeps notes.
 */
export async function forwardStatement(actor: StatementLinkActor, to: string): Promise<StatementSent> {
  const { tenantId, linkId, clientId } = actor
  const address = to.trim().toLowerCase()
  const key = `${linkId}:${hashToken(address).toString('base64url')}`
  const sent = await sendStatement(actor, clientId, `forward:${key}`, address)
  if (!sent.ok) return sent
  // After the mail is queued: a link that dies before would leave nobody able to pay.
  await withTenant(tenantId, async (tx) => {
    await revokePayLinks(tx, { linkId }, 'forwarded')
    await audit(tx, actorName(actor), 'pay_link.forwarded', { kind: 'client', id: clientId }, { linkId })
    const text = `The holder of a pay link to the open invoices passed this one on with them to ${address}.`
    for (const { id: invoiceId } of await owedInvoices(tx, clientId))
      await announce(tx, { kind: 'note.due', invoiceId, text }, `forward:${key}:${invoiceId}`)
    await raise(tx, {
      cause: 'contact-to-check',
      subject: { kind: 'client', id: clientId },
      clientId,
      detail: `Whoever got the open invoices says they belong to ${address}.`,
      nextStep: 'If that is right, make them the billing contact in the PSA.',
    })
  })
  return sent
}
