import { invalid, malformed, missingReference } from '../api/errors.ts'
import type { MandateData, MethodData } from '../api/shared-params.ts'
import type { PaymentIntent, SetupIntent } from '../objects/intent.ts'
import type { CustomerAcceptance, PaymentMethod } from '../objects/payment-method.ts'
import type { Instrument, KeptToken } from '../state/account.ts'
import type { Scope } from '../state/state.ts'
import { acceptanceOf } from './mandates.ts'
import { draftMethod, instrumentOf, methodNamed, requireUnspent, saveMethod } from './payment-methods.ts'

/** The ways in which a request can say what to pay or save with. */
export type MethodAsk = {
  confirmation_token?: string
  payment_method?: string
  payment_method_data?: MethodData
  mandate_data?: MandateData | null
  return_url?: string
  use_stripe_sdk?: boolean
}

export type Chosen = {
  method: PaymentMethod
  instrument: Instrument
  token: KeptToken | undefined
  acceptance: CustomerAcceptance | undefined
  returnUrl: string | null
  /** Whether the browser library will show the next step, instead of a redirect. */
  inBrowser: boolean
}

/** Finds or makes the payment method an intent is to be confirmed with, and checks that it may be used for it. */
export function chooseMethod(scope: Scope, intent: PaymentIntent | SetupIntent, ask: MethodAsk): Chosen {
  const token = ask.confirmation_token === undefined ? undefined : freshToken(scope, ask.confirmation_token)
  const method = methodFor(scope, intent, ask, token)
  requireAllowed(intent, method)
  requireOwner(intent, method)
  requireUnspent(scope, method)
  const returnUrl = ask.return_url ?? token?.wire.return_url ?? null
  return {
    method,
    instrument: instrumentOf(scope, method),
    token,
    acceptance:
      ask.mandate_data == null ? token?.wire.mandate_data?.customer_acceptance : acceptanceOf(ask.mandate_data),
    returnUrl,
    inBrowser: ask.use_stripe_sdk === true || token !== undefined || returnUrl === null,
  }
}

/** Marks the token as used by this intent; a second use is refused. */
export function spendToken(token: KeptToken | undefined, intent: PaymentIntent | SetupIntent): void {
  if (token === undefined) return
  if (intent.object === 'payment_intent') token.wire.payment_intent = intent.id
  else token.wire.setup_intent = intent.id
}

function methodFor(
  scope: Scope,
  intent: PaymentIntent | SetupIntent,
  ask: MethodAsk,
  token: KeptToken | undefined,
): PaymentMethod {
  if (token !== undefined) {
    if (ask.payment_method !== undefined || ask.payment_method_data !== undefined) {
      throw malformed(
        'You cannot provide `confirmation_token` together with `payment_method` or `payment_method_data`.',
        'parameters_exclusive',
        'confirmation_token',
      )
    }
    if (token.savedMethod !== null) return methodNamed(scope, token.savedMethod, 'confirmation_token')
    const { customer: _, customer_account: __, ...details } = token.wire.payment_method_preview
    return saveMethod(scope, { details: { ...details, metadata: {} }, instrument: token.instrument })
  }
  if (ask.payment_method !== undefined) return methodNamed(scope, ask.payment_method, 'payment_method')
  if (ask.payment_method_data !== undefined) return saveMethod(scope, draftMethod(scope, ask.payment_method_data))
  if (intent.payment_method !== null) return methodNamed(scope, intent.payment_method, 'payment_method')
  const name = intent.object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent'
  throw invalid(
    `You cannot confirm this ${name} because it's missing a payment method. You can either update the ${name} with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.`,
    `${intent.object}_unexpected_state`,
  )
}

function freshToken({ state, account }: Scope, id: string): KeptToken {
  const token = account.confirmationTokens.get(id)
  if (token === undefined) throw missingReference('confirmationtoken', id, 'confirmation_token')
  if (token.wire.payment_intent !== null || token.wire.setup_intent !== null) {
    throw invalid(
      `The ConfirmationToken '${id}' was already used and cannot be used again. Create a new one.`,
      'token_already_used',
      'confirmation_token',
    )
  }
  if (token.wire.expires_at <= state.clock.seconds()) {
    throw invalid(
      `The ConfirmationToken '${id}' has expired. Create a new one.`,
      'token_already_used',
      'confirmation_token',
    )
  }
  return token
}

function requireAllowed(intent: PaymentIntent | SetupIntent, method: PaymentMethod): void {
  if (intent.payment_method_types.includes(method.type)) return
  throw invalid(
    `The PaymentMethod provided (${method.type}) is not allowed for this ${intent.object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent'}. Please attach a PaymentMethod of one of the following types: ${intent.payment_method_types.join(', ')}.`,
    'payment_intent_incompatible_payment_method',
    'payment_method',
  )
}

function requireOwner(intent: PaymentIntent | SetupIntent, method: PaymentMethod): void {
  if (method.customer === null || method.customer === intent.customer) return
  if (intent.customer === null) {
    throw invalid(
      `The PaymentMethod ${method.id} belongs to the Customer ${method.customer}. Please include the Customer in the \`customer\` parameter.`,
      undefined,
      'payment_method',
    )
  }
  throw missingReference('PaymentMethod', method.id, 'payment_method')
}
