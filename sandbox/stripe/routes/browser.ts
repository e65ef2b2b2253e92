import { endpoint, idOf } from '../api/call.ts'
import { invalid, missing } from '../api/errors.ts'
import { oneOf, required, shape, word } from '../api/params.ts'
import { browserMethodData } from '../api/shared-params.ts'
import type { PaymentIntent, SetupIntent } from '../objects/intent.ts'
import { draftMethod, saveMethod } from '../payments/payment-methods.ts'
import type { Scope } from '../state/state.ts'
import { requireSecret, shownTo } from './client-secret.ts'

/**
 * What only Stripe's own script calls. These addresses are undocumented there and the sandbox's own here: they serve
 * the stand-in for that script, and nothing else may count on them.
 */
export const browserEndpoints = [
  endpoint(
    'GET',
    '/v1/elements/sessions',
    shape({ customer_session_client_secret: required(word) }),
    ({ scope, params }) => {
      const { account, state } = scope
      const session = account.customerSessions.get(params.customer_session_client_secret)
      if (session === undefined || session.expires_at <= state.clock.seconds()) {
        throw invalid(
          'The customer session has expired or does not exist.',
          'customer_session_expired',
          'customer_session_client_secret',
        )
      }
      const ids = [...(account.methodsOfCustomer.get(session.customer) ?? [])].reverse()
      const methods = ids.map((id) => account.paymentMethods.get(id))
      return {
        object: 'elements_session',
        business_name: account.wire.business_profile.name,
        customer: {
          customer_session: session,
          payment_methods: methods.filter((method) => method !== undefined),
        },
      }
    },
    { browser: true },
  ),

  ...(['payment_intents', 'setup_intents'] as const).map((kind) =>
    endpoint(
      'GET',
      `/v1/${kind}/:id/acss_agreement`,
      shape({ client_secret: required(word) }),
      ({ scope, caller, ids, params }) => {
        const intent = intentAt(scope, kind, idOf(ids))
        requireSecret(caller, intent, params)
        const acss = intent.payment_method_options.acss_debit
        if (acss === undefined) {
          throw invalid(
            'This intent does not take payment methods of type `acss_debit`.',
            `${intent.object}_unexpected_state`,
          )
        }
        const { payment_schedule, interval_description, transaction_type } = acss.mandate_options
        return {
          object: 'acss_agreement',
          amount: intent.object === 'payment_intent' ? intent.amount : null,
          business_name: scope.account.wire.business_profile.name,
          currency: intent.object === 'payment_intent' ? intent.currency : (acss.currency ?? null),
          ...{ payment_schedule, interval_description, transaction_type },
          verification_method: acss.verification_method,
        }
      },
      { browser: true },
    ),
  ),

  ...(['payment_intents', 'setup_intents'] as const).map((kind) =>
    endpoint(
      'POST',
      `/v1/${kind}/:id/link_account_sessions/attach`,
      shape({
        client_secret: required(word),
        payment_method_data: required(browserMethodData),
        _verification: oneOf('instant', 'microdeposits'),
      }),
      ({ scope, caller, ids, params }) => {
        const intent = intentAt(scope, kind, idOf(ids))
        requireSecret(caller, intent, params)
        if (intent.status !== 'requires_payment_method' && intent.status !== 'requires_confirmation') {
          const message = `You cannot attach a bank account to this intent because it has a status of ${intent.status}.`
          throw invalid(message, `${intent.object}_unexpected_state`)
        }
        const bankVerified = params._verification === 'instant'
        const method = saveMethod(scope, draftMethod(scope, params.payment_method_data, { bankVerified }))
        intent.payment_method = method.id
        intent.status = 'requires_confirmation'
        return shownTo(caller, intent)
      },
      { browser: true },
    ),
  ),
]

function intentAt(
  { account }: Scope,
  kind: 'payment_intents' | 'setup_intents',
  id: string,
): PaymentIntent | SetupIntent {
  const intent = kind === 'payment_intents' ? account.paymentIntents.get(id) : account.setupIntents.get(id)
  if (intent === undefined) throw missing(kind === 'payment_intents' ? 'payment_intent' : 'setupintent', id, 'intent')
  return intent
}
