import type { PlainDate } from '@/lib/base/clock'
import { type Money, minus, money, sum } from '@/lib/money/money'
import type { AgreementView } from './client'
import { costOf, microsOf, quantityOf } from './quantity'

export type LineKind = 'agreement' | 'product' | 'time' | 'expense' | 'adjustment'

export type BilledLine = {
  kind: LineKind
  description: string
  /** Decimal text, up to six places. */
  quantity: string
  unitPrice: Money
  amount: Money
}

/** An invoice of an agreement, as far as it is compared. */
export type BilledInvoice = { issuedOn: PlainDate; total: Money; tax: Money; lines: readonly BilledLine[] }

/** How one service stood on one invoice. No price where its lines had several. */
export type Billed = { quantity: string; unitPrice?: Money; amount: Money }

export type ServiceChange = {
  kind: LineKind
  /** Of time and expenses only the kind is compared: what they were for is another thing every time. */
  description: string
  before: Billed
  after: Billed
  difference: Money
  /** The day the agreement says it began, or ended, between the two invoices. */
  changedOn?: PlainDate
  proration?: Proration
}

/**
 * A service of the agreement that is not billed at its count times its price: less, for a part of the time; or more, for
 * days before this invoice as well.
 */
export type Proration = { charged: Money; whole: Money; since?: PlainDate; until?: PlainDate }

export type AgreementChanges = {
  difference: Money
  /** The services that differ or are billed in part, those of the agreement first. */
  services: ServiceChange[]
  tax: { before: Money; after: Money; difference: Money }
  /** What neither lines nor tax explain; zero when the PSA's figures add up. */
  rest: Money
  /** Billed now and not part of the agreement, before tax: the next invoice comes without it. */
  oneTime: Money
}

/**
 * Why an invoice of an agreement differs from the one before. What is named adds up to the difference, to the cent.
 * @param additions the agreement's own, for the days on which its services began and ended
 */
export function agreementChanges(
  before: BilledInvoice,
  after: BilledInvoice,
  additions: AgreementView['additions'],
): AgreementChanges {
  const currency = after.total.currency
  const [was, is] = [servicesOf(before.lines), servicesOf(after.lines)]
  const names = [...new Set([...is.keys(), ...was.keys()])]
  const services = names.flatMap((name) => {
    const lines = [was.get(name) ?? [], is.get(name) ?? []] as const
    const [one] = [...lines[1], ...lines[0]]
    if (one === undefined) return []
    const [old, now] = [billed(lines[0], currency), billed(lines[1], currency)]
    const days = daysOf(one.description, additions, { after: before.issuedOn, upTo: after.issuedOn })
    const proration = prorationOf(one.kind, lines[1], currency, days)
    if (isSame(old, now) && proration === undefined) return []
    const changedOn = days.since ?? days.until
    return [
      {
        ...{ kind: one.kind, description: one.description, before: old, after: now },
        difference: minus(now.amount, old.amount),
        ...(changedOn === undefined || one.kind !== 'agreement' ? {} : { changedOn }),
        ...(proration === undefined ? {} : { proration }),
      },
    ]
  })
  const tax = { before: before.tax, after: after.tax, difference: minus(after.tax, before.tax) }
  const difference = minus(after.total, before.total)
  const named = sum([...services.map((one) => one.difference), tax.difference], currency)
  const once = after.lines.filter(({ kind }) => kind !== 'agreement').map(({ amount }) => amount)
  return {
    ...{ difference, tax, rest: minus(difference, named), oneTime: sum(once, currency) },
    services: services.toSorted((a, b) => Number(b.kind === 'agreement') - Number(a.kind === 'agreement')),
  }
}

/** What an agreement counts on a day, one entry a service. */
export function countedOn(additions: AgreementView['additions'], day: PlainDate): { name: string; quantity: string }[] {
  const running = additions.filter(
    ({ effectiveOn = day, cancelledOn }) => effectiveOn <= day && (cancelledOn === undefined || cancelledOn > day),
  )
  return [...Map.groupBy(running, ({ description }) => description)].map(([name, group]) => ({
    name,
    quantity: quantityOf(group.reduce((total, { quantity }) => total + microsOf(quantity), 0n)),
  }))
}

function servicesOf(lines: readonly BilledLine[]): Map<string, BilledLine[]> {
  return Map.groupBy(lines, ({ kind, description }) =>
    kind === 'time' || kind === 'expense' ? kind : JSON.stringify([kind, description]),
  )
}

function billed(lines: readonly BilledLine[], currency: string): Billed {
  const [first] = lines
  const isOnePrice = first !== undefined && lines.every(({ unitPrice }) => unitPrice.minor === first.unitPrice.minor)
  return {
    quantity: quantityOf(lines.reduce((total, { quantity }) => total + microsOf(quantity), 0n)),
    amount: sum(
      lines.map(({ amount }) => amount),
      currency,
    ),
    ...(isOnePrice ? { unitPrice: first.unitPrice } : {}),
  }
}

function isSame(old: Billed, now: Billed): boolean {
  return (
    old.quantity === now.quantity &&
    old.amount.minor === now.amount.minor &&
    old.unitPrice?.minor === now.unitPrice?.minor
  )
}

type Days = { since?: PlainDate; until?: PlainDate }

/** A change of count ends one addition and begins another: then the beginning is what is told. */
function daysOf(
  description: string,
  additions: AgreementView['additions'],
  between: { after: PlainDate; upTo: PlainDate },
): Days {
  const within = (day: PlainDate | undefined) => day !== undefined && day > between.after && day <= between.upTo
  const own = additions.filter((addition) => addition.description === description)
  const latest = (days: (PlainDate | undefined)[]) => days.filter(within).toSorted().at(-1)
  const since = latest(own.map(({ effectiveOn }) => effectiveOn))
  const until = latest(own.map(({ cancelledOn }) => cancelledOn))
  if (since !== undefined) return { since }
  return until === undefined ? {} : { until }
}

/** A cent a line is rounding. */
function prorationOf(
  kind: LineKind,
  lines: readonly BilledLine[],
  currency: string,
  days: Days,
): Proration | undefined {
  if (kind !== 'agreement') return undefined
  const whole = lines.reduce(
    (total, { quantity, unitPrice }) => total + costOf(microsOf(quantity), unitPrice.minor),
    0n,
  )
  const charged = lines.reduce((total, { amount }) => total + amount.minor, 0n)
  const off = charged > whole ? charged - whole : whole - charged
  if (off <= BigInt(lines.length)) return undefined
  return { charged: money(charged, currency), whole: money(whole, currency), ...days }
}
