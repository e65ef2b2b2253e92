import { invalid, malformed, missingReference } from '../api/errors.ts'
import type { MethodData, MethodOptionsAsked } from '../api/shared-params.ts'
import { type AddressChange, addressOf, type Metadata, mergeMetadata, type Shipping } from '../objects/common.ts'
import type { PaymentIntent, SetupFutureUsage } from '../objects/intent.ts'
import { newId, type Scope } from '../state/state.ts'
import { automaticOf, optionsOf, type TypesAsk, usableTypes } from './method-types.ts'
import { draftMethod, methodNamed, saveMethod } from './payment-methods.ts'

type Described = TypesAsk & {
  application_fee_amount?: number | null
  capture_method?: 'automatic' | 'automatic_async'
  customer?: string
  description?: string | null
  metadata?: Metadata | null
  payment_method?: string
  payment_method_data?: MethodData
  payment_method_options?: MethodOptionsAsked
  receipt_email?: string | null
  setup_future_usage?: SetupFutureUsage | null
  shipping?: { address: AddressChange; name: string; phone?: string | null } | null
  statement_descriptor?: string | null
  statement_descriptor_suffix?: string | null
  transfer_group?: string | null
}

/** At least 50 cents, at most eight digits. */
export function checkAmount(amount: number): void {
  if (amount < 1) {
    throw malformed('This value must be greater than or equal to 1.', 'parameter_invalid_integer', 'amount')
  }
  if (amount < 50) {
    throw invalid('Amount must be at least $0.50 usd', 'amount_too_small', 'amount')
  }
  if (amount > 99_999_999) {
    throw invalid('Amount must be no more than $999,999.99', 'amount_too_large', 'amount')
  }
}

export function newIntent(
  scope: Scope,
  ask: Described & { amount: number; currency: string; confirmation_method?: 'automatic' | 'manual' },
): PaymentIntent {
  const { state, account } = scope
  const currency = ask.currency.toLowerCase()
  if (currency !== 'usd' && currency !== 'cad') {
    throw invalid(
      `Invalid currency: ${currency}. Stripe currently supports these currencies: usd, cad`,
      undefined,
      'currency',
    )
  }
  if (!account.wire.charges_enabled) {
    throw invalid(
      'Your account cannot currently make live charges. If you are a customer trying to make a purchase, please contact the owner of this site.',
    )
  }
  requireCustomer(scope, ask.customer)
  const types = usableTypes(account, currency, ask)
  if (types.length === 0) {
    throw invalid(
      'No valid payment method types for this Payment Intent. Please ensure that you have activated payment methods compatible with your chosen currency in your dashboard.',
    )
  }
  const id = newId(state, 'pi')
  const intent: PaymentIntent = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: ask.allowed_payment_method_types ?? null,
    amount: ask.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: account.application,
    application_fee_amount: ask.application_fee_amount ?? null,
    automatic_payment_methods: automaticOf(ask),
    canceled_at: null,
    cancellation_reason: null,
    capture_method: ask.capture_method ?? 'automatic_async',
    client_secret: `${id}_secret_${state.random.id(25)}`,
    confirmation_method: ask.confirmation_method ?? 'automatic',
    created: state.clock.seconds(),
    currency,
    customer: ask.customer ?? null,
    customer_account: null,
    description: ask.description ?? null,
    excluded_payment_method_types: ask.excluded_payment_method_types ?? null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: mergeMetadata({}, ask.metadata ?? null),
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: optionsOf(types, ask.payment_method_options),
    payment_method_types: types,
    payment_record: null,
    processing: null,
    receipt_email: ask.receipt_email ?? null,
    review: null,
    setup_future_usage: ask.setup_future_usage ?? null,
    shipping: shippingOf(ask.shipping),
    source: null,
    statement_descriptor: ask.statement_descriptor ?? null,
    statement_descriptor_suffix: ask.statement_descriptor_suffix ?? null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: ask.transfer_group ?? null,
  }
  checkDescriptors(intent)
  setMethod(scope, intent, ask)
  account.paymentIntents.add(intent)
  account.intentsByMetadata.add(intent)
  return intent
}

/** Changes what is described by the request; money and method only while nothing moves. */
export function changeIntent(
  scope: Scope,
  intent: PaymentIntent,
  ask: Described & { amount?: number; currency?: string },
): void {
  const { account } = scope
  if (ask.amount !== undefined) {
    checkAmount(ask.amount)
    requireOpen(intent, 'amount')
    intent.amount = ask.amount
  }
  if (ask.currency !== undefined && ask.currency !== intent.currency) requireOpen(intent, 'currency')
  if (ask.customer !== undefined && ask.customer !== intent.customer) {
    requireOpen(intent, 'customer')
    requireCustomer(scope, ask.customer)
    intent.customer = ask.customer
  }
  if (ask.payment_method !== undefined || ask.payment_method_data !== undefined) {
    requireOpen(intent, 'payment_method')
    setMethod(scope, intent, ask)
  }
  if (ask.allowed_payment_method_types !== undefined) {
    requireOpen(intent, 'allowed_payment_method_types')
    intent.allowed_payment_method_types = ask.allowed_payment_method_types
    intent.automatic_payment_methods = null
    intent.payment_method_types = usableTypes(account, intent.currency, ask)
  }
  if (ask.payment_method_options !== undefined) {
    intent.payment_method_options = optionsOf(intent.payment_method_types, ask.payment_method_options)
  }
  if (ask.setup_future_usage !== undefined) intent.setup_future_usage = ask.setup_future_usage
  if (ask.application_fee_amount !== undefined) intent.application_fee_amount = ask.application_fee_amount
  if (ask.description !== undefined) intent.description = ask.description
  if (ask.receipt_email !== undefined) intent.receipt_email = ask.receipt_email
  if (ask.shipping !== undefined) intent.shipping = shippingOf(ask.shipping)
  if (ask.statement_descriptor !== undefined) intent.statement_descriptor = ask.statement_descriptor
  if (ask.statement_descriptor_suffix !== undefined)
    intent.statement_descriptor_suffix = ask.statement_descriptor_suffix
  if (ask.transfer_group !== undefined) intent.transfer_group = ask.transfer_group
  checkDescriptors(intent)
  if (ask.metadata !== undefined) {
    account.intentsByMetadata.remove(intent)
    intent.metadata = mergeMetadata(intent.metadata, ask.metadata)
    account.intentsByMetadata.add(intent)
  }
}

function setMethod(scope: Scope, intent: PaymentIntent, ask: Described): void {
  if (ask.payment_method === undefined && ask.payment_method_data === undefined) return
  const method =
    ask.payment_method_data === undefined
      ? methodNamed(scope, ask.payment_method ?? '', 'payment_method')
      : saveMethod(scope, draftMethod(scope, ask.payment_method_data))
  intent.payment_method = method.id
  intent.status = 'requires_confirmation'
}

function requireCustomer({ account }: Scope, id: string | undefined): void {
  if (id !== undefined && account.customers.get(id) === undefined) throw missingReference('customer', id, 'customer')
}

function requireOpen(intent: PaymentIntent, what: string): void {
  if (/^requires_/.test(intent.status)) return
  const refusal = invalid(
    `This PaymentIntent's ${what} could not be updated because it has a status of ${intent.status}. You may only update the ${what} of a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation, requires_action.`,
    'payment_intent_unexpected_state',
    what,
  )
  refusal.body.payment_intent = structuredClone(intent)
  throw refusal
}

/** What a bank statement can print: at most 22 letters, at least one of them from the alphabet. */
function checkDescriptors(intent: PaymentIntent): void {
  const { statement_descriptor: whole, statement_descriptor_suffix: suffix } = intent
  if (whole !== null && !/^(?=.*[A-Za-z])[^<>\\'"*]{5,22}$/.test(whole)) {
    throw invalid(
      'The statement descriptor must be 5 to 22 characters, contain a letter, and none of < > \\ \' " *.',
      undefined,
      'statement_descriptor',
    )
  }
  if (suffix !== null && !/^(?=.*[A-Za-z])[^<>\\'"*]{1,22}$/.test(suffix)) {
    throw invalid(
      'The statement descriptor suffix must be at most 22 characters, contain a letter, and none of < > \\ \' " *.',
      undefined,
      'statement_descriptor_suffix',
    )
  }
}

function shippingOf(asked: Described['shipping']): Shipping | null {
  if (asked == null) return null
  return { address: addressOf(asked.address), name: asked.name, phone: asked.phone ?? null }
}
