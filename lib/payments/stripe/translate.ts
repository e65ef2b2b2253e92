import 'server-only'
import type Stripe from 'stripe'
import { money } from '@/lib/money/money'
import type { BalanceTransactionNews, DisputeNews, IntentNews, PayoutNews, RefundNews } from '../gateway'
import { objectOf, toMethodNews, wordsOf } from './translate-methods'

/** Stripe's shapes in our words. Values we do not know become `other`: Stripe adds new ones at any time. */

export function toIntentNews(intent: Stripe.PaymentIntent): IntentNews {
  const currency = intent.currency.toUpperCase()
  const charge = objectOf(intent.latest_charge)
  const transaction = objectOf(charge?.balance_transaction)
  const method = objectOf(intent.payment_method) ?? intent.last_payment_error?.payment_method
  const label = labelOf(charge?.payment_method_details ?? undefined, method ?? undefined)
  const { attempt_id: attemptId } = intent.metadata
  return {
    intentId: intent.id,
    status: intentStatus(intent.status),
    amount: money(BigInt(intent.amount), currency),
    createdAt: new Date(intent.created * 1000),
    ...(attemptId === undefined ? {} : { attemptId }),
    ...(intent.client_secret === null ? {} : { clientSecret: intent.client_secret }),
    ...(label === undefined ? {} : { method: label }),
    ...(method === undefined ? {} : { paidWith: toMethodNews(method) }),
    ...given('mandateId', idOf(charge?.payment_method_details?.us_bank_account?.mandate)),
    ...(charge?.status === 'succeeded' || charge?.status === 'pending' ? { chargeId: charge.id } : {}),
    ...(transaction === undefined ? {} : { fee: money(BigInt(transaction.fee), currency) }),
    ...(intent.last_payment_error ? { failure: failureOf(intent.last_payment_error) } : {}),
  }
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
  const isBank = error.payment_method?.type === 'us_bank_account'
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
