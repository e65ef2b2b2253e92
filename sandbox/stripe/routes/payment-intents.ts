import { type Call, endpoint, idOf } from '../api/call.ts'
import { invalid, malformed, missing } from '../api/errors.ts'
import { page, within } from '../api/pages.ts'
import { flag, integer, listOf, oneOf, required, shape, unsettable, word } from '../api/params.ts'
import { searchIntents } from '../api/search.ts'
import { browserMethodData, methodData, pageFields, timeFilter } from '../api/shared-params.ts'
import { emit } from '../events/emit.ts'
import type { PaymentIntent } from '../objects/intent.ts'
import { confirmPayment, verifyPayment } from '../payments/confirm-payment.ts'
import { noLongerSupported, requireOneWay } from '../payments/method-types.ts'
import { changeIntent, checkAmount, newIntent } from '../payments/payment-intent.ts'
import type { Scope } from '../state/state.ts'
import { requireSecret, shownTo } from './client-secret.ts'
import { confirmFields, intentFields } from './payment-intent-params.ts'

const types = { payment_method_types: noLongerSupported }
const create = shape({
  ...intentFields,
  ...confirmFields,
  ...types,
  amount: required(integer),
  currency: required(word),
  confirm: flag,
  confirmation_method: oneOf('automatic', 'manual'),
  payment_method_data: methodData,
})
const update = shape({
  ...intentFields,
  ...types,
  amount: integer,
  application_fee_amount: unsettable(integer),
  currency: word,
  payment_method: word,
  payment_method_data: methodData,
})
const confirm = shape({
  ...confirmFields,
  ...types,
  amount_to_confirm: integer,
  client_secret: word,
  payment_method_data: browserMethodData,
})
const deposits = shape({ amounts: listOf(integer), descriptor_code: word, client_secret: word })

export const paymentIntentEndpoints = [
  endpoint('POST', '/v1/payment_intents', create, ({ scope, params }) => {
    requireOneWay(params)
    checkAmount(params.amount)
    if (params.off_session !== undefined && params.confirm !== true) {
      throw malformed('`off_session` can only be used when `confirm` is `true`.', undefined, 'off_session')
    }
    if (params.confirmation_token !== undefined && params.confirm !== true) {
      throw malformed(
        '`confirmation_token` can only be used when `confirm` is `true`.',
        undefined,
        'confirmation_token',
      )
    }
    const intent = newIntent(scope, params)
    emit(scope, 'payment_intent.created', intent)
    if (params.confirm === true) confirmPayment(scope, intent, params)
    return intent
  }),

  endpoint('GET', '/v1/payment_intents', shape({ ...pageFields, created: timeFilter, customer: word }), (call) => {
    const { scope, params } = call
    return page(scope.account.paymentIntents, params, {
      url: '/v1/payment_intents',
      kind: 'payment_intent',
      keep: ({ customer, created }) =>
        (params.customer === undefined || params.customer === customer) && within(params.created, created),
    })
  }),

  endpoint(
    'GET',
    '/v1/payment_intents/search',
    shape({ query: required(word), limit: integer, page: word }),
    (call) => {
      const { state, account } = call.scope
      return searchIntents(account, call.params, state.clock.seconds() - state.settings.searchLagSeconds)
    },
  ),

  endpoint('GET', '/v1/payment_intents/:id', shape({ client_secret: word }), (call) => shown(call, intentAt(call)), {
    browser: true,
  }),

  endpoint('POST', '/v1/payment_intents/:id', update, (call) => {
    const intent = intentAt(call)
    changeIntent(call.scope, intent, call.params)
    return intent
  }),

  endpoint(
    'POST',
    '/v1/payment_intents/:id/confirm',
    confirm,
    (call) => {
      const { scope, params } = call
      const intent = intentAt(call)
      if (params.amount_to_confirm !== undefined && params.amount_to_confirm !== intent.amount) {
        throw invalid(
          `The amount to confirm (${params.amount_to_confirm}) does not match the amount of the PaymentIntent (${intent.amount}).`,
          'payment_intent_invalid_parameter',
          'amount_to_confirm',
        )
      }
      const { setup_future_usage: usage, ...ask } = params
      if (usage !== undefined) intent.setup_future_usage = usage
      if (params.receipt_email !== undefined) intent.receipt_email = params.receipt_email
      confirmPayment(scope, intent, call.caller.kind === 'publishable' ? { ...ask, use_stripe_sdk: true } : ask)
      return shown(call, intent)
    },
    { browser: true },
  ),

  endpoint(
    'POST',
    '/v1/payment_intents/:id/cancel',
    shape({ cancellation_reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer', 'abandoned') }),
    (call) => {
      const intent = intentAt(call)
      cancel(call.scope, intent, call.params.cancellation_reason ?? null)
      return intent
    },
  ),

  endpoint(
    'POST',
    '/v1/payment_intents/:id/verify_microdeposits',
    deposits,
    (call) => {
      const intent = intentAt(call)
      verifyPayment(call.scope, intent, call.params)
      return shown(call, intent)
    },
    { browser: true },
  ),
]

type SecretCall = Call<{ client_secret?: string }>

function intentAt(call: Call<{ client_secret?: string } | object>): PaymentIntent {
  const { scope, ids, params, caller } = call
  const intent = scope.account.paymentIntents.get(idOf(ids))
  if (intent === undefined) throw missing('payment_intent', idOf(ids), 'intent')
  requireSecret(caller, intent, params)
  return intent
}

function shown({ caller }: SecretCall, intent: PaymentIntent): object {
  return shownTo(caller, intent)
}

function cancel(scope: Scope, intent: PaymentIntent, reason: string | null): void {
  if (intent.status === 'succeeded' || intent.status === 'canceled' || intent.status === 'processing') {
    const refusal = invalid(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, requires_action, processing.`,
      'payment_intent_unexpected_state',
    )
    refusal.body.payment_intent = structuredClone(intent)
    throw refusal
  }
  intent.status = 'canceled'
  intent.canceled_at = scope.state.clock.seconds()
  intent.cancellation_reason = reason
  intent.next_action = null
  emit(scope, 'payment_intent.canceled', intent)
}
