import { type Call, endpoint, idOf, nothing } from '../api/call.ts'
import { invalid, malformed, missing } from '../api/errors.ts'
import { flag, ignored, oneOf, shape, unsettable, word } from '../api/params.ts'
import { browserMethodData, mandateData, methodData, shipping } from '../api/shared-params.ts'
import { addressOf } from '../objects/common.ts'
import type { ConfirmationToken } from '../objects/confirmation-token.ts'
import { acceptanceOf } from '../payments/mandates.ts'
import { type Draft, draftFromToken, draftMethod, instrumentOf } from '../payments/payment-methods.ts'
import type { KeptToken } from '../state/account.ts'
import { newId, type Scope } from '../state/state.ts'

const validSeconds = 12 * 3600

const common = {
  payment_method: word,
  payment_method_options: ignored,
  return_url: word,
  setup_future_usage: unsettable(oneOf('off_session', 'on_session')),
  shipping: unsettable(shipping),
}
const fromServer = shape({ ...common, payment_method_data: methodData })
const fromBrowser = shape({
  ...common,
  payment_method_data: browserMethodData,
  mandate_data: mandateData,
  use_stripe_sdk: flag,
  client_attribution_metadata: ignored,
  client_context: ignored,
  /** The sandbox's own: how its stand-in for the bank's dialog ended. */
  _verification: oneOf('instant', 'microdeposits'),
})

export const confirmationTokenEndpoints = [
  endpoint('GET', '/v1/confirmation_tokens/:id', nothing, ({ scope, ids }) => {
    const kept = scope.account.confirmationTokens.get(idOf(ids))
    if (kept === undefined) throw missing('confirmationtoken', idOf(ids), 'confirmation_token')
    return kept.wire
  }),

  endpoint('POST', '/v1/test_helpers/confirmation_tokens', fromServer, ({ scope, params }) => {
    const isBank =
      params.payment_method?.startsWith('pm_usBankAccount') === true ||
      params.payment_method_data?.type === 'us_bank_account'
    const online = { ip_address: '192.0.2.1', user_agent: 'Stripe/test-helpers' }
    return keep(scope, params, { bankVerified: true, acceptance: isBank ? { type: 'online', online } : null })
  }),

  endpoint(
    'POST',
    '/v1/confirmation_tokens',
    fromBrowser,
    (call) => {
      if (call.caller.kind !== 'publishable') throw malformed(`Unrecognized request URL (POST: ${call.path}).`)
      const { mandate_data: mandate, _verification: verification, ...params } = call.params
      return keep(call.scope, params, {
        bankVerified: verification === 'instant',
        acceptance: mandate === undefined ? consentInPage(call) : acceptanceOf(mandate),
      })
    },
    { browser: true },
  ),
]

type Ask = Omit<ReturnType<typeof fromBrowser>, 'mandate_data' | '_verification'>

/** The Payment Element shows the mandate with the form, so a bank account comes with consent. */
function consentInPage({ params }: Call<ReturnType<typeof fromBrowser>>): ReturnType<typeof acceptanceOf> | null {
  if (params.payment_method_data?.type !== 'us_bank_account') return null
  return acceptanceOf({ customer_acceptance: { type: 'online', online: {} } })
}

/** Pre-authorized debit is for intents that exist: there is no other way to its agreement. */
function requireSupported(type: string | undefined): void {
  if (type !== 'acss_debit') return
  throw invalid(
    'ConfirmationTokens do not support payment methods of type `acss_debit`. Confirm a PaymentIntent or SetupIntent with `stripe.confirmAcssDebitPayment` or `stripe.confirmAcssDebitSetup` instead.',
    undefined,
    'payment_method_data[type]',
  )
}

function keep(
  scope: Scope,
  ask: Ask,
  more: { bankVerified: boolean; acceptance: ReturnType<typeof acceptanceOf> | null },
): ConfirmationToken {
  const { state, account } = scope
  requireSupported(ask.payment_method_data?.type)
  const saved = ask.payment_method === undefined ? undefined : account.paymentMethods.get(ask.payment_method)
  const { details, instrument } =
    saved === undefined
      ? draftFor(scope, ask, more.bankVerified)
      : { details: saved, instrument: instrumentOf(scope, saved) }
  requireSupported(details.type)
  const now = state.clock.seconds()
  const wire: ConfirmationToken = {
    id: newId(state, 'ctoken'),
    object: 'confirmation_token',
    created: now,
    expires_at: now + validSeconds,
    livemode: false,
    mandate_data: more.acceptance === null ? null : { customer_acceptance: more.acceptance },
    metadata: {},
    payment_intent: null,
    payment_method_options: null,
    payment_method_preview: {
      allow_redisplay: details.allow_redisplay,
      billing_details: details.billing_details,
      ...(details.card !== undefined && { card: details.card }),
      customer: saved?.customer ?? null,
      customer_account: null,
      type: details.type,
      ...(details.us_bank_account !== undefined && { us_bank_account: details.us_bank_account }),
    },
    return_url: ask.return_url ?? null,
    setup_future_usage: ask.setup_future_usage ?? null,
    setup_intent: null,
    shipping:
      ask.shipping == null
        ? null
        : { address: addressOf(ask.shipping.address), name: ask.shipping.name, phone: ask.shipping.phone ?? null },
    use_stripe_sdk: true,
  }
  const kept: KeptToken = { wire, instrument, savedMethod: saved?.id ?? null }
  account.confirmationTokens.set(wire.id, kept)
  return wire
}

function draftFor(scope: Scope, ask: Ask, bankVerified: boolean): Draft {
  if (ask.payment_method_data !== undefined) return draftMethod(scope, ask.payment_method_data, { bankVerified })
  if (ask.payment_method === undefined) {
    throw malformed('Missing required param: payment_method_data.', 'parameter_missing', 'payment_method_data')
  }
  const draft = draftFromToken(scope, ask.payment_method)
  if (draft === undefined)
    throw invalid(`No such PaymentMethod: '${ask.payment_method}'`, 'resource_missing', 'payment_method')
  return draft
}
