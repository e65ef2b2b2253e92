import { type Call, endpoint, idOf } from '../api/call.ts'
import { invalid, missing } from '../api/errors.ts'
import { oneOf, required, shape, word } from '../api/params.ts'
import { browserMethodData } from '../api/shared-params.ts'
import type { PaymentIntent, SetupIntent } from '../objects/intent.ts'
import { draftMethod, saveMethod } from '../payments/payment-methods.ts'
import { requireSecret, shownTo } from '../routes/client-secret.ts'

/**
 * What `collectBankAccountForPayment` and `…ForSetup` end with: the account linked in the dialog becomes the intent's
 * payment method, to be confirmed next. The vendor's library does this over a session of its own, which is not public.
 */
const params = shape({
  client_secret: required(word),
  payment_method_data: required(browserMethodData),
  _verification: oneOf('instant', 'microdeposits'),
})
type Ask = ReturnType<typeof params>

export const linkAccountEndpoints = [
  endpoint(
    'POST',
    '/v1/payment_intents/:id/link_account_sessions/:id',
    params,
    (call) => attach(call, call.scope.account.paymentIntents.get(idOf(call.ids))),
    { browser: true },
  ),
  endpoint(
    'POST',
    '/v1/setup_intents/:id/link_account_sessions/:id',
    params,
    (call) => attach(call, call.scope.account.setupIntents.get(idOf(call.ids))),
    { browser: true },
  ),
]

function attach({ scope, caller, ids, params }: Call<Ask>, intent: PaymentIntent | SetupIntent | undefined): object {
  if (intent === undefined) throw missing('intent', idOf(ids), 'intent')
  requireSecret(caller, intent, params)
  if (intent.status !== 'requires_payment_method' && intent.status !== 'requires_confirmation') {
    const message = `You cannot attach a bank account to this intent because it has a status of ${intent.status}.`
    throw invalid(message, `${intent.object}_unexpected_state`)
  }
  const draft = draftMethod(scope, params.payment_method_data, { bankVerified: params._verification === 'instant' })
  intent.payment_method = saveMethod(scope, draft).id
  intent.status = 'requires_confirmation'
  return shownTo(caller, intent)
}
