import 'server-only'
import type { z } from 'zod'
import type { PulledInvoice, Rejected } from '@/lib/connectors/contract'
import { mapBounded } from '@/lib/connectors/map-bounded'
import { type Api, conditionsIn } from './api'
import { type InvoiceParts, mayHavePayments, parse, readRows, toInvoice, Unreadable } from './translate'
import { lineFields, WireExpense, WireId, WireInvoice, WirePayment, WireProduct, WireTime } from './wire'

const CALLS_AT_ONCE = 6
/** Invoices whose lines are asked for together: their lines mostly fit one page. */
const INVOICES_PER_LIST = 250

type Read<Wire> = { wire: Wire } | { unreadable: string }
type ByInvoice<Wire> = ReadonlyMap<number, Read<Wire>[]>

/** Completes listed invoices with their lines, a few calls for all, and their payments, a call for each that has any. */
export async function readInvoices(
  api: Api,
  rows: readonly unknown[],
): Promise<{ items: PulledInvoice[]; rejected: Rejected[] }> {
  const read = readRows(rows, WireInvoice, (wire, raw) => ({ wire, raw }))
  const ids = read.items.map(({ wire }) => String(wire.id))
  const paid = read.items.map(({ wire }) => wire).filter(mayHavePayments)
  const [products, times, expenses, payments] = await Promise.all([
    linesOf(api, 'procurement/products', lineFields.products, WireProduct, ids),
    linesOf(api, 'time/entries', lineFields.times, WireTime, ids),
    linesOf(api, 'expense/entries', lineFields.expenses, WireExpense, ids),
    mapBounded(paid, CALLS_AT_ONCE, async ({ id }) => [id, await api.list(`finance/invoices/${id}/payments`)] as const),
  ])
  const paymentsOf = new Map(payments)
  const whole = readRows(read.items, itself<(typeof read.items)[number]>(), ({ wire, raw }) => {
    const parts: InvoiceParts = {
      products: readable(products.get(wire.id)),
      times: readable(times.get(wire.id)),
      expenses: readable(expenses.get(wire.id)),
      payments: (paymentsOf.get(wire.id) ?? []).map((payment) => parse(WirePayment, payment)),
    }
    return toInvoice(wire, parts, raw)
  })
  const rawOf = ({ externalId, reason, raw }: Rejected): Rejected => ({ externalId, reason, raw })
  return { items: whole.items, rejected: [...read.rejected, ...whole.rejected.map(rawOf)] }
}
