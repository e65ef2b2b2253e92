import { daysBetween, type PlainDate } from '@/lib/base/clock'
import { type Money, sum } from '@/lib/money/money'

export type InvoiceKind = 'invoice' | 'credit_memo'

/** The one word an invoice goes by, everywhere it is shown. */
export type InvoiceStatus =
  | 'open'
  | 'sent'
  | 'viewed'
  | 'due_soon'
  | 'overdue'
  | 'on_its_way'
  | 'scheduled'
  | 'part_paid'
  | 'paid'
  | 'in_dispute'
  | 'failed'
  | 'returned'
  | 'void'

/** How the last attempt to pay an invoice stands, as far as its status cares. */
export type LastAttempt = 'in_flight' | 'failed' | 'returned' | 'disputed' | 'done'

export type StatusFacts = {
  state: 'open' | 'void'
  totalMinor: bigint
  balanceMinor: bigint
  dueOn: PlainDate
  sentAt?: Date
  viewedAt?: Date
  lastAttempt?: LastAttempt
  /** What an attempt still on its way would take off. */
  inFlightMinor: bigint
  /** That a payment of it is set for a date. */
  isScheduled?: boolean
}

const DUE_SOON_DAYS = 7

/**
 * When several words hold, the one a person can act on: money that was taken back, then what is late, then what is on
 * its way. Money on its way that covers the whole balance goes before "overdue": nobody needs to do anything.
 */
export function invoiceStatus(facts: StatusFacts, today: PlainDate): InvoiceStatus {
  if (facts.state === 'void') return 'void'
  if (facts.lastAttempt === 'disputed') return 'in_dispute'
  if (facts.balanceMinor <= 0n) return 'paid'
  if (facts.lastAttempt === 'returned') return 'returned'
  if (facts.lastAttempt === 'failed') return 'failed'
  if (facts.inFlightMinor >= facts.balanceMinor) return 'on_its_way'
  if (facts.dueOn < today) return 'overdue'
  if (facts.inFlightMinor > 0n) return 'on_its_way'
  if (facts.isScheduled === true) return 'scheduled'
  if (facts.balanceMinor < facts.totalMinor) return 'part_paid'
  if (daysBetween(today, facts.dueOn) <= DUE_SOON_DAYS) return 'due_soon'
  if (facts.viewedAt !== undefined) return 'viewed'
  return facts.sentAt === undefined ? 'open' : 'sent'
}

/** Days since it fell due while something is still open, else 0. */
export function daysOverdue(facts: Pick<StatusFacts, 'state' | 'balanceMinor' | 'dueOn'>, today: PlainDate): number {
  if (facts.state === 'void' || facts.balanceMinor <= 0n) return 0
  return Math.max(0, daysBetween(facts.dueOn, today))
}

/**
 * What an attempt's state means for its invoice. A payment that waits for the payer is not on its way, and a card that
 * was declined at the checkout was answered there and then: only what failed behind the payer's back is news.
 */
export function lastAttemptOf(attempt: { state: string; methodType: string | null; origin: string }): LastAttempt {
  switch (attempt.state) {
    case 'sent':
    case 'processing':
    case 'unknown':
      return 'in_flight'
    case 'returned':
    case 'disputed':
      return attempt.state
    case 'failed':
      return attempt.methodType === 'us_bank_account' ||
        attempt.methodType === 'acss_debit' ||
        ['autopay', 'schedule'].includes(attempt.origin)
        ? 'failed'
        : 'done'
    default:
      return 'done'
  }
}

/** Lines under their headings, in the order in which the headings first appear. */
export function groupLines(
  lines: readonly (InvoiceLineView & { heading: string })[],
  currency: string,
): InvoiceGroup[] {
  return [...Map.groupBy(lines, ({ heading }) => heading)].map(([heading, group]) => ({
    heading,
    lines: group.map(({ heading: _, ...line }) => line),
    subtotal: sum(
      group.map(({ amount }) => amount),
      currency,
    ),
  }))
}

/** One row of a list. */
export type InvoiceRow = {
  id: string
  clientId: string
  clientName: string
  agreementName?: string
  kind: InvoiceKind
  number: string
  status: InvoiceStatus
  issuedOn: PlainDate
  dueOn: PlainDate
  daysOverdue: number
  total: Money
  balance: Money
}

/** An invoice as its reader sees it, lines under the heading of their agreement or kind. */
export type InvoiceView = {
  id: string
  clientId: string
  clientName: string
  agreementName?: string
  kind: InvoiceKind
  number: string
  state: 'open' | 'void'
  status: InvoiceStatus
  issuedOn: PlainDate
  dueOn: PlainDate
  daysOverdue: number
  currency: string
  tax: Money
  total: Money
  balance: Money
  version: number
  groups: InvoiceGroup[]
  psaType: string
  psaStatus: string
  sentAt?: Date
  viewedAt?: Date
  settledAt?: Date
}

export type InvoiceGroup = { heading: string; lines: InvoiceLineView[]; subtotal: Money }

export type InvoiceLineView = {
  /** Its place in the PSA's order, counted in its version. */
  position: number
  description: string
  /** Decimal text without trailing zeros. */
  quantity: string
  unitPrice: Money
  amount: Money
  taxable: boolean
}
