import 'server-only'
import type { ContactActor } from '@/lib/access/require-contact'
import type { InvoiceRow } from '@/lib/billing/invoice'
import { getInvoice, listInvoices } from '@/lib/billing/queries'
import { statesInFlight } from '@/lib/payments/attempt'
import { listAttempts } from '@/lib/payments/queries'
import { orNotFound } from '../../or-not-found'

/**
 * The invoices a payment can take: open, in one currency, with no other payment under way. Oldest first, fifty at most.
 * @param wanted ids from the address; undefined for all
 */
export async function payableInvoices(actor: ContactActor, wanted: string[] | undefined): Promise<InvoiceRow[]> {
  const [only, ...others] = wanted ?? []
  const [open, flying] = await Promise.all([
    only !== undefined && others.length === 0
      ? orNotFound(getInvoice(actor, only)).then((invoice) => [invoice])
      : listInvoices(actor, { filter: 'open' }).then(({ items }) => items),
    listAttempts(actor, { states: [...statesInFlight] }),
  ])
  const held = new Set(flying.items.flatMap(({ allocations }) => allocations.map(({ invoiceId }) => invoiceId)))
  const free = open.filter(
    (invoice) =>
      (wanted === undefined || wanted.includes(invoice.id)) &&
      invoice.kind === 'invoice' &&
      // What is set for a date is paid now only when it is named.
      (wanted !== undefined || invoice.status !== 'scheduled') &&
      invoice.status !== 'void' &&
      invoice.balance.minor > 0n &&
      !held.has(invoice.id),
  )
  return free.filter(({ balance }) => balance.currency === free[0]?.balance.currency)
}
