import { z } from 'zod'
import { addDays } from '../../world/calendar.ts'
import { makeInvoice, taxed } from '../../world/invoices.ts'
import type { WorldLine, WorldPayment } from '../../world/world.ts'
import { badRowKinds, balanceOf, type InvoiceRecord } from './invoice-table.ts'
import { type ClientRecord, type Psa, person } from './psa.ts'
import { notFound } from './refusal.ts'
import { linesPerInvoiceMax } from './render-lines.ts'
import { billingStatuses, statusIds } from './setup-tables.ts'

const date = z.iso.date()
const Line = z.strictObject({
  kind: z.enum(['product', 'time', 'expense', 'agreement']).default('product'),
  description: z.string(),
  quantity: z.number().default(1),
  unitPriceCents: z.number().int(),
  taxable: z.boolean().default(false),
})
const Lines = z.array(Line).min(1).max(linesPerInvoiceMax)
export const NewInvoice = z.strictObject({
  /** Name, identifier or id. */
  client: z.union([z.string(), z.number()]),
  kind: z.enum(['Standard', 'Progress', 'CreditMemo', 'Agreement']).default('Standard'),
  title: z.string().default('Remote support'),
  number: z.string().optional(),
  on: date.optional(),
  dueOn: date.optional(),
  lines: Lines,
})
export const InvoiceChange = z.strictObject({
  lines: Lines.optional(),
  /** Makes the total come out so, by one line more. */
  totalCents: z.number().int().optional(),
  dueOn: date.optional(),
  statusId: z.number().int().optional(),
  title: z.string().optional(),
})
export const NewPayment = z.strictObject({
  amountCents: z.number().int().positive().optional(),
  on: date.optional(),
  method: z.enum(['check', 'wire', 'credit']).default('check'),
  reference: z.string().default(''),
  creditInvoiceId: z.number().int().optional(),
})
export const BadRow = z.strictObject({
  kind: z.enum([...badRowKinds, 'healed']),
  invoiceId: z.number().int().optional(),
})
/** A person issues an invoice, and sends it. */
export function issueInvoice(psa: Psa, facts: z.infer<typeof NewInvoice>): InvoiceRecord {
  const { client } = clientNamed(psa, String(facts.client))
  const on = facts.on ?? psa.today()
  const {
    id: _id,
    number: _number,
    ...invoice
  } = makeInvoice(client, {
    kind: facts.kind,
    title: facts.title,
    on,
    dueOn: facts.dueOn ?? addDays(on, client.terms.dueDays),
    lines: facts.lines.map(toLine),
  })
  const record = psa.addInvoice(facts.number === undefined ? invoice : { ...invoice, number: facts.number }, person)
  psa.describeInvoice(record, { statusId: statusIds.sent }, person)
  return record
}

/** A person edits what it bills, when it is due, or where it stands. */
export function reviseInvoice(psa: Psa, record: InvoiceRecord, change: z.infer<typeof InvoiceChange>): InvoiceRecord {
  const { invoice } = record
  const client = psa.clients.get(invoice.clientId)?.client ?? { taxRateBps: 0 }
  const billed = change.lines === undefined ? invoice : taxed(client, change.lines.map(toLine))
  const { taxCents } = billed
  let { lines } = billed
  const sum = lines.reduce((cents, { amountCents }) => cents + amountCents, taxCents)
  if (change.totalCents !== undefined && change.totalCents !== sum) {
    const unitPriceCents = change.totalCents - sum
    lines = [
      ...lines,
      toLine({ kind: 'product', description: 'Adjustment', quantity: 1, unitPriceCents, taxable: false }),
    ]
  }
  const isContent = change.lines !== undefined || change.totalCents !== undefined || change.dueOn !== undefined
  if (isContent || change.title !== undefined) {
    const totalCents = lines.reduce((cents, { amountCents }) => cents + amountCents, taxCents)
    const { dueOn = invoice.dueOn, title = invoice.title } = change
    const { taxes } = billed
    const taxesNow = taxes === undefined ? {} : { taxes }
    psa.reviseInvoice(record, { ...invoice, ...taxesNow, title, dueOn, lines, taxCents, totalCents }, person)
  }
  if (change.statusId !== undefined) {
    if (!billingStatuses.some(({ id }) => id === change.statusId)) throw notFound(`Status ${change.statusId}`)
    psa.describeInvoice(record, { statusId: change.statusId }, person)
  }
  return record
}

function toLine({ quantity, unitPriceCents, ...rest }: z.infer<typeof Line>): WorldLine {
  return { ...rest, quantity, unitPriceCents, amountCents: Math.round(quantity * unitPriceCents) }
}

/** A person records a payment; the whole balance unless told otherwise. */
export function recordPayment(psa: Psa, record: InvoiceRecord, facts: z.infer<typeof NewPayment>): WorldPayment {
  const { amountCents = balanceOf(record), on = psa.today(), creditInvoiceId, ...rest } = facts
  const memo = creditInvoiceId === undefined ? {} : { creditInvoiceId }
  return psa.addPayment(record, { ...rest, ...memo, amountCents, on }, person).payment
}

/** Makes a row malformed, or well again; the newest open one unless told which. */
export function spoilInvoice(psa: Psa, { kind, invoiceId }: z.infer<typeof BadRow>): InvoiceRecord {
  const isOpen = (record: InvoiceRecord) => record.bad === undefined && balanceOf(record) > 0
  const record = invoiceId === undefined ? psa.invoices.all.findLast(isOpen) : psa.invoices.get(invoiceId)
  if (record === undefined) throw notFound('Invoice')
  record.bad = kind === 'healed' ? undefined : kind
  psa.touchInvoice(record, person)
  return record
}

/** By id, name or identifier. */
export function clientNamed(psa: Psa, wanted: string): ClientRecord {
  const byId = psa.clients.get(Number(wanted))
  if (byId !== undefined) return byId
  for (const record of psa.clients.values()) {
    if (record.client.name === wanted || record.client.identifier === wanted) return record
  }
  throw notFound(`Client ${wanted}`)
}
