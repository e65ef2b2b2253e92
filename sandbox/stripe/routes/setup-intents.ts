import { type Call, endpoint, idOf } from '../api/call.ts'
import { invalid, malformed, missing, missingReference } from '../api/errors.ts'
import { page, within } from '../api/pages.ts'
import {
  flag,
  ignored,
  integer,
  listOf,
  metadata,
  oneOf,
  required,
  shape,
  text,
  unsettable,
  word,
} from '../api/params.ts'
import {
  automaticMethods,
  browserMethodData,
  mandateData,
  methodData,
  pageFields,
  setupMethodOptions,
  timeFilter,
} from '../api/shared-params.ts'
import { emit } from '../events/emit.ts'
import { mergeMetadata } from '../objects/common.ts'
import type { SetupIntent } from '../objects/intent.ts'
import { confirmSetup, verifySetup } from '../payments/confirm-setup.ts'
import { automaticOf, noLongerSupported, optionsOf, requireOneWay, usableTypes } from '../payments/method-types.ts'
import { methodNamed } from '../payments/payment-methods.ts'
import { newId, type Scope } from '../state/state.ts'
import { requireSecret, shownTo } from './client-secret.ts'

const describing = {
  allowed_payment_method_types: listOf(word),
  attach_to_self: ignored,
  customer: word,
  description: text,
  excluded_payment_method_types: listOf(word),
  flow_directions: ignored,
  metadata,
  payment_method: word,
  payment_method_configuration: word,
  payment_method_options: setupMethodOptions,
  payment_method_types: noLongerSupported,
}
const confirming = {
  confirmation_token: word,
  mandate_data: unsettable(mandateData),
  payment_method: word,
  return_url: word,
  use_stripe_sdk: flag,
}
const create = shape({
  ...describing,
  ...confirming,
  automatic_payment_methods: automaticMethods,
  confirm: flag,
  payment_method_data: methodData,
  single_use: ignored,
  usage: oneOf('off_session', 'on_session'),
})
const update = shape({ ...describing, payment_method_data: methodData })
const confirm = shape({
  ...confirming,
  allowed_payment_method_types: listOf(word),
  client_secret: word,
  payment_method_data: browserMethodData,
  payment_method_options: setupMethodOptions,
})

export const setupIntentEndpoints = [
  endpoint('POST', '/v1/setup_intents', create, ({ scope, params }) => {
    requireOneWay(params)
    if (params.confirmation_token !== undefined && params.confirm !== true) {
      throw malformed(
        '`confirmation_token` can only be used when `confirm` is `true`.',
        undefined,
        'confirmation_token',
      )
    }
    const intent = newSetup(scope, params)
    emit(scope, 'setup_intent.created', intent)
    if (params.confirm === true) confirmSetup(scope, intent, params)
    return intent
  }),

  endpoint(
    'GET',
    '/v1/setup_intents',
    shape({ ...pageFields, created: timeFilter, customer: word, payment_method: word, attach_to_self: ignored }),
    ({ scope, params }) =>
      page(scope.account.setupIntents, params, {
        url: '/v1/setup_intents',
        kind: 'setupintent',
        keep: ({ customer, created, payment_method: method }) =>
          (params.customer === undefined || params.customer === customer) &&
          (params.payment_method === undefined || params.payment_method === method) &&
          within(params.created, created),
      }),
  ),

  endpoint('GET', '/v1/setup_intents/:id', shape({ client_secret: word }), (call) => shown(call, setupAt(call)), {
    browser: true,
  }),

  endpoint('POST', '/v1/setup_intents/:id', update, (call) => {
    const { scope, params } = call
    const intent = setupAt(call)
    if (params.customer !== undefined) {
      requireCustomer(scope, params.customer)
      intent.customer = params.customer
    }
    if (params.payment_method !== undefined) {
      intent.payment_method = methodNamed(scope, params.payment_method, 'payment_method').id
      intent.status = 'requires_confirmation'
    }
    if (params.description !== undefined) intent.description = params.description
    if (params.metadata !== undefined) intent.metadata = mergeMetadata(intent.metadata, params.metadata)
    return intent
  }),

  endpoint(
    'POST',
    '/v1/setup_intents/:id/confirm',
    confirm,
    (call) => {
      const intent = setupAt(call)
      const inBrowser = call.caller.kind === 'publishable'
      confirmSetup(call.scope, intent, inBrowser ? { ...call.params, use_stripe_sdk: true } : call.params)
      return shown(call, intent)
    },
    { browser: true },
  ),

  endpoint(
    'POST',
    '/v1/setup_intents/:id/cancel',
    shape({ cancellation_reason: oneOf('abandoned', 'requested_by_customer', 'duplicate') }),
    (call) => {
      const intent = setupAt(call)
      if (intent.status === 'succeeded' || intent.status === 'canceled') {
        throw invalid(
          `You cannot cancel this SetupIntent because it has a status of ${intent.status}. Only a SetupIntent with one of the following statuses may be canceled: requires_payment_method, requires_confirmation, requires_action.`,
          'setup_intent_unexpected_state',
        )
      }
      intent.status = 'canceled'
      intent.cancellation_reason = call.params.cancellation_reason ?? null
      intent.next_action = null
      emit(call.scope, 'setup_intent.canceled', intent)
      return intent
    },
  ),

  endpoint(
    'POST',
    '/v1/setup_intents/:id/verify_microdeposits',
    shape({ amounts: listOf(integer), descriptor_code: word, client_secret: word }),
    (call) => {
      const intent = setupAt(call)
      verifySetup(call.scope, intent, call.params)
      return shown(call, intent)
    },
    { browser: true },
  ),

  endpoint(
    'GET',
    '/v1/setup_attempts',
    shape({ ...pageFields, created: timeFilter, setup_intent: required(word) }),
    ({ scope, params }) =>
      page(scope.account.setupAttempts, params, {
        url: '/v1/setup_attempts',
        kind: 'setup_attempt',
        members: scope.account.setupAttempts.group(0, params.setup_intent),
      }),
  ),
]

function setupAt({ scope, ids, params, caller }: Call<object>): SetupIntent {
  const intent = scope.account.setupIntents.get(idOf(ids))
  if (intent === undefined) throw missing('setupintent', idOf(ids), 'intent')
  requireSecret(caller, intent, params)
  return intent
}

function shown({ caller }: Call<object>, intent: SetupIntent): object {
  return shownTo(caller, intent)
}

function requireCustomer({ account }: Scope, id: string): void {
  if (account.customers.get(id) === undefined) throw missingReference('customer', id, 'customer')
}

function newSetup(scope: Scope, ask: ReturnType<typeof create>): SetupIntent {
  const { state, account } = scope
  if (ask.customer !== undefined) requireCustomer(scope, ask.customer)
  const types = usableTypes(account, null, ask)
  const id = newId(state, 'seti')
  const options = optionsOf(types, ask.payment_method_options)
  if (options.acss_debit !== undefined && options.acss_debit.currency === undefined) {
    const param = 'payment_method_options[acss_debit][currency]'
    throw malformed(`Missing required param: ${param}.`, 'parameter_missing', param)
  }
  if (options.card !== undefined) delete options.card.installments
  const method = ask.payment_method === undefined ? null : methodNamed(scope, ask.payment_method, 'payment_method').id
  return account.setupIntents.add({
    id,
    object: 'setup_intent',
    allowed_payment_method_types: ask.allowed_payment_method_types ?? null,
    application: account.application,
    automatic_payment_methods: automaticOf(ask),
    cancellation_reason: null,
    client_secret: `${id}_secret_${state.random.id(25)}`,
    created: state.clock.seconds(),
    customer: ask.customer ?? null,
    customer_account: null,
    description: ask.description ?? null,
    excluded_payment_method_types: ask.excluded_payment_method_types ?? null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: mergeMetadata({}, ask.metadata ?? null),
    next_action: null,
    on_behalf_of: null,
    payment_method: method,
    payment_method_configuration_details: null,
    payment_method_options: options,
    payment_method_types: types,
    single_use_mandate: null,
    status: method === null ? 'requires_payment_method' : 'requires_confirmation',
    usage: ask.usage ?? 'off_session',
  })
}
