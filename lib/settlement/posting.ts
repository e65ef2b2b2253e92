import { hashToken } from '@/lib/base/ids'
import type { CauseKind } from '@/lib/ledger/entry'

/** One journal cause's image in the books. */
export type PostingKind = 'payment' | 'surcharge' | 'refund' | 'return' | 'dispute' | 'reversal' | 'deposit'

/**
 * waiting: not tried, or held back by something that must be there first (`error` says what) ·
 * checking: sent, and it is not known what became of it · retrying: nothing happened, it will be sent again ·
 * refused: a person must decide
 */
export type PostingState = 'waiting' | 'posted' | 'retrying' | 'checking' | 'refused' | 'reversed'

/** The causes that have an image in the books. What the PSA bills and what others pay reach the books by other ways. */
export const postedCauses = [
  'payment.succeeded',
  'refund.succeeded',
  'refund.reversed',
  'payment.returned',
  'dispute.opened',
  'dispute.won',
  'dispute.lost',
  'payout.paid',
  'payout.failed',
] as const satisfies CauseKind[]
export type PostedCause = (typeof postedCauses)[number]

/** The name under which a document is found again in the books: 21 letters, the same for the same posting. */
export function referenceOf(postingId: string): string {
  const number = BigInt(`0x${hashToken(postingId).toString('hex')}`)
  return `CL-${number.toString(36).toUpperCase().padStart(18, '0').slice(0, 18)}`
}

/**
 * The vendor's idempotency key. It stays the same while the outcome of a try is unknown. Only a clear refusal, after
 * which a person has changed something, makes it another: a vendor may repeat a refusal under the old one.
 */
export function requestKeyOf(posting: { id: string; tries: number }): string {
  return posting.tries === 0 ? posting.id : `${posting.id}-${posting.tries}`
}

const SOONEST_MS = 5_000
const LATEST_MS = 15 * 60_000

/** When to look again: after a quarter of its age, so that the pauses grow, and never before the vendor allows it. */
export function nextTryAt(createdAt: Date, at: Date, retryAfterMs = 0): Date {
  const quarter = (at.getTime() - createdAt.getTime()) / 4
  return new Date(at.getTime() + Math.max(Math.min(Math.max(quarter, SOONEST_MS), LATEST_MS), retryAfterMs))
}
