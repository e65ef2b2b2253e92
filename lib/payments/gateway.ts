import type { PlainDate } from '@/lib/base/clock'
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
} & MethodGateway

/** The part of the door behind which saved cards and accounts are kept. */
export type MethodGateway = {
  /** A client as the processor knows it, under whom its methods are kept. */
  createCustomer: (order: { key: string; clientId: string; tenantId: string; name: string }) => Promise<string>
  /** Saves what was typed, without charging it. Repeating the same key saves it once. @throws GatewayFault */
  setUp: (order: SetupOrder) => Promise<SetupNews>
  retrieveSetup: (setupIntentId: string) => Promise<SetupNews>
  /** Setups made since then whose metadata names one of ours. */
  listSetups: (since: Date) => AsyncIterable<SetupNews>
  verifySetup: (
    setupIntentId: string,
    proof: { descriptorCode: string } | { amounts: [number, number] },
  ) => Promise<SetupNews>
  retrieveMethod: (paymentMethodId: string) => Promise<MethodNews>
  /** Lets a method go: it can be charged no more. One that is gone already is no trouble. */
  detachMethod: (paymentMethodId: string) => Promise<void>
}

export type SetupOrder = {
  /** Our setup's id: idempotency key and metadata. */
  setupId: string
  tenantId: string
  customerId: string
  /** What was typed; or else `debit`, agreed to in the browser once the setup is made. */
  confirmationTokenId?: string
  debit?: 'acss_debit'
}

export type ChargeOrder = {
  /** The attempt's id: idempotency key and metadata. */
  attemptId: string
  tenantId: string
  amount: Money
  description: string
  receiptEmail?: string
  /** What was typed just now; or else `saved`; or else `debit`. */
  confirmationTokenId?: string
  /** The client at the processor: whose method is charged, or whose it becomes. */
  customerId?: string
  /** Whether what was typed is to be saved. */
  saves?: boolean
  saved?: { type?: 'acss_debit'; paymentMethodId: string; mandateId?: string }
  /**
   * A debit that nobody has agreed to yet: the payment is only made, and waits until its payer agrees to it in the
   * browser, where the processor collects account and agreement.
   */
  debit?: 'acss_debit'
  /** Set when nobody is there to answer the bank's questions: why it is charged. */
  unattended?: 'recurring' | 'unscheduled'
}

/** A payment intent as it stands at the processor. */
export type IntentNews = {
  intentId: string
  /** From its metadata; undefined for payments that are not ours. */
  attemptId?: string
  status: 'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded' | 'canceled' | 'other'
  amount: Money
  clientSecret?: string
  /** What `requires_action` needs. */
  waitsFor?: WaitsFor
  method?: { type: string; label: string }
  /** The method itself, as it stands now. */
  paidWith?: MethodNews
  /** The consent the debit rests on. */
  mandateId?: string
  chargeId?: string
  /** When the bank was asked. */
  debitedAt?: Date
  /** Known once the processor has booked it. */
  fee?: Money
  failure?: { code: string; message: string }
  createdAt: Date
}

/** The bank's check in the browser, two small deposits, or the payer's agreement to the debit. */
export type WaitsFor = 'bank' | 'deposits' | 'agreement'

/** A card or a bank account as the processor knows it. */
export type MethodNews = {
  paymentMethodId: string
  /** Whose it is; of nobody's, it cannot be charged again. */
  customerId?: string
  type: string
  label: string
  last4: string
  funding?: string
  fingerprint?: string
  expiresOn?: PlainDate
  /** Why the bank takes no more debits. */
  blockedReason?: string
}

/** A setup as it stands at the processor. */
export type SetupNews = {
  setupIntentId: string
  setupId?: string
  status: 'requires_action' | 'succeeded' | 'failed' | 'other'
  /** A setup that only waits for its payer's agreement is `other`: no bank has been asked yet. */
  waitsFor?: WaitsFor
  clientSecret?: string
  method?: MethodNews
  mandateId?: string
  failure?: { code: string; message: string }
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
