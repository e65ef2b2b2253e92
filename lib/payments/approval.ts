import type { Money } from '@/lib/money/money'

/** How long what was asked for waits for a second person. */
export const approvalLifeDays = 7

/** An invoice of the payment, as it was when the refund was asked for. */
export type SeenInvoice = { number: string; totalMinor: string; isVoid: boolean }

/** A refund, or another place for payouts, that waits for a second person. */
export type ApprovalView = {
  id: string
  kind: 'refund' | 'payout_account'
  reason: string
  askedBy: { id: string; name: string }
  askedAt: Date
  expiresAt: Date
  refund?: { attemptId: string; clientName: string; methodLabel: string; amount: Money }
}

type Refund = { amountMinor: bigint; currency: string }
type Rule = {
  /** The MSP's amount, in its own currency; undefined where it has none. */
  aboveMinor: number | undefined
  ownCurrency: string
  /** What was sent of the same payment without a second person. */
  aloneMinor: bigint
}

/**
 * Whether a refund waits for a second person. Parts of one payment count together, or the amount could be cut into pieces;
 * in another currency than the MSP's own its amount says nothing, so every refund waits.
 */
export function needsSecondPerson({ amountMinor, currency }: Refund, rule: Rule): boolean {
  const { aboveMinor, ownCurrency, aloneMinor } = rule
  if (aboveMinor === undefined) return false
  return currency !== ownCurrency || aloneMinor + amountMinor > BigInt(aboveMinor)
}

/** The invoices that are no longer as they were when the refund was asked for, by number. */
export function changedInvoices(before: readonly SeenInvoice[], after: readonly SeenInvoice[]): string[] {
  const same = (one: SeenInvoice) =>
    after.some(
      ({ number, totalMinor, isVoid }) =>
        number === one.number && totalMinor === one.totalMinor && isVoid === one.isVoid,
    )
  return before.filter((one) => !same(one)).map(({ number }) => number)
}
