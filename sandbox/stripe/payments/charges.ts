import { addBankingDays } from '../../bank/calendar.ts'
import { type ErrorBody, StripeRefusal } from '../api/errors.ts'
import { emit } from '../events/emit.ts'
import { book } from '../money/book.ts'
import { cardFee, stripeFee } from '../money/fees.ts'
import type { Charge, FeeDetail, Outcome } from '../objects/charge.ts'
import type { PaymentIntent } from '../objects/intent.ts'
import type { PaymentMethod } from '../objects/payment-method.ts'
import { newId, type Scope, today } from '../state/state.ts'
import type { TestCard } from '../testdata/cards.ts'
import { type Decline, declines } from '../testdata/declines.ts'
import { cardDetails } from './charge-details.ts'
import { openTestDispute } from './disputes.ts'

const authorized: Outcome = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: 'approved_by_network',
  reason: null,
  risk_level: 'normal',
  risk_score: 23,
  seller_message: 'Payment complete.',
  type: 'authorized',
}

/** Charges a card at once: it succeeds with its balance transaction, or it fails and `Decline` says why. */
export function chargeCard(
  scope: Scope,
  intent: PaymentIntent,
  method: PaymentMethod,
  card: TestCard,
  how: { authenticated: boolean; refused?: Decline },
): Decline | undefined {
  const decline = how.refused ?? (card.decline === undefined ? undefined : declines[card.decline])
  const charge = newCharge(scope, intent, method, 'ch')
  charge.payment_method_details = { type: 'card', card: cardDetails(intent, method, how.authenticated) }
  intent.latest_charge = charge.id
  if (decline !== undefined) {
    Object.assign(charge, { status: 'failed', failure_code: decline.code, failure_message: decline.message })
    charge.outcome = refusedOutcome(decline)
    emit(scope, 'charge.failed', charge)
    return decline
  }
  settleCharge(charge)
  const availableOn = card.availableAtOnce === true ? today(scope.state) : addBankingDays(today(scope.state), 2)
  const transaction = book(scope, {
    amount: charge.amount,
    currency: charge.currency,
    type: 'charge',
    reportingCategory: 'charge',
    source: charge.id,
    description: charge.description,
    fees: feesOf(scope, charge, cardFee(charge.amount)),
    origin: 'card',
    availableOn,
  })
  charge.balance_transaction = transaction.id
  succeedIntent(intent, charge)
  emit(scope, 'charge.succeeded', charge)
  emit(scope, 'payment_intent.succeeded', intent)
  openTestDispute(scope, charge, card)
  return undefined
}

export function settleCharge(charge: Charge): void {
  charge.status = 'succeeded'
  charge.paid = true
  charge.captured = true
  charge.amount_captured = charge.amount
  charge.outcome = authorized
}

export function succeedIntent(intent: PaymentIntent, charge: Charge): void {
  intent.status = 'succeeded'
  intent.amount_received = charge.amount
  intent.next_action = null
  intent.last_payment_error = null
}

export function feesOf(scope: Scope, charge: Charge, processing: number): FeeDetail[] {
  const { application_fee_amount: amount, currency } = charge
  const fees = [stripeFee(processing, currency)]
  if (amount === null || scope.account.application === null) return fees
  charge.application_fee = newId(scope.state, 'fee')
  book(
    { ...scope, account: scope.state.platform },
    {
      amount,
      currency,
      type: 'application_fee',
      reportingCategory: 'platform_earning',
      source: charge.application_fee,
      origin: 'card',
    },
  )
  const own: FeeDetail = {
    amount,
    application: scope.account.application,
    currency,
    description: 'Application fee',
    type: 'application_fee',
  }
  return [own, ...fees]
}

/** A payment attempt failed: the intent goes back to where a method is chosen. `error` is what the payer is told. */
export function failIntent(
  scope: Scope,
  intent: PaymentIntent,
  method: PaymentMethod,
  error: ErrorBody,
): StripeRefusal {
  const { body } = new StripeRefusal(402, { ...error, payment_method: structuredClone(method) })
  intent.status = 'requires_payment_method'
  intent.next_action = null
  intent.payment_method = null
  intent.last_payment_error = body
  emit(scope, 'payment_intent.payment_failed', intent)
  return new StripeRefusal(402, { ...body, payment_intent: structuredClone(intent) })
}

export function newCharge(scope: Scope, intent: PaymentIntent, method: PaymentMethod, prefix: 'ch' | 'py'): Charge {
  const { state, account } = scope
  const charge: Charge = {
    id: newId(state, prefix),
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: intent.application,
    application_fee: null,
    application_fee_amount: intent.application_fee_amount,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: descriptorOf(scope, intent),
    captured: false,
    created: state.clock.seconds(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: authorized,
    paid: false,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { type: method.type },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: 'pending',
    transfer_data: null,
    transfer_group: intent.transfer_group,
  }
  return account.charges.add(charge)
}

function descriptorOf({ account }: Scope, intent: PaymentIntent): string {
  const name = account.wire.business_profile.name
  const prefix = (typeof name === 'string' ? name : 'STRIPE').toUpperCase().replaceAll(/[<>"'*\\]/g, '')
  const { statement_descriptor: whole, statement_descriptor_suffix: suffix } = intent
  return (whole ?? (suffix === null ? prefix : `${prefix.slice(0, 10)}* ${suffix}`)).slice(0, 22)
}

function refusedOutcome(decline: Decline): Outcome {
  const isBlocked = decline === declines.highestRisk
  return {
    advice_code: decline.advice_code ?? null,
    network_advice_code: null,
    network_decline_code: decline.network_decline_code ?? null,
    network_status: isBlocked ? 'not_sent_to_network' : 'declined_by_network',
    reason: isBlocked ? 'highest_risk_level' : (decline.decline_code ?? null),
    risk_level: isBlocked ? 'highest' : 'normal',
    seller_message: isBlocked
      ? 'Stripe blocked this payment as too risky.'
      : 'The bank did not return any further details with this decline.',
    type: isBlocked ? 'blocked' : 'issuer_declined',
  }
}
