import { invalid, StripeRefusal } from '../api/errors.ts'
import { emit } from '../events/emit.ts'
import type { PaymentIntent } from '../objects/intent.ts'
import type { PaymentMethod } from '../objects/payment-method.ts'
import type { BankInstrument, Instrument } from '../state/account.ts'
import type { Scope } from '../state/state.ts'
import { type Decline, declines } from '../testdata/declines.ts'
import { startDebit } from './bank-debits.ts'
import { chargeCard, failIntent } from './charges.ts'
import { type Chosen, chooseMethod, type MethodAsk, spendToken } from './choose-method.ts'
import { mandateFor } from './debit-consent.ts'
import { type MicrodepositAsk, verifyDeposits } from './microdeposits.ts'
import { challengeAction, microdepositAction } from './next-action.ts'
import { attachMethod } from './payment-methods.ts'

type PaymentAsk = MethodAsk & {
  mandate?: string
  off_session?: boolean | 'one_off' | 'recurring'
  error_on_requires_action?: boolean
}

type CardInstrument = Extract<Instrument, { kind: 'card' }>

/** Tries to move the money. Throws the refusal the payer is to see; the intent has by then recorded it. */
export function confirmPayment(scope: Scope, intent: PaymentIntent, ask: PaymentAsk): void {
  requireConfirmable(intent)
  const chosen = chooseMethod(scope, intent, ask)
  const offSession = ask.off_session !== undefined && ask.off_session !== false
  requireReturnUrl(intent, chosen, offSession)
  const { method, instrument, token } = chosen
  const mandate = method.type === 'card' ? '' : mandateFor(scope, intent, ask.mandate, chosen)
  spendToken(token, intent)
  intent.payment_method = method.id
  intent.setup_future_usage = token?.wire.setup_future_usage ?? intent.setup_future_usage
  intent.shipping = token?.wire.shipping ?? intent.shipping
  const refusal =
    instrument.kind === 'card'
      ? confirmCard(scope, intent, chosen, instrument, { offSession, noAction: ask.error_on_requires_action === true })
      : confirmBank(scope, intent, method, instrument, mandate)
  if (refusal !== undefined) throw refusal
}

/** The payer passed or failed the issuer's challenge. */
export function answerChallenge(scope: Scope, intent: PaymentIntent, isApproved: boolean): void {
  const method = intent.payment_method === null ? undefined : scope.account.paymentMethods.get(intent.payment_method)
  const instrument = method === undefined ? undefined : scope.account.instruments.get(method.id)
  if (method === undefined || instrument?.kind !== 'card') return
  if (isApproved) {
    payByCard(scope, intent, method, instrument, { authenticated: true })
    return
  }
  failIntent(scope, intent, method, {
    type: 'invalid_request_error',
    code: 'payment_intent_authentication_failure',
    message:
      'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
  })
}

/** Takes what the payer read on the bank statement; when it is right, the debit starts. */
export function verifyPayment(scope: Scope, intent: PaymentIntent, ask: MicrodepositAsk): void {
  const verification = verifyDeposits(scope, intent, ask)
  const method = scope.account.paymentMethods.get(intent.payment_method ?? '')
  const instrument = scope.account.instruments.get(intent.payment_method ?? '')
  const mandate = scope.account.pendingMandates.get(intent.id)
  if (method === undefined || instrument === undefined || instrument.kind === 'card') return
  if (mandate === undefined) return
  if (verification !== 'verified') throw new StripeRefusal(400, failIntent(scope, intent, method, verification).body)
  instrument.isVerified = true
  debit(scope, intent, method, instrument, mandate)
}

function confirmCard(
  scope: Scope,
  intent: PaymentIntent,
  { method, returnUrl, inBrowser }: Chosen,
  instrument: CardInstrument,
  how: { offSession: boolean; noAction: boolean },
): StripeRefusal | undefined {
  if (intent.statement_descriptor !== null) {
    throw invalid(
      'The `statement_descriptor` parameter is not supported for card payments. Use `statement_descriptor_suffix` instead.',
      'payment_intent_invalid_parameter',
      'statement_descriptor',
    )
  }
  const asked = intent.payment_method_options.card?.request_three_d_secure ?? 'automatic'
  if (!needsChallenge(instrument, how.offSession, asked !== 'automatic')) {
    return payByCard(scope, intent, method, instrument, { authenticated: false })
  }
  if (how.offSession) {
    return payByCard(scope, intent, method, instrument, {
      authenticated: false,
      refused: declines.authenticationRequired,
    })
  }
  if (how.noAction) {
    return failIntent(scope, intent, method, {
      type: 'card_error',
      code: 'authentication_required',
      message: 'This payment required an authentication action to complete, but `error_on_requires_action` was set.',
    })
  }
  intent.status = 'requires_action'
  intent.last_payment_error = null
  intent.next_action = challengeAction(scope, intent, inBrowser ? null : returnUrl)
  emit(scope, 'payment_intent.requires_action', intent)
  return undefined
}

function payByCard(
  scope: Scope,
  intent: PaymentIntent,
  method: PaymentMethod,
  instrument: CardInstrument,
  how: { authenticated: boolean; refused?: Decline },
): StripeRefusal | undefined {
  scope.account.spentMethods.add(method.id)
  const decline = chargeCard(scope, intent, method, instrument.card, how)
  if (decline !== undefined) {
    const charge = intent.latest_charge
    return failIntent(scope, intent, method, { type: 'card_error', ...decline, ...(charge !== null && { charge }) })
  }
  if (intent.setup_future_usage === 'off_session') instrument.isSetUp = true
  keepForLater(scope, intent, method)
  return undefined
}

function confirmBank(
  scope: Scope,
  intent: PaymentIntent,
  method: PaymentMethod,
  instrument: BankInstrument,
  mandate: string,
): StripeRefusal | undefined {
  const { verification_method: how } = intent.payment_method_options[instrument.kind] ?? {}
  if (instrument.isVerified) {
    debit(scope, intent, method, instrument, mandate)
    return undefined
  }
  if (how === 'instant') {
    return failIntent(scope, intent, method, {
      type: 'invalid_request_error',
      code: 'bank_account_unverified',
      message: 'The bank account must be verified instantly, because `verification_method` is `instant`.',
    })
  }
  scope.account.pendingMandates.set(intent.id, mandate)
  intent.status = 'requires_action'
  intent.last_payment_error = null
  intent.next_action = microdepositAction(scope, intent, instrument)
  emit(scope, 'payment_intent.requires_action', intent)
  return undefined
}

function debit(
  scope: Scope,
  intent: PaymentIntent,
  method: PaymentMethod,
  instrument: BankInstrument,
  mandate: string,
) {
  scope.account.spentMethods.add(method.id)
  keepForLater(scope, intent, method)
  startDebit(scope, intent, method, instrument, mandate)
}

function needsChallenge({ card, isSetUp }: CardInstrument, offSession: boolean, isAsked: boolean): boolean {
  switch (card.challenge) {
    case 'always':
      return true
    case 'until-set-up':
      return !isSetUp
    case 'on-session':
      return !offSession
    default:
      return isAsked && !offSession
  }
}

function keepForLater(scope: Scope, intent: PaymentIntent, method: PaymentMethod): void {
  if (intent.setup_future_usage === null || intent.customer === null) return
  if (method.customer === null) attachMethod(scope, method, intent.customer)
}

function requireConfirmable(intent: PaymentIntent): void {
  switch (intent.status) {
    case 'requires_payment_method':
    case 'requires_confirmation':
    case 'requires_action':
      return
    case 'succeeded':
      throw unexpectedState('it has already succeeded after being previously confirmed.', intent)
    case 'processing':
    case 'canceled':
      throw unexpectedState(`it has a status of ${intent.status}.`, intent)
  }
}

function unexpectedState(why: string, intent: PaymentIntent): StripeRefusal {
  const refusal = invalid(`You cannot confirm this PaymentIntent because ${why}`, 'payment_intent_unexpected_state')
  refusal.body.payment_intent = structuredClone(intent)
  return refusal
}

/** Methods that the account switched on may redirect; Stripe wants to know where to before it is too late. */
function requireReturnUrl(intent: PaymentIntent, { returnUrl }: Chosen, offSession: boolean): void {
  const automatic = intent.automatic_payment_methods
  if (automatic?.enabled !== true || automatic.allow_redirects === 'never' || returnUrl !== null || offSession) return
  throw invalid(
    "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
  )
}
