import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { type Tx, withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { getInvoice } from '@/lib/billing/queries'
import { announce } from '@/lib/events/announce'
import { raise, settle } from '@/lib/events/exception'
import { type InvoiceSent, sendInvoice } from './send-invoice'

/**
 * Mails a new invoice by rule. Where the client has nobody to write to, that is put before staff: the invoice would
 * otherwise lie there unseen.
 * @param to instead of the billing contact
 */
export async function sendNewInvoice(tenantId: string, invoiceId: string, to?: string): Promise<InvoiceSent> {
  const actor: Actor = { kind: 'system', tenantId, reason: 'new invoice' }
  const sent = await sendInvoice(actor, invoiceId, to)
  if (sent.ok || sent.because !== 'no-address') {
    await withTenant(tenantId, (tx) => settle(tx, 'no-address', invoiceId))
    return sent
  }
  const { number, clientId, clientName, balance } = await getInvoice(actor, invoiceId)
  await withTenant(tenantId, (tx) =>
    raise(tx, {
      cause: 'no-address',
      subject: { kind: 'invoice', id: invoiceId },
      clientId,
      amount: balance,
      detail: `Invoice ${number} was not mailed: ${clientName} has nobody with a mail address to send it to.`,
      nextStep:
        'Name a billing contact with an address in the PSA: the invoice is then mailed by itself. Or send it by hand.',
    }),
  )
  return sent
}

/** Those that waited for an address and have one now go out; what needs no mail any more waits no longer. */
export async function sendUnaddressed(tenantId: string): Promise<void> {
  await withTenant(tenantId, async (tx) => {
    for (const { exceptionId, invoiceId, isWanted } of await waiting(tx)) {
      if (isWanted) await announce(tx, { kind: 'invoice.to_send', invoiceId }, `addressed:${exceptionId}`)
      await settle(tx, 'no-address', invoiceId)
    }
  })
}

type Waiting = { exceptionId: string; invoiceId: string; isWanted: boolean }

function waiting(tx: Tx): Promise<Waiting[]> {
  const isWanted = sql`i.state = 'open' and i.balance_minor > 0 and i.sent_at is null`
  return tx.rows<Waiting>(sql`
    select e.id as exception_id, i.id as invoice_id, ${isWanted} as is_wanted
    from exceptions e
    join invoices i on i.tenant_id = e.tenant_id and i.id = e.subject_id::uuid
    join clients c on c.tenant_id = i.tenant_id and c.id = i.client_id
    where e.tenant_id = ${tx.tenantId} and e.cause = 'no-address' and e.closed_at is null
      and (not (${isWanted}) or c.billing_email is not null
        or exists (
          select 1 from contacts p
          where p.tenant_id = i.tenant_id and p.client_id = i.client_id and p.is_billing and p.gone_at is null and p.email is not null))
    order by e.opened_at limit 500`)
}
