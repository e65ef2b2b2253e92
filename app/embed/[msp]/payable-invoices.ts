import 'server-only'
import type { CheckoutActor } from '@/lib/access/checkout-session'
import type { InvoiceRow } from '@/lib/billing/invoice'
import { listInvoices } from '@/lib/billing/queries'
import { statesInFlight } from '@/lib/payments/attempt'
import { listAttempts } from '@/lib/payments/queries'

/** What a payment of this session can take: open, in one currency, with no other payment under way. Oldest first, fifty at most. */
export async function payableInvoices(actor: CheckoutActor): Promise<InvoiceRow[]> {
  const [open, flying] = await Promise.all([
    listInvoices(actor, { filter: 'open' }),
    listAttempts(actor, { states: [...statesInFlight] }),
  ])
  const held = new Set(flying.items.flatMap(({ allocations }) => allocations.map(({ invoiceId }) => invoiceId)))
  const free = open.items.filter(({ id, status }) => status !== 'void' && !held.has(id))
  return free.filter(({ balance }) => balance.currency === free[0]?.balance.currency)
}
