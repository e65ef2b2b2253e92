import type { World, WorldPayment } from '../../world/world.ts'
import type { InvoiceRecord, PaymentRecord } from './invoice-table.ts'
import { statusIds } from './setup-tables.ts'

/** The world's invoices as this PSA keeps them. Nothing was last updated after `began`, in milliseconds. */
export function loadInvoices(world: World, began: number): InvoiceRecord[] {
  const records = new Map<number, InvoiceRecord>()
  for (const invoice of world.invoices) {
    records.set(invoice.id, {
      invoice,
      statusId: statusIds.sent,
      paidCents: 0,
      creditedCents: 0,
      payments: undefined,
      updatedAt: writtenAt(invoice.on, invoice.id, began),
      updatedBy: 'rokafor',
      texts: undefined,
      bad: undefined,
    })
  }
  for (const payment of world.payments) {
    const record = records.get(payment.invoiceId)
    if (record === undefined) continue
    const paid = toRecord(payment, began)
    if (record.payments === undefined) record.payments = [paid]
    else record.payments.push(paid)
    if (payment.method === 'credit') record.creditedCents += payment.amountCents
    else record.paidCents += payment.amountCents
    record.updatedAt = Math.max(record.updatedAt, paid.updatedAt)
    const memo = payment.creditInvoiceId === undefined ? undefined : records.get(payment.creditInvoiceId)
    if (memo !== undefined) memo.creditedCents -= payment.amountCents
  }
  for (const record of records.values()) record.statusId = statusOf(record)
  return [...records.values()]
}

/** Somebody closes what is settled, mostly; what is open has been sent, or is held over a question. */
function statusOf({ invoice, paidCents, creditedCents }: InvoiceRecord): number {
  const isSettled = invoice.totalCents === paidCents + creditedCents
  if (isSettled) return invoice.id % 12 === 0 ? statusIds.sent : statusIds.closed
  return invoice.number === '20418' || invoice.id % 19 !== 0 ? statusIds.sent : statusIds.onHold
}

function toRecord(payment: WorldPayment, began: number): PaymentRecord {
  const at = writtenAt(payment.on, payment.id, began)
  const isExported = began - at > 30 * 86_400_000
  const record: PaymentRecord = { payment, appliedBy: 'kpratt', updatedAt: at }
  if (isExported) record.glBatchId = `GL${payment.on.slice(2, 4)}${payment.on.slice(5, 7)}`
  return record
}

/** Some second of the working day. */
function writtenAt(date: string, id: number, began: number): number {
  return Math.min(began, Date.parse(`${date}T13:00:00Z`) + ((id * 7919) % 28_800) * 1000)
}
