import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { getsInvoices } from '@/lib/billing/invoice-recipients'
import { getInvoice } from '@/lib/billing/queries'
import { announceMany } from '@/lib/events/announce-many'
import { raise, settle } from '@/lib/events/exception'
import { getTenant } from '@/lib/tenancy/queries'
import { type InvoiceSent, sendInvoice } from './send-invoice'

/**
 * Mails a new invoice by rule. Where the client has nobody to write to, that is put before staff: the invoice would
 * otherwise lie there unseen.
 * @param to instead of those it goes to by rule
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

/**
 * Those that waited for an address and have one now go out. What needs no mail any more, and what the MSP would not mail by
 * itself any more, waits no longer either.
 */
export async function sendUnaddressed(tenantId: string): Promise<void> {
  await withTenant(tenantId, async (tx) => {
    const done = await waiting(tx)
    if (done.length === 0) return
    await announceMany(
      tx,
      done
        .filter(({ isWanted }) => isWanted)
        .map(({ exceptionId, invoiceId }) => {
          return { news: { kind: 'invoice.to_send', invoiceId }, key: `addressed:${exceptionId}` }
        }),
    )
    await tx.run(sql`
      update exceptions set closed_at = ${now()}, closed_by = 'system'
      where tenant_id = ${tx.tenantId} and closed_at is null and id = any(${done.map(({ exceptionId }) => exceptionId)}::uuid[])`)
  })
}

type Waiting = { exceptionId: string; invoiceId: string; isWanted: boolean }

async function waiting(tx: Tx): Promise<Waiting[]> {
  const { settings } = await getTenant(tx)
  const isWanted = sql`(${settings.sendNewInvoices} and i.state = 'open' and i.balance_minor > 0 and i.sent_at is null)`
  return tx.rows<Waiting>(sql`
    select e.id as exception_id, i.id as invoice_id, ${isWanted} as is_wanted
    from exceptions e
    join invoices i on i.tenant_id = e.tenant_id and i.id = e.subject_id::uuid
    join clients c on c.tenant_id = i.tenant_id and c.id = i.client_id
    where e.tenant_id = ${tx.tenantId} and e.cause = 'no-address' and e.closed_at is null
      and (not ${isWanted} or c.billing_email is not null
        or exists (
          select 1 from contacts p
          where p.tenant_id = i.tenant_id and p.client_id = i.client_id and ${getsInvoices(settings.invoiceRecipients)}))
    order by e.opened_at limit 500`)
}
