import 'server-only'
import type Stripe from 'stripe'
import { money } from '@/lib/money/money'
import type { BalanceTransactionNews, DisputeNews, IntentNews, PayoutNews, RefundNews, WaitsFor } from '../gateway'
import { isPadOnly, objectOf, toMethodNews, wordsOf } from './translate-methods'

/** Stripe's shapes in our words. Values we do not know become `other`: Stripe adds new ones at any time. */

export function toIntentNews(intent: Stripe.PaymentIntent): IntentNews {
  const currency = intent.currency.toUpperCase()
  const charge = objectOf(intent.latest_charge)
  const transaction = objectOf(charge?.balance_transaction)
  const method = objectOf(intent.payment_method) ?? intent.last_payment_error?.payment_method
  const label = labelOf(charge?.payment_method_details ?? undefined, method ?? undefined)
  const { attempt_id: attemptId } = intent.metadata
  const waitsFor = waitsForOf(intent)
  return {
    intentId: intent.id,
    status: waitsFor === undefined ? intentStatus(intent.status) : 'requires_action',
    ...(waitsFor === undefined ? {} : { waitsFor }),
    amount: money(BigInt(intent.amount), currency),
    createdAt: new Date(intent.created * 1000),
    ...(attemptId === undefined ? {} : { attemptId }),
    ...(intent.client_secret === null ? {} : { clientSecret: intent.client_secret }),
    ...(label === undefined ? {} : { method: label }),
    ...(method === undefined ? {} : { paidWith: { ...toMethodNews(method), ...endOfAgreement(intent) } }),
    ...given('mandateId', idOf(mandateOf(charge?.payment_method_details))),
    ...(charge?.status === 'succeeded' || charge?.status === 'pending'
      ? { chargeId: charge.id, debitedAt: new Date(charge.created * 1000) }
      : {}),
    ...(transaction === undefined ? {} : { fee: money(BigInt(transaction.fee), currency) }),
    ...(intent.last_payment_error ? { failure: failureOf(intent.last_payment_error) } : {}),
  }
}

function waitsForOf(intent: Stripe.PaymentIntent): WaitsFor | undefined {
  if (intent.status === 'requires_action')
    return intent.next_action?.type === 'verify_with_microdeposits' ? 'deposits' : 'bank'
  // Made for a debit that its payer agrees to in the browser: until then it stands as it was created.
  const isOpen = intent.status === 'requires_payment_method' || intent.status === 'requires_confirmation'
  return isOpen && isPadOnly(intent.payment_method_types) && intent.last_payment_error === null
    ? 'agreement'
    : undefined
}

/** A Canadian account does not say itself that it takes no more debits: the debit that ended its agreement does. */
function endOfAgreement({ last_payment_error: error }: Stripe.PaymentIntent): { blockedReason?: string } {
  if (error?.payment_method?.type !== 'acss_debit' || error.code === undefined) return {}
  return endings.has(error.code) ? { blockedReason: error.code } : {}
}

const endings = new Set(['account_closed', 'no_account', 'debit_not_authorized', 'payment_intent_mandate_invalid'])

function mandateOf(details: Stripe.Charge.PaymentMethodDetails | null | undefined) {
  return details?.us_bank_account?.mandate ?? details?.acss_debit?.mandate
}

function intentStatus(status: string): IntentNews['status'] {
  switch (status) {
    case 'requires_payment_method':
    case 'requires_action':
    case 'processing':
    case 'succeeded':
    case 'canceled':
      return status
    default:
      return 'other'
  }
}

/** The code that says most: the issuer's for a card, the network's for a bank, marked as such. */
function failureOf(error: Stripe.PaymentIntent.LastPaymentError): { code: string; message: string } {
  const type = error.payment_method?.type
  const isBank = type === 'us_bank_account' || type === 'acss_debit'
  const code = error.decline_code ?? error.code ?? error.type
  return { code: isBank ? `bank.${code}` : code, message: error.message ?? '' }
}

function labelOf(
  details: Stripe.Charge.PaymentMethodDetails | undefined,
  method: Stripe.PaymentMethod | undefined,
): { type: string; label: string } | undefined {
  const type = details?.type ?? method?.type
  return type === undefined ? undefined : { type, label: wordsOf(type, details ?? method) }
}

export function toRefundNews(refund: Stripe.Refund): RefundNews {
  const { refund_id: refundId } = refund.metadata ?? {}
  const intentId = idOf(refund.payment_intent)
  return {
    externalId: refund.id,
    status:
      refund.status === 'pending' || refund.status === 'succeeded' || refund.status === 'failed'
        ? refund.status
        : refund.status === 'canceled'
          ? 'failed'
          : 'other',
    amount: money(BigInt(refund.amount), refund.currency.toUpperCase()),
    booked: refund.balance_transaction !== null,
    createdAt: new Date(refund.created * 1000),
    ...(refundId === undefined ? {} : { refundId }),
    ...(intentId === undefined ? {} : { intentId }),
    ...(refund.failure_reason ? { failureReason: refund.failure_reason } : {}),
  }
}

export function toDisputeNews(dispute: Stripe.Dispute): DisputeNews {
  const intentId = idOf(dispute.payment_intent)
  const due = dispute.evidence_details.due_by
  return {
    externalId: dispute.id,
    methodType: objectOf(dispute.charge)?.payment_method_details?.type ?? 'card',
    status: disputeStatus(dispute.status),
    amount: money(BigInt(dispute.amount), dispute.currency.toUpperCase()),
    booked: dispute.balance_transactions.length > 0,
    reason: dispute.reason,
    openedAt: new Date(dispute.created * 1000),
    ...(intentId === undefined ? {} : { intentId }),
    ...(due ? { evidenceDueAt: new Date(due * 1000) } : {}),
  }
}

function disputeStatus(status: string): DisputeNews['status'] {
  switch (status) {
    case 'won':
    case 'lost':
      return status
    // The bank only inquired, and is content.
    case 'warning_closed':
      return 'won'
    default:
      return 'open'
  }
}

export function toPayoutNews(payout: Stripe.Payout): PayoutNews {
  const trace = payout.trace_id?.value
  return {
    externalId: payout.id,
    status: payoutStatus(payout.status),
    isComplete: payout.reconciliation_status === 'completed',
    amount: money(BigInt(payout.amount), payout.currency.toUpperCase()),
    arrivesOn: new Date(payout.arrival_date * 1000).toISOString().slice(0, 10),
    createdAt: new Date(payout.created * 1000),
    ...(trace ? { trace } : {}),
  }
}

function payoutStatus(status: string): PayoutNews['status'] {
  switch (status) {
    case 'in_transit':
    case 'paid':
    case 'failed':
    case 'canceled':
      return status
    default:
      return 'pending'
  }
}

export function toBalanceTransactionNews(transaction: Stripe.BalanceTransaction): BalanceTransactionNews {
  const source = objectOf(transaction.source)
  return {
    externalId: transaction.id,
    type: transaction.type,
    category: transaction.reporting_category,
    amountMinor: BigInt(transaction.amount),
    feeMinor: BigInt(transaction.fee),
    netMinor: BigInt(transaction.net),
    currency: transaction.currency.toUpperCase(),
    createdAt: new Date(transaction.created * 1000),
    availableOn: new Date(transaction.available_on * 1000).toISOString().slice(0, 10),
    ...(source === undefined ? {} : { sourceId: source.id, ...rolesOf(source) }),
  }
}

type Roles = Pick<BalanceTransactionNews, 'intentId' | 'chargeId' | 'refundId' | 'disputeId' | 'payoutId'>

function rolesOf(source: Stripe.BalanceTransactionSource): Roles {
  switch (source.object) {
    case 'charge':
      return { chargeId: source.id, ...given('intentId', idOf(source.payment_intent)) }
    case 'refund':
      return { refundId: source.id, ...given('intentId', idOf(source.payment_intent)) }
    case 'dispute':
      return { disputeId: source.id, ...given('intentId', idOf(source.payment_intent)) }
    case 'payout':
      return { payoutId: source.id }
    default:
      return {}
  }
}

function given<Key extends string>(key: Key, value: string | undefined): { [K in Key]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: string }
}

function idOf(value: string | { id: string } | null | undefined): string | undefined {
  return typeof value === 'string' ? value : (value?.id ?? undefined)
}
