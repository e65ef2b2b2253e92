import type { Money } from '@/lib/money/money'

/** The door to the payment processor, in our words. Stripe stands behind it: ./stripe. */
export type Gateway = {
  /** The MSP's account at the processor; every id below is scoped to it. */
  account: string
  /**
   * Creates and confirms the payment under `key`. Repeating the same key never charges twice.
   * @throws GatewayFault
   */
  charge: (order: ChargeOrder) => Promise<IntentNews>
  retrieveIntent: (intentId: string) => Promise<IntentNews>
  /** Payments made since then whose metadata names an attempt of ours; for looking up what a lost answer did. */
  listIntents: (since: Date) => AsyncIterable<IntentNews>
  /** Ends a payment that has not been taken. A payment that can no longer be canceled is answered as it stands. */
  cancelIntent: (intentId: string) => Promise<IntentNews>
  verifyMicrodeposits: (
    intentId: string,
    proof: { descriptorCode: string } | { amounts: [number, number] },
  ) => Promise<IntentNews>
  refund: (order: {
    key: string
    intentId: string
    amount: Money
    reason: string
    refundId: string
  }) => Promise<RefundNews>
  retrieveRefund: (refundId: string) => Promise<RefundNews>
  listRefunds: (since: Date) => AsyncIterable<RefundNews>
  retrieveDispute: (disputeId: string) => Promise<DisputeNews>
  listDisputes: (since: Date) => AsyncIterable<DisputeNews>
  /** The payment intent a charge belongs to. */
  intentOfCharge: (chargeId: string) => Promise<string | undefined>
  listPayouts: (since: Date) => AsyncIterable<PayoutNews>
  listBalanceTransactions: (of: { payout: string } | { since: Date }) => AsyncIterable<BalanceTransactionNews>
  /** What the processor holds for the MSP, pending included, per currency. */
  balance: () => Promise<Money[]>
}

export type ChargeOrder = {
  /** The attempt's id: idempotency key and metadata. */
  attemptId: string
  tenantId: string
  amount: Money
  confirmationTokenId: string
  description: string
  receiptEmail?: string
}

/** A payment intent as it stands at the processor. */
export type IntentNews = {
  intentId: string
  /** From its metadata; undefined for payments that are not ours. */
  attemptId?: string
  status: 'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded' | 'canceled' | 'other'
  amount: Money
  clientSecret?: string
  method?: { type: string; label: string }
  chargeId?: string
  /** Known once the processor has booked it. */
  fee?: Money
  failure?: { code: string; message: string }
  createdAt: Date
}

export type RefundNews = {
  /** The processor's id, and ours from its metadata. */
  externalId: string
  refundId?: string
  intentId?: string
  status: 'pending' | 'succeeded' | 'failed' | 'other'
  amount: Money
  /** True once it has left the balance. */
  booked: boolean
  failureReason?: string
  createdAt: Date
}

export type DisputeNews = {
  externalId: string
  intentId?: string
  methodType: string
  status: 'open' | 'won' | 'lost'
  amount: Money
  /** True once the money has left the balance: while the bank only inquires, it has not. */
  booked: boolean
  reason: string
  openedAt: Date
  evidenceDueAt?: Date
}

export type PayoutNews = {
  externalId: string
  status: 'pending' | 'in_transit' | 'paid' | 'failed' | 'canceled'
  /** Whether the processor has finished listing what is in it. */
  isComplete: boolean
  amount: Money
  arrivesOn: string
  trace?: string
  createdAt: Date
}

export type BalanceTransactionNews = {
  externalId: string
  type: string
  category: string
  sourceId?: string
  intentId?: string
  chargeId?: string
  refundId?: string
  disputeId?: string
  payoutId?: string
  amountMinor: bigint
  feeMinor: bigint
  netMinor: bigint
  currency: string
  createdAt: Date
  availableOn: string
}

/**
 * Why a call gave no answer to go by:
 * - nothing-happened: certain that no money moved (refused before execution, never connected)
 * - unknown: it may or may not have happened; only asking tells
 * - refused: the processor took the request and said no to it as such (a defect, or a right that is missing)
 */
export class GatewayFault extends Error {
  readonly outcome: 'nothing-happened' | 'unknown' | 'refused'
  readonly code: string | undefined

  constructor(outcome: GatewayFault['outcome'], message: string, options: { code?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'GatewayFault'
    this.outcome = outcome
    this.code = options.code
  }
}
