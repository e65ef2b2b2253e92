import 'server-only'
import type { PulledInvoice, Rejected } from '@/lib/connectors/contract'
import { mapBounded } from '@/lib/connectors/map-bounded'
import { type Api, conditionsIn } from './api'
import { parse } from './fields'
import { mayHavePayments, readOr, readRows, toInvoice } from './translate'
import { lineFields, WireExpense, WireInvoice, WireLine, WirePayment, WireProduct, WireTime } from './wire'

const CALLS_AT_ONCE = 8

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
  const found = lineKinds.map(() => new Map<number, unknown[]>())
  const payments = new Map<number, unknown[]>()
  await mapBounded(
    [
      // The long lists go first: while they come in page by page, the short ones fill the other lines.
      ...lineKinds.flatMap(({ path, fields }, kind) =>
        conditionsIn('invoice/id', ids).map((conditions) => async () => {
          addByInvoice(found[kind], await api.list(path, { conditions, fields }))
        }),
      ),
      ...listed.items
        .filter(({ wire }) => mayHavePayments(wire))
        .map(({ wire: { id } }) => async () => {
          payments.set(id, await api.list(`finance/invoices/${id}/payments`))
        }),
    ],
    CALLS_AT_ONCE,
    (ask) => ask(),
  )
  const [products, times, expenses] = found
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

function addByInvoice(grouped: Map<number, unknown[]> | undefined, lines: readonly unknown[]): void {
  for (const line of lines) {
    const invoiceId = WireLine.safeParse(line).data?.invoice.id
    if (invoiceId === undefined) continue // it was asked for by its invoice; without one it is on none
    const others = grouped?.get(invoiceId)
    if (others === undefined) grouped?.set(invoiceId, [line])
    else others.push(line)
  }
}
