import type { z } from 'zod'
import type { PlainDate } from '@/lib/base/clock'
import type {
  ChangeHint,
  PulledAddition,
  PulledAgreement,
  PulledClient,
  PulledContact,
  PulledInvoice,
  PulledPayment,
  Rejected,
} from '@/lib/connectors/contract'
import { money } from '@/lib/money/money'
import { amountOf, currencyOf, dateOf, emailOf, nearest, parse, quantityText, Unreadable } from './fields'
import { type InvoiceParts, linesOf, withRest } from './translate-lines'
import {
  type WireAddition,
  type WireAgreement,
  type WireCompany,
  type WireContact,
  WireId,
  type WireInvoice,
  type WirePayment,
} from './wire'

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
