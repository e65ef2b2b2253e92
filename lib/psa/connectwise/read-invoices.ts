import 'server-only'
import type { PulledInvoice, Rejected } from '@/lib/connectors/contract'
import { mapBounded } from '@/lib/connectors/map-bounded'
import { type Api, conditionsIn } from './api'
import { parse } from './fields'
import { mayHavePayments, readOr, readRows, toInvoice } from './translate'
import { lineFields, WireExpense, WireInvoice, WireLine, WirePayment, WireProduct, WireTime } from './wire'

const CALLS_AT_ONCE = 8
/** Invoices whose lines are asked for together: their lines mostly fit one page. */
const INVOICES_PER_LIST = 250

const lineKinds = [
  { path: 'procurement/products', fields: lineFields.products },
  { path: 'time/entries', fields: lineFields.times },
  { path: 'expense/entries', fields: lineFields.expenses },
] as const

/**
 * Completes listed invoices with their lines, a few calls for all of them, and with their payments, a call for each that
 * has any. One unreadable line or payment makes its invoice unreadable: half an invoice would be a wrong one.
 */
export async function readInvoices(
  api: Api,
  rows: readonly unknown[],
): Promise<{ items: PulledInvoice[]; rejected: Rejected[] }> {
  const listed = readRows(rows, WireInvoice, (wire, raw) => ({ wire, raw }))
  const ids = listed.items.map(({ wire }) => String(wire.id))
  const lists = lineKinds.flatMap(({ path, fields }) =>
    conditionsIn('invoice/id', ids, INVOICES_PER_LIST).map(
      (conditions) => () => api.list(path, { conditions, fields }),
    ),
  )
  const perKind = lists.length / lineKinds.length
  const found = await mapBounded(lists, CALLS_AT_ONCE, (list) => list())
  const [products, times, expenses] = lineKinds.map((_, kind) =>
    byInvoice(found.slice(kind * perKind, (kind + 1) * perKind).flat()),
  )
  const paid = listed.items.filter(({ wire }) => mayHavePayments(wire))
  const payments = new Map(
    await mapBounded(paid, CALLS_AT_ONCE, async ({ wire: { id } }) => {
      return [id, await api.list(`finance/invoices/${id}/payments`)] as const
    }),
  )
  const { rejected } = listed
  const items = listed.items.flatMap(({ wire, raw }) => {
    const read = readOr(raw, () => {
      const parts = {
        products: (products?.get(wire.id) ?? []).map((line) => parse(WireProduct, line)),
        times: (times?.get(wire.id) ?? []).map((line) => parse(WireTime, line)),
        expenses: (expenses?.get(wire.id) ?? []).map((line) => parse(WireExpense, line)),
        payments: (payments.get(wire.id) ?? []).map((payment) => parse(WirePayment, payment)),
      }
      return toInvoice(wire, parts, raw)
    })
    if ('item' in read) return [read.item]
    rejected.push(read)
    return []
  })
  return { items, rejected }
}

function byInvoice(lines: readonly unknown[]): Map<number, unknown[]> {
  const grouped = new Map<number, unknown[]>()
  for (const line of lines) {
    const invoiceId = WireLine.safeParse(line).data?.invoice.id
    if (invoiceId === undefined) continue // it was asked for by its invoice; without one it is on none
    const others = grouped.get(invoiceId)
    if (others === undefined) grouped.set(invoiceId, [line])
    else others.push(line)
  }
  return grouped
}
