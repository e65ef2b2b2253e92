import { addBankingDays, instantOf } from '../../bank/calendar.ts'
import { dayOf } from '../../bank/weekdays.ts'
import { invalid } from '../api/errors.ts'
import { emit } from '../events/emit.ts'
import { book } from '../money/book.ts'
import type { Charge, Refund } from '../objects/charge.ts'
import type { Metadata } from '../objects/common.ts'
import { newId, type Scope, today } from '../state/state.ts'
import { railOfCharge } from './rails.ts'

type RefundAsk = { amount?: number; reason?: string; metadata: Metadata }

/** Gives money back: the balance pays at once, whenever the payer's bank follows. */
export function refundCharge(scope: Scope, charge: Charge, ask: RefundAsk): Refund {
  const left = charge.amount - charge.amount_refunded
  requireRefundable(charge, left)
  const amount = ask.amount ?? left
  if (amount < 1) throw invalid('Invalid positive integer', 'parameter_invalid_integer', 'amount')
  if (amount > left) {
    throw invalid(
      `Refund amount (${dollars(amount)}) is greater than unrefunded amount on charge (${dollars(left)})`,
      undefined,
      'amount',
    )
  }
  const isCard = charge.payment_method_details.type === 'card'
  const refund = scope.account.refunds.add(newRefund(scope, charge, amount, ask, isCard))
  const transaction = book(scope, {
    amount: -amount,
    currency: charge.currency,
    type: isCard ? 'refund' : 'payment_refund',
    reportingCategory: 'refund',
    source: refund.id,
    description: charge.description === null ? 'REFUND FOR CHARGE' : `REFUND FOR CHARGE (${charge.description})`,
    origin: isCard ? 'card' : 'bank_account',
    ...waitsWith(scope, charge),
  })
  refund.balance_transaction = transaction.id
  const previous = { amount_refunded: charge.amount_refunded, refunded: charge.refunded }
  setRefunded(charge, charge.amount_refunded + amount)
  emit(scope, 'refund.created', refund)
  emit(scope, 'charge.refunded', charge, previous)
  scheduleOutcome({ ...scope, cause: null }, charge, refund)
  return refund
}

/** A refund of money that is not available yet becomes effective together with it. */
function waitsWith({ account }: Scope, charge: Charge): { availableOn?: string } {
  const source =
    charge.balance_transaction === null ? undefined : account.balanceTransactions.get(charge.balance_transaction)
  return source?.status === 'pending' ? { availableOn: dayOf(new Date(source.available_on * 1000)) } : {}
}

function scheduleOutcome(scope: Scope, charge: Charge, refund: Refund): void {
  const { state, account } = scope
  const instrument = account.instruments.get(charge.payment_method)
  const rail = railOfCharge(state, charge)
  const onDay = (bankingDays: number) => instantOf(addBankingDays(today(state), bankingDays, rail?.country), 12)
  if (refund.status === 'pending') {
    const days = rail?.times.refundBankingDays ?? 1
    state.agenda.at(onDay(days), 'Bank: refunds arrive', () => succeed(scope, refund))
  } else if (instrument?.kind === 'card' && instrument.card.refund === 'fails') {
    state.agenda.at(onDay(1), 'Bank: refunds are sent back', () => fail(scope, charge, refund))
  }
}

function succeed(scope: Scope, refund: Refund): void {
  if (refund.status !== 'pending') return
  const previous = { status: refund.status }
  refund.status = 'succeeded'
  delete refund.pending_reason
  announce(scope, refund, previous)
}

function fail(scope: Scope, charge: Charge, refund: Refund): void {
  const previous = { status: refund.status }
  const transaction = book(scope, {
    amount: refund.amount,
    currency: refund.currency,
    type: 'refund_failure',
    reportingCategory: 'refund_failure',
    source: refund.id,
    description: 'REFUND FAILURE',
    origin: 'card',
  })
  refund.status = 'failed'
  refund.failure_reason = 'expired_or_canceled_card'
  refund.failure_balance_transaction = transaction.id
  setRefunded(charge, charge.amount_refunded - refund.amount)
  announce(scope, refund, previous)
  emit(scope, 'refund.failed', refund)
}

/** A refund's change goes out under its new name and the one older integrations know. */
function announce(scope: Scope, refund: Refund, previous: object): void {
  emit(scope, 'refund.updated', refund, previous)
  emit(scope, 'charge.refund.updated', refund, previous)
}

function setRefunded(charge: Charge, amount: number): void {
  charge.amount_refunded = amount
  charge.refunded = amount === charge.amount
}

function requireRefundable(charge: Charge, left: number): void {
  if (charge.status !== 'succeeded') {
    throw invalid(
      `Charge ${charge.id} cannot be refunded because it has a status of ${charge.status}.`,
      'charge_not_refundable',
    )
  }
  if (charge.disputed) {
    throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, 'charge_disputed')
  }
  if (left === 0) throw invalid(`Charge ${charge.id} has already been refunded.`, 'charge_already_refunded')
}

function newRefund({ state, account }: Scope, charge: Charge, amount: number, ask: RefundAsk, isCard: boolean): Refund {
  const instrument = account.instruments.get(charge.payment_method)
  const isPending = !isCard || (instrument?.kind === 'card' && instrument.card.refund === 'pending')
  return {
    id: newId(state, isCard ? 're' : 'pyr'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: state.clock.seconds(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: isCard
      ? {
          card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
          type: 'card',
        }
      : { type: charge.payment_method_details.type },
    metadata: ask.metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    ...(isPending && { pending_reason: 'processing' as const }),
    reason: ask.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: isPending ? 'pending' : 'succeeded',
    transfer_reversal: null,
  }
}

function dollars(cents: number): string {
  return `$${(cents / 100).toFixed(2)}`
}
