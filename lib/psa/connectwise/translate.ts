import { Temporal } from 'temporal-polyfill'
import type { z } from 'zod'
import type { PlainDate } from '@/lib/base/clock'
import type {
  ChangeHint,
  PulledAddition,
  PulledAgreement,
  PulledClient,
  PulledContact,
  PulledInvoice,
  PulledLine,
  PulledPayment,
  Rejected,
} from '@/lib/connectors/contract'
import { type Money, money } from '@/lib/money/money'
import { fromDecimal } from '@/lib/money/wire'
import type {
  WireAddition,
  WireAgreement,
  WireCompany,
  WireContact,
  WireExpense,
  WireInvoice,
  WirePayment,
  WireProduct,
  WireTime,
} from './wire'
import { type WireCurrency, WireId } from './wire'

/** A row that says something we cannot stand behind; the sentence is shown to staff. */
export class Unreadable extends Error {}

/** Reads rows one by one: what does not parse, or does not make sense, is kept with the reason. */
export function readRows<Wire, Item>(
  rows: readonly unknown[],
  schema: z.ZodType<Wire>,
  translate: (wire: Wire, raw: unknown) => Item,
): { items: Item[]; rejected: Rejected[] } {
  const rejected: Rejected[] = []
  const items = rows.flatMap((raw) => {
    const read = readOr(raw, () => translate(parse(schema, raw), raw))
    if ('item' in read) return [read.item]
    rejected.push(read)
    return []
  })
  return { items, rejected }
}

/** What `read` answers, or the row with the reason why it cannot be read. */
export function readOr<Item>(raw: unknown, read: () => Item): { item: Item } | Rejected {
  try {
    return { item: read() }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { externalId: String(WireId.safeParse(raw).data?.id ?? ''), reason: error.message, raw }
  }
}

/** @throws Unreadable naming each field that is wrong */
export function parse<Wire>(schema: z.ZodType<Wire>, raw: unknown): Wire {
  const read = schema.safeParse(raw)
  if (read.success) return read.data
  throw new Unreadable(
    read.error.issues.map(({ path, message }) => `${path.join('.') || 'The row'}: ${message}`).join('; '),
  )
}

export function toClient(wire: WireCompany, raw: unknown, termsDays: ReadonlyMap<number, number>): PulledClient {
  const currency = currencyOf(wire.currency)
  const days = termsDays.get(wire.billingTerms?.id ?? 0)
  const billingEmail = emailOf(wire.invoiceToEmailAddress)
  return {
    externalId: String(wire.id),
    name: wire.name.trim(),
    identifier: wire.identifier,
    phone: wire.phoneNumber,
    address: {
      line1: wire.addressLine1,
      line2: wire.addressLine2,
      city: wire.city,
      region: wire.state,
      postalCode: wire.zip,
      country: wire.country?.name ?? '',
    },
    gone: wire.deletedFlag,
    source: raw,
    ...(billingEmail === undefined ? {} : { billingEmail }),
    ...(wire.billingContact ? { billingContactId: String(wire.billingContact.id) } : {}),
    ...(days === undefined ? {} : { termsDays: days }),
    ...(currency === undefined ? {} : { currency }),
  }
}

/** Answers nothing for a contact without a company: it belongs to no client, so there is nothing to keep or to reject. */
export function toContact(wire: WireContact, raw: unknown): PulledContact | undefined {
  if (!wire.company) return undefined
  const emails = (wire.communicationItems ?? [])
    .filter(({ communicationType }) => communicationType === 'Email')
    .toSorted((a, b) => Number(b.defaultFlag) - Number(a.defaultFlag))
    .map(({ value }) => emailOf(value))
  const email = emails.find((found) => found !== undefined)
  return {
    externalId: String(wire.id),
    clientExternalId: String(wire.company.id),
    name: `${wire.firstName} ${wire.lastName}`.trim() || (email ?? `Contact ${wire.id}`),
    title: wire.title,
    isBilling: wire.defaultBillingFlag,
    isDefault: wire.defaultFlag,
    gone: wire.inactiveFlag,
    source: raw,
    ...(email === undefined ? {} : { email }),
  }
}

export function toAgreement(wire: WireAgreement, additions: readonly WireAddition[], raw: unknown): PulledAgreement {
  const currency = currencyOf(wire.currency)
  if (currency === undefined) throw new Unreadable('currency: the agreement names none')
  const startsOn = dateOf('startDate', wire.startDate)
  const endsOn = dateOf('endDate', wire.dateCancelled ?? (wire.noEndingDateFlag ? undefined : wire.endDate))
  return {
    externalId: String(wire.id),
    clientExternalId: String(wire.company.id),
    name: wire.name.trim(),
    status: wire.agreementStatus,
    additions: additions
      .filter(({ billCustomer }) => billCustomer !== 'DoNotBill')
      .map((addition) => toAddition(addition, currency)),
    source: raw,
    ...(startsOn === undefined ? {} : { startsOn }),
    ...(endsOn === undefined ? {} : { endsOn }),
  }
}

function toAddition(wire: WireAddition, currency: string): PulledAddition {
  const effectiveOn = dateOf('effectiveDate', wire.effectiveDate)
  const cancelledOn = dateOf('cancelledDate', wire.cancelledDate)
  const isFree = wire.billCustomer === 'NoCharge'
  return {
    externalId: String(wire.id),
    description: wire.invoiceDescription || wire.description || (wire.product?.identifier ?? ''),
    quantity: quantityText(wire.quantity),
    unitPrice: isFree ? money(0n, currency) : nearest('unitPrice', wire.unitPrice ?? 0, currency),
    ...(effectiveOn === undefined ? {} : { effectiveOn }),
    ...(cancelledOn === undefined ? {} : { cancelledOn }),
  }
}

export type InvoiceParts = {
  products: readonly WireProduct[]
  times: readonly WireTime[]
  expenses: readonly WireExpense[]
  payments: readonly WirePayment[]
}

/**
 * An invoice with its lines and payments. Tenants differ in the sign they give a credit memo: by us it is always what it
 * credits, so that a negative total turns the sign of everything on it.
 */
export function toInvoice(wire: WireInvoice, parts: InvoiceParts, raw: unknown): PulledInvoice {
  const currency = currencyOf(wire.currency)
  if (currency === undefined) throw new Unreadable('currency: the invoice names none')
  const sign = wire.total < 0 ? -1n : 1n
  const signed = (field: string, value: number) => {
    const exact = amountOf(field, value, currency)
    return money(sign * exact.minor, currency)
  }
  const isMemo = wire.type === 'CreditMemo' || sign < 0n
  const issuedOn = dateOf('date', wire.date)
  if (issuedOn === undefined) throw new Unreadable('date: the invoice has none')
  const total = signed('total', wire.total)
  const tax = signed('salesTax', wire.salesTax ?? 0)
  const lines = linesOf(wire, parts, currency).map((line) => ({
    ...line,
    unitPrice: money(sign * line.unitPrice.minor, currency),
    amount: money(sign * line.amount.minor, currency),
  }))
  return {
    externalId: String(wire.id),
    clientExternalId: String((wire.billToCompany ?? wire.company).id),
    kind: isMemo ? 'credit_memo' : 'invoice',
    number: wire.invoiceNumber.trim(),
    psaType: wire.type,
    psaStatus: wire.status?.name ?? '',
    issuedOn,
    dueOn: dateOf('dueDate', wire.dueDate) ?? issuedOn,
    tax,
    total,
    balance: signed('balance', wire.balance),
    lines: withRest(lines, money(total.minor - tax.minor, currency)),
    payments: isMemo ? [] : parts.payments.flatMap((payment) => toPayment(payment, issuedOn, currency)),
    source: { invoice: raw, products: parts.products, times: parts.times, expenses: parts.expenses },
    ...(wire.agreement ? { agreementExternalId: String(wire.agreement.id) } : {}),
  }
}

/** Whether the payments of an invoice are worth a call of their own: all others have none. */
export function mayHavePayments(wire: WireInvoice): boolean {
  return (
    wire.type !== 'CreditMemo' &&
    ((wire.payments ?? 0) !== 0 || (wire.credits ?? 0) !== 0 || wire.balance !== wire.total)
  )
}

function linesOf(wire: WireInvoice, parts: InvoiceParts, currency: string): PulledLine[] {
  const agreementName = wire.agreement?.name ?? 'Agreement'
  const products = parts.products
    .filter(({ cancelledFlag, billableOption }) => !cancelledFlag && billableOption !== 'DoNotBill')
    .toSorted((a, b) => (a.sequenceNumber ?? 0) - (b.sequenceNumber ?? 0) || a.id - b.id)
    .map((product) => ({ product, line: productLine(product, agreementName, currency) }))
  const onAgreement = products.filter(({ product }) => isOnAgreement(product)).map(({ line }) => line)
  const others = products.filter(({ product }) => !isOnAgreement(product)).map(({ line }) => line)
  return [
    ...baseOf(wire, onAgreement, agreementName, currency),
    ...onAgreement,
    ...others,
    ...parts.times.filter(isBilled).map((time) => timeLine(time, currency)),
    ...parts.expenses.filter(isBilled).map((expense) => expenseLine(expense, currency)),
  ]
}

function isBilled({ billableOption }: { billableOption?: string | null | undefined }): boolean {
  return billableOption !== 'DoNotBill'
}

function isOnAgreement({ productClass }: WireProduct): boolean {
  return productClass === 'Agreement'
}

/** The agreement's own amount stands in the totals only; what its additions do not explain of it is that amount. */
function baseOf(wire: WireInvoice, additions: readonly PulledLine[], name: string, currency: string): PulledLine[] {
  const whole = nearest('agreementAmount', wire.agreementAmount ?? 0, currency)
  const base = additions.reduce((left, { amount }) => left - amount.minor, whole.minor)
  if (whole.minor === 0n || base === 0n) return []
  const amount = money(base, currency)
  return [
    {
      kind: 'agreement',
      heading: name,
      description: name,
      quantity: '1',
      unitPrice: amount,
      amount,
      taxable: false,
    },
  ]
}

function productLine(product: WireProduct, agreementName: string, currency: string): PulledLine {
  const isFree = product.billableOption === 'NoCharge'
  const quantity = product.quantity ?? 1
  const price = isFree ? 0 : (product.price ?? 0)
  const extended = isFree ? 0 : (product.extPrice ?? price * quantity - (product.discount ?? 0))
  return {
    kind: isOnAgreement(product) ? 'agreement' : 'product',
    heading: isOnAgreement(product) ? (product.agreement?.name ?? agreementName) : 'Products',
    description: product.customerDescription || product.description,
    quantity: quantityText(quantity),
    unitPrice: nearest(`product ${product.id}`, price, currency),
    amount: nearest(`product ${product.id}`, extended, currency),
    taxable: product.taxableFlag,
  }
}

function timeLine(time: WireTime, currency: string): PulledLine {
  const isFree = time.billableOption === 'NoCharge'
  const hours = time.invoiceHours ?? time.hoursBilled ?? 0
  const rate = isFree ? 0 : (time.hourlyRate ?? 0)
  return {
    kind: 'time',
    heading: 'Time',
    description: time.notes || (time.workType?.name ?? 'Work'),
    quantity: quantityText(hours),
    unitPrice: nearest(`time entry ${time.id}`, rate, currency),
    amount: nearest(`time entry ${time.id}`, isFree ? 0 : (time.extendedInvoiceAmount ?? rate * hours), currency),
    taxable: false,
  }
}

function expenseLine(expense: WireExpense, currency: string): PulledLine {
  const isFree = expense.billableOption === 'NoCharge'
  const value = isFree ? 0 : (expense.invoiceAmount ?? expense.billAmount ?? expense.amount ?? 0)
  const amount = nearest(`expense ${expense.id}`, value, currency)
  return {
    kind: 'expense',
    heading: 'Expenses',
    description: expense.notes || (expense.type?.name ?? 'Expense'),
    quantity: '1',
    unitPrice: amount,
    amount,
    taxable: false,
  }
}

/** Lines add up to what is asked for before tax; down payments and earlier progress stand in the totals only. */
function withRest(lines: PulledLine[], subtotal: Money): PulledLine[] {
  const rest = lines.reduce((left, { amount }) => left - amount.minor, subtotal.minor)
  if (rest === 0n) return lines
  const amount = money(rest, subtotal.currency)
  const isRounding = lines.length > 1 && rest <= BigInt(lines.length) && rest >= BigInt(-lines.length)
  const description = isRounding ? 'Rounding' : lines.length === 0 ? 'Amount due' : 'Down payments and earlier progress'
  const line = { kind: 'adjustment' as const, heading: 'Adjustments', description, quantity: '1', taxable: false }
  return [...lines, { ...line, unitPrice: amount, amount }]
}

function toPayment(wire: WirePayment, issuedOn: PlainDate, currency: string): PulledPayment[] {
  const amount = amountOf(`payment ${wire.id}`, wire.amount, currency)
  if (amount.minor === 0n) return []
  if (amount.minor < 0n) throw new Unreadable(`payment ${wire.id}: ${wire.amount} is less than nothing`)
  return [
    {
      externalId: String(wire.id),
      amount,
      paidOn: dateOf(`payment ${wire.id}`, wire.paymentDate) ?? issuedOn,
      ...(wire.credit ? { creditExternalId: String(wire.credit.id) } : {}),
    },
  ]
}

/** A double that stands for whole minor units. @throws Unreadable for a fraction of one */
export function amountOf(field: string, value: number, currency: string): Money {
  return exactly(field, value, currency)
}

/** Prices of one unit, and lines, may carry fractions of a cent: rounded half away from zero. */
function nearest(field: string, value: number, currency: string): Money {
  return exactly(field, value, currency, 0.5)
}

function exactly(field: string, value: number, currency: string, slack?: number): Money {
  try {
    return fromDecimal(value, currency, slack)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new Unreadable(`${field}: ${error.message}`)
  }
}

/** Midnight in UTC stands for a calendar date: its first ten letters, never shifted by a zone. */
function dateOf(field: string, value: string | null | undefined): PlainDate | undefined {
  if (value === null || value === undefined || value === '') return undefined
  try {
    return Temporal.PlainDate.from(value.slice(0, 10)).toString()
  } catch {
    throw new Unreadable(`${field}: ${value} is not a date`)
  }
}

/** The ISO code. Some tenants keep it as the identifier. */
export function currencyOf(wire: z.infer<typeof WireCurrency> | null | undefined): string | undefined {
  return [wire?.currencyCode, wire?.currencyIdentifier].find((code) => /^[A-Z]{3}$/.test(code ?? '')) ?? undefined
}

/** At most six places, no exponent, no trailing zeros. */
function quantityText(value: number): string {
  return value.toFixed(6).replace(/\.?0+$/, '') || '0'
}

/** The first address in a field that may hold several, if any is one. */
function emailOf(value: string): string | undefined {
  return value
    .toLowerCase()
    .split(/[;,\s]+/)
    .find((part) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(part))
}

const entities: Record<string, ChangeHint['entity']> = {
  invoice: 'invoice',
  agreement: 'agreement',
  company: 'client',
  contact: 'contact',
}

/** What a callback is about; its content is not believed. */
export function toHint(said: { Type?: unknown; ID?: unknown; Action?: unknown }): ChangeHint[] {
  const entity = entities[String(said.Type).toLowerCase()]
  const externalId = String(said.ID ?? '')
  if (entity === undefined || !/^\d+$/.test(externalId)) return []
  return [{ entity, externalId, action: String(said.Action ?? 'updated') }]
}
