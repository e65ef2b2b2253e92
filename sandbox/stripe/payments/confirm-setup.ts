import { type ErrorBody, invalid, StripeRefusal } from '../api/errors.ts'
import { emit } from '../events/emit.ts'
import type { SetupAttempt, SetupIntent } from '../objects/intent.ts'
import type { PaymentMethod } from '../objects/payment-method.ts'
import type { Instrument } from '../state/account.ts'
import { newId, type Scope } from '../state/state.ts'
import { declines } from '../testdata/declines.ts'
import { chooseMethod, type MethodAsk, spendToken } from './choose-method.ts'
import { acssTermsOf, requirePayer } from './debit-consent.ts'
import { newMandate, setMandateStatus } from './mandates.ts'
import { type MicrodepositAsk, verifyDeposits } from './microdeposits.ts'
import { challengeAction, microdepositAction } from './next-action.ts'
import { attachMethod } from './payment-methods.ts'

/** Makes a payment method ready for later use. Throws the refusal the payer is to see, after recording it. */
export function confirmSetup(scope: Scope, intent: SetupIntent, ask: MethodAsk): void {
  requireConfirmable(intent)
  const { method, instrument, token, acceptance, returnUrl, inBrowser } = chooseMethod(scope, intent, ask)
  if (instrument.kind !== 'card') {
    requirePayer(method)
    if (acceptance === undefined) {
      throw invalid(
        'A mandate is required to save this bank account. Provide `mandate_data`.',
        'setup_intent_mandate_invalid',
        'mandate_data',
      )
    }
    const consent = { acceptance, use: { kind: 'multi_use' } as const, terms: acssTermsOf(intent) }
    intent.mandate = newMandate(scope, method, consent, 'pending').id
  }
  spendToken(token, intent)
  intent.payment_method = method.id
  intent.last_setup_error = null
  if (instrument.kind !== 'card') {
    const how = intent.payment_method_options[instrument.kind]?.verification_method
    if (instrument.isVerified) completeSetup(scope, intent, method, instrument)
    else if (how === 'instant') throw failSetup(scope, intent, method, 400, unverified)
    else requireAction(scope, intent, method, () => microdepositAction(scope, intent, instrument))
    return
  }
  const { card } = instrument
  if (card.declinesSetup === true && card.decline !== undefined) {
    throw failSetup(scope, intent, method, 402, { type: 'card_error', ...declines[card.decline] })
  }
  if (card.challenge === 'until-set-up' || card.challenge === 'always') {
    requireAction(scope, intent, method, () => challengeAction(scope, intent, inBrowser ? null : returnUrl))
  } else {
    completeSetup(scope, intent, method, instrument)
  }
}

const unverified: ErrorBody = {
  type: 'invalid_request_error',
  code: 'bank_account_unverified',
  message: 'The bank account must be verified instantly, because `verification_method` is `instant`.',
}

/** The payer passed or failed the issuer's challenge. */
export function answerSetupChallenge(scope: Scope, intent: SetupIntent, isApproved: boolean): void {
  const { method, instrument } = chosenBefore(scope, intent)
  if (isApproved) {
    completeSetup(scope, intent, method, instrument)
    return
  }
  failSetup(scope, intent, method, 400, {
    type: 'invalid_request_error',
    code: 'setup_intent_authentication_failure',
    message:
      'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
  })
}

/** Takes what the payer read on the bank statement; when it is right, the account is ready for later use. */
export function verifySetup(scope: Scope, intent: SetupIntent, ask: MicrodepositAsk): void {
  const verification = verifyDeposits(scope, intent, ask)
  const { method, instrument } = chosenBefore(scope, intent)
  if (verification !== 'verified') throw failSetup(scope, intent, method, 400, verification)
  completeSetup(scope, intent, method, instrument)
}

function completeSetup(scope: Scope, intent: SetupIntent, method: PaymentMethod, instrument: Instrument): void {
  if (instrument.kind === 'card') instrument.isSetUp = true
  else instrument.isVerified = true
  if (intent.mandate !== null) setMandateStatus(scope, intent.mandate, 'active')
  if (intent.customer !== null) attachMethod(scope, method, intent.customer)
  intent.status = 'succeeded'
  intent.next_action = null
  recordAttempt(scope, intent, method, 'succeeded', null)
  emit(scope, 'setup_intent.succeeded', intent)
}

function requireAction(
  scope: Scope,
  intent: SetupIntent,
  method: PaymentMethod,
  action: () => SetupIntent['next_action'],
): void {
  intent.status = 'requires_action'
  intent.next_action = action()
  recordAttempt(scope, intent, method, 'requires_action', null)
  emit(scope, 'setup_intent.requires_action', intent)
}

function failSetup(
  scope: Scope,
  intent: SetupIntent,
  method: PaymentMethod,
  status: number,
  error: ErrorBody,
): StripeRefusal {
  const { body } = new StripeRefusal(status, { ...error, payment_method: structuredClone(method) })
  if (intent.mandate !== null) setMandateStatus(scope, intent.mandate, 'inactive')
  intent.status = 'requires_payment_method'
  intent.next_action = null
  intent.payment_method = null
  intent.mandate = null
  intent.last_setup_error = body
  recordAttempt(scope, intent, method, 'failed', body)
  emit(scope, 'setup_intent.setup_failed', intent)
  return new StripeRefusal(status, { ...body, setup_intent: structuredClone(intent) })
}

function recordAttempt(
  { state, account }: Scope,
  intent: SetupIntent,
  method: PaymentMethod,
  status: SetupAttempt['status'],
  error: ErrorBody | null,
): void {
  const { card } = method
  const attempt: SetupAttempt = {
    id: newId(state, 'setatt'),
    object: 'setup_attempt',
    application: intent.application,
    created: state.clock.seconds(),
    customer: intent.customer,
    customer_account: null,
    flow_directions: null,
    livemode: false,
    on_behalf_of: null,
    payment_method: method.id,
    payment_method_details:
      card === undefined
        ? { type: method.type, [method.type]: {} }
        : {
            type: method.type,
            card: {
              brand: card.brand,
              checks: card.checks,
              country: card.country,
              exp_month: card.exp_month,
              exp_year: card.exp_year,
              fingerprint: card.fingerprint,
              funding: card.funding,
              last4: card.last4,
              network: card.brand,
              three_d_secure: null,
              wallet: null,
            },
          },
    setup_error: error,
    setup_intent: intent.id,
    status,
    usage: intent.usage,
  }
  account.setupAttempts.add(attempt)
  intent.latest_attempt = attempt.id
}

function chosenBefore({ account }: Scope, intent: SetupIntent): { method: PaymentMethod; instrument: Instrument } {
  const method = intent.payment_method === null ? undefined : account.paymentMethods.get(intent.payment_method)
  const instrument = method === undefined ? undefined : account.instruments.get(method.id)
  if (method === undefined || instrument === undefined) throw new Error(`${intent.id} has no payment method`)
  return { method, instrument }
}

function requireConfirmable(intent: SetupIntent): void {
  if (intent.status !== 'succeeded' && intent.status !== 'canceled' && intent.status !== 'processing') return
  const refusal = invalid(
    `You cannot confirm this SetupIntent because it has a status of ${intent.status}.`,
    'setup_intent_unexpected_state',
  )
  refusal.body.setup_intent = structuredClone(intent)
  throw refusal
}
