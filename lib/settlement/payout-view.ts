import type { PlainDate } from '@/lib/base/clock'
import type { AccountRole } from '@/lib/connectors/contract'
import type { Account } from '@/lib/ledger/account'
import { type Money, money } from '@/lib/money/money'
import type { LineFact } from './journal-fact'
import type { PostingState } from './posting'

export type PayoutState = 'pending' | 'in_transit' | 'paid' | 'failed' | 'canceled'

/** One payout in a list. */
export type PayoutItem = {
  id: string
  /** Stripe's id. */
  payoutId: string
  state: PayoutState
  amount: Money
  arrivesOn: PlainDate
  movementCount: number
  fees: Money
  /** Every row of it is here and they add up. */
  isComplete: boolean
  /** How its deposit stands in the books, when books are connected. */
  deposit?: { state: PostingState; externalId?: string; error?: string }
}

export type MovementKind =
  | 'payment'
  | 'refund'
  | 'refund_failed'
  | 'return'
  | 'dispute'
  | 'dispute_won'
  | 'payout_failed'
  | 'fee'
  | 'other'

/** One movement of a payout, down to the invoices. Amounts are signed as they move the balance at Stripe. */
export type MovementView = {
  id: string
  kind: MovementKind
  attemptId?: string
  clientId?: string
  clientName?: string
  methodType?: string
  /** `Visa credit, 4242` */
  methodLabel?: string
  /** Why it was returned or disputed, in Stripe's words. */
  reason?: string
  /** A refund of less than the whole payment. */
  isPart: boolean
  invoices: { id: string; number: string; amount: Money }[]
  /** What went to or came from invoices and the client's credit: all but surcharge and fee. */
  invoiced: Money
  surcharge: Money
  /** Negative: what Stripe kept. */
  fee: Money
  net: Money
}

/** One line of the accounts the payout moves, as the bookkeeper sees it. */
export type PayoutLine = {
  role: AccountRole
  /** The account's name in the books, where one is chosen. */
  account?: string
  why: 'payout' | 'fees' | 'payments' | 'surcharges' | 'taken_back' | 'surcharges_refunded' | 'disputed' | 'given_back'
  debit?: Money
  credit?: Money
}

export type PayoutCheck = {
  against: 'stripe' | 'bank' | 'books' | 'psa'
  /** `ConnectWise`, `QuickBooks` */
  system: string
  /** ok: it agrees; waiting: it is on its way; differs: somebody must look. */
  state: 'ok' | 'waiting' | 'differs'
  amount?: Money
  done?: number
  of?: number
}

export type PayoutView = PayoutItem & {
  trace?: string
  /** payments − refunds − returns − fees + other = net */
  sums: { payments: Money; refunds: Money; returns: Money; fees: Money; other: Money; net: Money }
  movements: MovementView[]
  totals: { invoiced: Money; surcharge: Money; fee: Money; net: Money }
  invoiceCount: number
  lines: PayoutLine[]
  /** Both sides of `lines`. */
  balanced: Money
  checks: PayoutCheck[]
  posting?: {
    id: string
    state: PostingState
    externalKind?: string
    externalId?: string
    error?: string
    postedAt?: Date
  }
}

/** A movement with the journal's lines of its cause. */
export type MovementFact = Omit<MovementView, 'invoices' | 'invoiced' | 'surcharge' | 'fee' | 'net'> & {
  amountMinor: bigint
  feeMinor: bigint
  lines: LineFact[]
  numbers: ReadonlyMap<string, string>
}

export function movementView(fact: MovementFact, currency: string): MovementView {
  const { lines, numbers, amountMinor, feeMinor, ...rest } = fact
  const signed = (account: Account) =>
    lines.reduce(
      (sum, line) =>
        sum + (line.credit === account ? line.amountMinor : 0n) - (line.debit === account ? line.amountMinor : 0n),
      0n,
    )
  const perInvoice = new Map<string, bigint>()
  for (const { debit, credit, invoiceId, amountMinor: minor } of lines) {
    if (invoiceId === null || (debit !== 'receivable' && credit !== 'receivable')) continue
    perInvoice.set(invoiceId, (perInvoice.get(invoiceId) ?? 0n) + (credit === 'receivable' ? minor : -minor))
  }
  const isFee = rest.kind === 'fee'
  const surcharge = isFee ? 0n : signed('surcharge_income')
  const fee = isFee ? amountMinor - feeMinor : -feeMinor
  return {
    ...rest,
    invoices: [...perInvoice].map(([id, minor]) => ({
      id,
      number: numbers.get(id) ?? '',
      amount: money(minor, currency),
    })),
    invoiced: money(isFee ? 0n : amountMinor - surcharge, currency),
    surcharge: money(surcharge, currency),
    fee: money(fee, currency),
    net: money(amountMinor - feeMinor, currency),
  }
}

/** Payments less everything taken back and kept is what reaches the bank. Each sum is positive but `other`. */
export function sumsOf(movements: readonly MovementView[], currency: string): PayoutView['sums'] {
  const gross = (kinds: MovementKind[], sign: bigint) =>
    money(
      movements
        .filter(({ kind }) => kinds.includes(kind))
        .reduce((sum, { invoiced, surcharge }) => sum + sign * (invoiced.minor + surcharge.minor), 0n),
      currency,
    )
  return {
    payments: gross(['payment'], 1n),
    refunds: gross(['refund', 'refund_failed'], -1n),
    returns: gross(['return', 'dispute', 'dispute_won'], -1n),
    fees: total(movements, ({ fee }) => -fee.minor, currency),
    other: gross(['payout_failed', 'other'], 1n),
    net: total(movements, ({ net }) => net.minor, currency),
  }
}

export function totalsOf(movements: readonly MovementView[], currency: string): PayoutView['totals'] {
  return {
    invoiced: total(movements, ({ invoiced }) => invoiced.minor, currency),
    surcharge: total(movements, ({ surcharge }) => surcharge.minor, currency),
    fee: total(movements, ({ fee }) => fee.minor, currency),
    net: total(movements, ({ net }) => net.minor, currency),
  }
}

/**
 * The payout as one balanced entry: what reaches the bank and what Stripe kept, against what payments brought and what
 * was taken back. Clearing is in between and cancels out.
 */
export function payoutLines(
  movements: readonly MovementView[],
  currency: string,
  nameOf: (role: AccountRole) => string | undefined,
): PayoutLine[] {
  const sums = new Map<string, { role: AccountRole; why: PayoutLine['why']; minor: bigint }>()
  // Signed: what is positive is a debit.
  const add = (role: AccountRole, why: PayoutLine['why'], minor: bigint) => {
    const key = `${role} ${why}`
    sums.set(key, { role, why, minor: (sums.get(key)?.minor ?? 0n) + minor })
  }
  add('bank', 'payout', 0n)
  for (const { kind, invoiced, surcharge, fee, net } of movements) {
    add('bank', 'payout', net.minor)
    add('processor_fees', 'fees', -fee.minor)
    const [role, why] = sideOf(kind, invoiced.minor)
    add(role, why, -invoiced.minor)
    add('surcharge_income', surcharge.minor < 0n ? 'surcharges_refunded' : 'surcharges', -surcharge.minor)
  }
  const inOrder = [...sums.values()].filter(({ minor }) => minor !== 0n)
  return [...inOrder.filter(({ minor }) => minor > 0n), ...inOrder.filter(({ minor }) => minor < 0n)].map(
    ({ role, why, minor }) => {
      const account = nameOf(role)
      const side = minor > 0n ? { debit: money(minor, currency) } : { credit: money(-minor, currency) }
      return { role, why, ...side, ...(account === undefined ? {} : { account }) }
    },
  )
}

function sideOf(kind: MovementKind, minor: bigint): [AccountRole, PayoutLine['why']] {
  switch (kind) {
    case 'dispute':
    case 'dispute_won':
      return ['disputed', 'disputed']
    case 'payout_failed':
      return ['bank', 'given_back']
    default:
      return ['receivable', minor < 0n ? 'taken_back' : 'payments']
  }
}

function total<Item>(items: readonly Item[], of: (item: Item) => bigint, currency: string): Money {
  return money(
    items.reduce((sum, item) => sum + of(item), 0n),
    currency,
  )
}
