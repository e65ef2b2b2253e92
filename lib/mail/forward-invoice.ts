import 'server-only'
import { actorName } from '@/lib/access/actor'
import { type InvoiceLinkActor, revokePayLinks } from '@/lib/access/pay-link'
import { withTenant } from '@/lib/base/db'
import { hashToken } from '@/lib/base/ids'
import { announce } from '@/lib/events/announce'
import { raise } from '@/lib/events/exception'
import { audit } from '@/lib/tenancy/audit'
import { type InvoiceSent, sendInvoice } from './send-invoice'

/**
 * The holder of a link is the wrong person and names the right one: the invoice is mailed there with a link of its own,
 * the holder's opens no more, and staff and PSA learn of it. Asked again for the same address, nothing is sent twice.
 * @throws Fault not-found when the link's invoice is gone
 */
export async function forwardInvoice(actor: InvoiceLinkActor, to: string): Promise<InvoiceSent> {
  const { tenantId, linkId, invoiceId, clientId } = actor
  const address = to.trim().toLowerCase()
  const key = `${linkId}:${hashToken(address).toString('base64url')}`
  const sent = await sendInvoice(actor, invoiceId, address, `forward:${key}`)
  if (!sent.ok) return sent
  // After the mail is queued: a link that dies before would leave nobody able to pay.
  await withTenant(tenantId, async (tx) => {
    await revokePayLinks(tx, { linkId }, 'forwarded')
    await audit(tx, actorName(actor), 'pay_link.forwarded', { kind: 'invoice', id: invoiceId }, { linkId })
    const text = `The holder of a pay link passed this invoice on to ${address}.`
    await announce(tx, { kind: 'note.due', invoiceId, text }, `forward:${key}`)
    await raise(tx, {
      cause: 'contact-to-check',
      subject: { kind: 'invoice', id: invoiceId },
      clientId,
      detail: `Whoever got this invoice says it belongs to ${address}.`,
      nextStep: 'If that is right, make them the billing contact in the PSA.',
    })
  })
  return sent
}
