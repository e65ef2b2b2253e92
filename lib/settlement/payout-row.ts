import type { PostedCause, PostingKind, PostingState } from './posting'

/** One row of Stripe's list of what is in a payout, with the documents in the books it stands for. */
export type PayoutRow = {
  balanceTransactionId: string
  category: string
  amountMinor: bigint
  feeMinor: bigint
  /** Whose it is, in a few words: `Mercer Packaging, 20391`. */
  about: string
  /** That it belongs to a payment through us. */
  isOurs: boolean
  /** What in our journal it is; undefined for money that did not come through us, and for ours before its news came. */
  cause?: { kind: PostedCause; id: string }
  postings: RowPosting[]
}

export type RowPosting = {
  kind: PostingKind
  state: PostingState
  amountMinor: bigint
  externalKind: string | null
  externalId: string | null
  externalTag: string | null
}

/** Ids through which a row of Stripe's finds its cause. */
export type RowSource = {
  category: string
  attemptId: string | null
  refundId: string | null
  disputeId: string | null
  disputeKind: 'return' | 'chargeback' | null
  payoutId: string | null
}

/** The journal's cause of a balance transaction. Stripe's categories: `reporting_category`. */
export function causeOf(row: RowSource): PayoutRow['cause'] {
  const found = (kind: PostedCause, id: string | null) => (id === null ? undefined : { kind, id })
  switch (row.category) {
    case 'charge':
      return found('payment.succeeded', row.attemptId)
    case 'refund':
      return found('refund.succeeded', row.refundId)
    case 'refund_failure':
      return found('refund.reversed', row.refundId)
    case 'dispute':
      return found(row.disputeKind === 'return' ? 'payment.returned' : 'dispute.opened', row.disputeId)
    case 'dispute_reversal':
      return found('dispute.won', row.disputeId)
    case 'payout_reversal':
      return found('payout.failed', row.payoutId)
    default:
      return undefined
  }
}

/** A charge by the processor itself, without a payment behind it. */
export function isPureFee(category: string): boolean {
  return category === 'fee'
}
