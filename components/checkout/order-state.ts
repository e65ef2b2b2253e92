import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import { readAmount } from '@/lib/money/read-amount'
import {
  type Complaint,
  type OrderPlan,
  type PayRules,
  type Planned,
  planOrder,
  type Wanted,
} from '@/lib/payments/plan-order'
import type { CheckoutFacts, OrderFacts, PayOrder, ShortReason, Shown } from './checkout'
import { fill } from './fill'

/** What the person has chosen and typed; nothing of it is an amount before it is read. */
export type OrderState = {
  by: 'invoice' | 'sum'
  /** Invoices that are left out. */
  out: string[]
  /** Typed amounts by invoice; without one, all that is payable. */
  texts: Record<string, string>
  sum: string
  reasons: Record<string, ShortReason>
}

export const freshOrder: OrderState = { by: 'invoice', out: [], texts: {}, sum: '', reasons: {} }

/** What would be charged now, or why it cannot be; and, by field, what is wrong. */
export type Reckoned = {
  planned: Planned
  /** By invoice id; `sum` for the one amount. */
  errors: Record<string, string>
  /** Invoices paid in part, with what stays open. */
  short: { invoiceId: string; leftMinor: bigint }[]
}

function rulesOf({ partial, keepsMore, chargeMinimumMinor }: OrderFacts): PayRules {
  return {
    partial: partial && { ...partial, minimumMinor: BigInt(partial.minimumMinor) },
    keepsMore,
    chargeMinimumMinor: BigInt(chargeMinimumMinor),
  }
}

/** The same rule as on the server, on what the page shows. */
export function reckon(facts: CheckoutFacts, state: OrderState): Reckoned {
  const { order, currency, locale, words } = facts
  const chosen = order.invoices.filter(({ invoiceId }) => state.by === 'sum' || !state.out.includes(invoiceId))
  const payables = chosen.map((one) => ({ ...one, payableMinor: BigInt(one.payableMinor) }))
  const errors: Record<string, string> = {}
  const amounts = new Map<string, bigint>()
  for (const { invoiceId, payableMinor } of payables) {
    const typed = state.texts[invoiceId]
    const read = typed === undefined ? payableMinor : readAmount(typed, currency)
    if (read === undefined || (state.by === 'invoice' && read === 0n)) errors[invoiceId] = words.noAmount
    amounts.set(invoiceId, read ?? 0n)
  }
  const sum = state.sum === '' ? undefined : readAmount(state.sum, currency)
  if (state.by === 'sum' && sum === undefined) errors.sum = words.noAmount
  const wanted: Wanted = state.by === 'sum' ? { by: 'sum', minor: sum ?? 0n } : { by: 'invoice', amounts }
  const planned = planOrder(payables, wanted, BigInt(order.creditMinor), rulesOf(order))
  if (!planned.ok) {
    const { complaint } = planned
    const at = state.by === 'sum' ? 'sum' : 'invoiceId' in complaint ? (complaint.invoiceId ?? 'sum') : 'sum'
    errors[at] ??= complain(complaint, words.complaints, (minor) => formatMoney(money(minor, currency), locale))
  }
  const short = planned.ok
    ? planned.plan.shares.flatMap(({ invoiceId, leftMinor }) => (leftMinor > 0n ? [{ invoiceId, leftMinor }] : []))
    : []
  return { planned, errors, short }
}

function complain(
  complaint: Complaint,
  words: Record<Complaint['because'], string>,
  amount: (minor: bigint) => string,
) {
  return fill(words[complaint.because], 'minor' in complaint ? { amount: amount(complaint.minor) } : {})
}

/**
 * Whether it may be set for a date: paid whole, some of it with money, and with no more credit than is left by what is set
 * for a date already.
 */
export function canWait({ shares, creditMinor, keptMinor, chargeMinor }: OrderPlan, leftCreditMinor: bigint): boolean {
  const isWhole = keptMinor === 0n && shares.every(({ leftMinor }) => leftMinor === 0n)
  return isWhole && chargeMinor > 0n && creditMinor <= leftCreditMinor
}

/** Whether a reason for paying less is given: one of ours, or their own words. */
export function isTold(reason: ShortReason | undefined): boolean {
  return reason !== undefined && (reason.code !== 'other' || reason.text.trim() !== '')
}

/** The order as it goes to the server; undefined while something is wrong with it. */
export function orderOf(
  facts: CheckoutFacts,
  state: OrderState,
): Pick<PayOrder, 'shown' | 'creditMinor' | 'keptMinor'> | undefined {
  const { planned, errors, short } = reckon(facts, state)
  if (!planned.ok || Object.keys(errors).length > 0) return undefined
  if (!short.every(({ invoiceId }) => isTold(state.reasons[invoiceId]))) return undefined
  const { shares, creditMinor, keptMinor } = planned.plan
  const shown = shares.map(({ invoiceId, minor, leftMinor }): Shown => {
    const reason = leftMinor > 0n ? state.reasons[invoiceId] : undefined
    const owed = (minor + leftMinor).toString()
    return { invoiceId, owed, minor: minor.toString(), ...(reason === undefined ? {} : { short: reason }) }
  })
  return { shown, creditMinor: creditMinor.toString(), keptMinor: keptMinor.toString() }
}

/** What differs between what was shown before and what is owed now, a sentence each. */
export function changesOf(before: OrderFacts, facts: CheckoutFacts): string[] {
  const { order, words, currency, locale } = facts
  const amount = (digits: string) => formatMoney(money(BigInt(digits), currency), locale)
  const lines = before.invoices.flatMap(({ invoiceId, number, payableMinor }) => {
    const now = order.invoices.find((one) => one.invoiceId === invoiceId)
    if (now === undefined) return [fill(words.goneLine, { number, before: amount(payableMinor) })]
    if (now.payableMinor === payableMinor) return []
    return [fill(words.changedLine, { number, before: amount(payableMinor), after: amount(now.payableMinor) })]
  })
  return before.creditMinor === order.creditMinor
    ? lines
    : [...lines, fill(words.creditLine, { before: amount(before.creditMinor), after: amount(order.creditMinor) })]
}
