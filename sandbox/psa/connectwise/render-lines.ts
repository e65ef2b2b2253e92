import type { WorldInvoice, WorldLine } from '../../world/world.ts'
import type { InvoiceRecord } from './invoice-table.ts'
import type { Bounds } from './match.ts'
import type { Psa } from './psa.ts'
import {
  agreementRef,
  catalogRef,
  companyRef,
  currencyRef,
  info,
  invoiceRef,
  type Json,
  midnight,
  taxCodeRef,
  workRefs,
} from './references.ts'

/** A line and the invoice it stands on. Ids of lines follow from the invoice's, so an index of them is not needed. */
export type LineRow = { id: number; line: WorldLine; position: number; record: InvoiceRecord }

export const linesPerInvoiceMax = 99

/** Lines of one kind that may satisfy the bounds, in order of id. */
export function* lineRows(psa: Psa, kind: 'product' | 'time' | 'expense', bounds: Bounds): Generator<LineRow> {
  const ids = bounds.invoiceIds ?? bounds.ids?.map(invoiceIdOf)
  const idFrom = invoiceIdOf(bounds.idFrom)
  const records = psa.invoices.candidates({ ...bounds, idFrom, ...(ids === undefined ? {} : { ids }) })
  for (const record of records) yield* linesOf(record, kind)
}

export function* linesOf(record: InvoiceRecord, kind: 'product' | 'time' | 'expense'): Generator<LineRow> {
  let position = 0
  for (const line of record.invoice.lines) {
    position += 1
    if (line.kind === kind) yield { id: record.invoice.id * 100 + position, line, position, record }
  }
}

function invoiceIdOf(lineId: number): number {
  return Math.floor(lineId / 100)
}

/** What all three kinds of line say alike. */
function common(psa: Psa, { record }: LineRow): Json {
  const { invoice } = record
  return {
    company: companyRef(psa, psa.clients.get(invoice.clientId)?.client),
    ...workRefs(psa, invoice),
    agreement: agreementRef(psa, psa.agreements.get(invoice.agreementId ?? 0)?.agreement),
    invoice: invoiceRef(psa, invoice),
    customFields: [],
    _info: info(record.updatedAt, record.updatedBy),
  }
}

function shownCents(psa: Psa, invoice: WorldInvoice, cents: number): number {
  return invoice.kind === 'CreditMemo' && psa.options.creditMemoSign === 'positive' ? -cents : cents
}

export function renderProduct(psa: Psa, row: LineRow): Json {
  const { id, line, position, record } = row
  const price = shownCents(psa, record.invoice, line.unitPriceCents) / 100
  const amount = shownCents(psa, record.invoice, line.amountCents) / 100
  return {
    id,
    catalogItem: catalogRef(productOf(psa, row)),
    description: line.description,
    customerDescription: line.description,
    sequenceNumber: position,
    quantity: line.quantity,
    price,
    cost: Math.round(line.unitPriceCents * 0.6) / 100,
    extPrice: psa.options.floatNoise ? line.quantity * price : amount,
    discount: 0,
    priceMethod: 'FlatRateForRange',
    billableOption: 'Billable',
    taxableFlag: line.taxable,
    taxCode: taxCodeRef(psa.clients.get(record.invoice.clientId)?.client),
    productClass: line.additionId === undefined ? 'NonInventory' : 'Agreement',
    cancelledFlag: false,
    quantityCancelled: 0,
    ...common(psa, row),
  }
}

function productOf(psa: Psa, { line, record }: LineRow): string {
  const additions = psa.agreements.get(record.invoice.agreementId ?? 0)?.agreement.additions
  const addition = line.additionId === undefined ? undefined : additions?.find(({ id }) => id === line.additionId)
  return addition?.product ?? line.description.slice(0, 30)
}

export function renderTime(psa: Psa, row: LineRow): Json {
  const { id, line, record } = row
  const worked = Date.parse(midnight(record.invoice.on)) - 6 * 3_600_000
  const told = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`
  return {
    id,
    chargeToType: record.invoice.kind === 'Progress' ? 'ProjectTicket' : 'ServiceTicket',
    chargeToId: 60_000 + record.invoice.id,
    member: { id: 152, identifier: 'mbell', name: 'Marcus Bell' },
    workType: { id: 1, name: 'Remote' },
    workRole: { id: 3, name: 'Engineer' },
    timeStart: told(worked - Math.min(line.quantity, 12) * 3_600_000),
    timeEnd: told(worked),
    actualHours: line.quantity,
    hoursBilled: line.quantity,
    invoiceHours: line.quantity,
    hourlyRate: line.unitPriceCents / 100,
    extendedInvoiceAmount: psa.options.floatNoise
      ? line.quantity * (line.unitPriceCents / 100)
      : line.amountCents / 100,
    billableOption: 'Billable',
    notes: line.description,
    status: 'Billed',
    invoiceFlag: true,
    ...common(psa, row),
  }
}

export function renderExpense(psa: Psa, row: LineRow): Json {
  const { id, line, record } = row
  const amount = line.amountCents / 100
  return {
    id,
    chargeToType: record.invoice.kind === 'Progress' ? 'ProjectTicket' : 'ServiceTicket',
    chargeToId: 60_000 + record.invoice.id,
    type: { id: 2, name: 'Travel and materials' },
    member: { id: 152, identifier: 'mbell', name: 'Marcus Bell' },
    amount,
    billAmount: amount,
    invoiceAmount: amount,
    billableOption: 'Billable',
    date: midnight(record.invoice.on),
    notes: line.description,
    status: 'Billed',
    currency: currencyRef(psa, psa.clients.get(record.invoice.clientId)?.client),
    ...common(psa, row),
  }
}
