import { endpoint, idOf, nothing } from '../api/call.ts'
import { invalid, malformed, missing, missingReference, StripeRefusal } from '../api/errors.ts'
import { page } from '../api/pages.ts'
import { ignored, integer, metadata, oneOf, type Read, required, shape, word } from '../api/params.ts'
import { billingDetails, methodDataFields, pageFields } from '../api/shared-params.ts'
import { emit } from '../events/emit.ts'
import { addressOf, mergeMetadata } from '../objects/common.ts'
import type { PaymentMethod } from '../objects/payment-method.ts'
import {
  attachMethod,
  detachMethod,
  draftFromToken,
  draftMethod,
  instrumentOf,
  methodNamed,
  saveMethod,
} from '../payments/payment-methods.ts'
import type { Scope } from '../state/state.ts'
import { declines } from '../testdata/declines.ts'
import { customerAt } from './customers.ts'

const filters = { ...pageFields, type: word, allow_redisplay: oneOf('always', 'limited', 'unspecified') }
type Filters = Read<typeof filters>

export const paymentMethodEndpoints = [
  endpoint(
    'POST',
    '/v1/payment_methods',
    shape({
      ...methodDataFields,
      card: shape({ number: word, token: word, exp_month: integer, exp_year: integer, cvc: word }),
    }),
    ({ scope, params, caller }) => {
      const { card, ...data } = params
      if (card?.number !== undefined) {
        if (caller.kind !== 'publishable') throw rawCardNumber()
        const { number, exp_month: month = 0, exp_year: year = 0, cvc } = card
        const typed = { number, exp_month: month, exp_year: year, ...(cvc !== undefined && { cvc }) }
        return saveMethod(scope, draftMethod(scope, { ...data, card: typed }))
      }
      if (data.type !== 'card') return saveMethod(scope, draftMethod(scope, data))
      const token = card?.token?.replace(/^tok_/, 'pm_card_')
      const draft = token === undefined ? undefined : draftFromToken(scope, token)
      if (draft === undefined)
        throw malformed('Missing required param: card[token].', 'parameter_missing', 'card[token]')
      return saveMethod(scope, draft)
    },
    { browser: true },
  ),

  endpoint('GET', '/v1/payment_methods', shape({ ...filters, customer: word }), ({ scope, params }) => {
    if (params.customer === undefined) return { object: 'list', data: [], has_more: false, url: '/v1/payment_methods' }
    if (scope.account.customers.get(params.customer) === undefined) {
      throw missingReference('customer', params.customer, 'customer')
    }
    return methodsOf(scope, params.customer, params, '/v1/payment_methods')
  }),

  endpoint('GET', '/v1/payment_methods/:id', nothing, ({ scope, ids }) => methodAt(scope, ids)),

  endpoint(
    'POST',
    '/v1/payment_methods/:id',
    shape({
      allow_redisplay: oneOf('always', 'limited', 'unspecified'),
      billing_details: billingDetails,
      card: shape({ exp_month: integer, exp_year: integer, networks: ignored }),
      metadata,
      us_bank_account: shape({
        account_holder_type: oneOf('company', 'individual'),
        account_type: oneOf('checking', 'savings'),
      }),
    }),
    ({ scope, ids, params }) => {
      const method = methodAt(scope, ids)
      const previous = { ...method }
      const { address, ...billing } = params.billing_details ?? {}
      method.billing_details = {
        ...method.billing_details,
        ...billing,
        ...(address !== undefined && { address: addressOf(address) }),
      }
      method.allow_redisplay = params.allow_redisplay ?? method.allow_redisplay
      if (params.metadata !== undefined) method.metadata = mergeMetadata(method.metadata, params.metadata)
      if (params.us_bank_account !== undefined) Object.assign(method.us_bank_account ?? {}, params.us_bank_account)
      if (method.card !== undefined) {
        method.card.exp_month = params.card?.exp_month ?? method.card.exp_month
        method.card.exp_year = params.card?.exp_year ?? method.card.exp_year
      }
      emit(scope, 'payment_method.updated', method, {
        billing_details: previous.billing_details,
        metadata: previous.metadata,
      })
      return method
    },
  ),

  endpoint('POST', '/v1/payment_methods/:id/attach', shape({ customer: required(word) }), ({ scope, ids, params }) => {
    if (scope.account.customers.get(params.customer) === undefined) {
      throw missingReference('customer', params.customer, 'customer')
    }
    const method = methodAt(scope, ids)
    requireAttachable(scope, method)
    attachMethod(scope, method, params.customer)
    return method
  }),

  endpoint('POST', '/v1/payment_methods/:id/detach', nothing, ({ scope, ids }) => {
    const method = methodAt(scope, ids)
    detachMethod(scope, method)
    return method
  }),

  endpoint('GET', '/v1/customers/:id/payment_methods', shape(filters), (call) => {
    const customer = customerAt(call.scope, call.ids)
    return methodsOf(call.scope, customer.id, call.params, call.path)
  }),

  endpoint('GET', '/v1/customers/:id/payment_methods/:id', nothing, ({ scope, ids }) => {
    const customer = customerAt(scope, ids)
    const method = scope.account.paymentMethods.get(idOf(ids, 1))
    if (method === undefined || method.customer !== customer.id) throw missing('PaymentMethod', idOf(ids, 1))
    return method
  }),
]

/** A method on the path: one of the account, or a ready-made test id, which makes one. */
function methodAt(scope: Scope, ids: readonly string[]): PaymentMethod {
  try {
    return methodNamed(scope, idOf(ids), 'payment_method')
  } catch (thrown) {
    if (thrown instanceof StripeRefusal) throw missing('PaymentMethod', idOf(ids), 'payment_method')
    throw thrown
  }
}

function methodsOf(scope: Scope, customer: string, params: Filters, url: string) {
  const { account } = scope
  const held = [...(account.methodsOfCustomer.get(customer) ?? [])].map((id) => account.paymentMethods.get(id))
  return page(account.paymentMethods, params, {
    url,
    kind: 'PaymentMethod',
    members: held.filter((method) => method !== undefined),
    keep: ({ type, allow_redisplay: redisplay }) =>
      (params.type === undefined || params.type === type) &&
      (params.allow_redisplay === undefined || params.allow_redisplay === redisplay),
  })
}

function requireAttachable(scope: Scope, method: PaymentMethod): void {
  const instrument = instrumentOf(scope, method)
  if (instrument.kind !== 'card' && !instrument.isVerified) {
    const what = instrument.kind === 'acss_debit' ? 'Canadian' : 'US'
    throw invalid(
      `${what} bank accounts must be verified before they can be attached to a customer. Use a SetupIntent to verify and attach it.`,
      'payment_method_unactivated',
      'payment_method',
    )
  }
  if (scope.account.spentMethods.has(method.id) && method.customer === null) {
    throw invalid(
      'This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.',
      'payment_method_unexpected_state',
      'payment_method',
    )
  }
  if (instrument.kind === 'card' && instrument.card.declinesSetup === true && instrument.card.decline !== undefined) {
    throw new StripeRefusal(402, { type: 'card_error', ...declines[instrument.card.decline] })
  }
}

function rawCardNumber(): StripeRefusal {
  return new StripeRefusal(402, {
    type: 'card_error',
    message:
      'Sending credit card numbers directly to the Stripe API is generally unsafe. We suggest you use test tokens that map to the test card you are using, see https://stripe.com/docs/testing. To enable testing raw card data APIs, see https://support.stripe.com/questions/enabling-access-to-raw-card-data-apis.',
  })
}
