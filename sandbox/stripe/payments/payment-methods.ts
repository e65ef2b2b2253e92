import { invalid, malformed, missingReference, StripeRefusal } from '../api/errors.ts'
import type { MethodData } from '../api/shared-params.ts'
import { emit } from '../events/emit.ts'
import { addressOf, type BillingDetails } from '../objects/common.ts'
import type { Card, PaymentMethod } from '../objects/payment-method.ts'
import type { Instrument } from '../state/account.ts'
import { newId, type Scope } from '../state/state.ts'
import { testBankAccountByToken } from '../testdata/bank-accounts.ts'
import { brandOf, passesLuhn, type TestCard, testCard, testCardByToken } from '../testdata/cards.ts'
import { declines } from '../testdata/declines.ts'
import { testPadAccountByToken } from '../testdata/pad-accounts.ts'
import { draftBank, tokenBank } from './draft-bank.ts'
import { draftPad, tokenPad } from './draft-pad.ts'
import { fingerprintOf } from './fingerprint.ts'

/** A payment method that nothing holds yet, and what stands behind it. */
export type Draft = {
  details: Pick<
    PaymentMethod,
    'type' | 'billing_details' | 'acss_debit' | 'card' | 'us_bank_account' | 'allow_redisplay' | 'metadata'
  >
  instrument: Instrument
}

/** Reads what a payer typed; refuses what Stripe refuses before it asks any bank. */
export function draftMethod(scope: Scope, data: MethodData, options: { bankVerified?: boolean } = {}): Draft {
  const details = {
    type: data.type,
    billing_details: billingOf(data.billing_details),
    allow_redisplay: data.allow_redisplay ?? ('unspecified' as const),
    metadata: data.metadata ?? {},
  }
  if (data.type === 'card') {
    const { card, instrument } = draftCard(scope, data)
    return { details: { ...details, card }, instrument }
  }
  const isVerified = options.bankVerified ?? false
  if (data.type === 'acss_debit') {
    const { bank, instrument } = draftPad(data, isVerified)
    return { details: { ...details, acss_debit: bank }, instrument }
  }
  const { bank, instrument } = draftBank(scope, data, isVerified)
  return { details: { ...details, us_bank_account: bank }, instrument }
}

/** The ready-made test methods, such as `pm_card_visa`; each use makes a new one. */
export function draftFromToken(scope: Scope, token: string): Draft | undefined {
  const year = scope.state.clock.now().getUTCFullYear()
  const card = testCardByToken(token)
  if (card !== undefined) {
    const details = { type: 'card' as const, card: cardOf(card, { month: 12, year: year + 3, cvc: 'pass' }) }
    return { details: { ...plain, ...details }, instrument: { kind: 'card', card, isSetUp: false } }
  }
  const payer = { ...billingOf(), name: 'Jenny Rosen', email: 'jenny.rosen@example.com' }
  const pad = testPadAccountByToken(token)
  if (pad !== undefined) {
    const details = { ...plain, billing_details: payer, type: 'acss_debit' as const, acss_debit: tokenPad(pad) }
    return { details, instrument: { kind: 'acss_debit', account: pad, isVerified: true, wrongTries: 0 } }
  }
  const account = testBankAccountByToken(token)
  if (account === undefined) return undefined
  return {
    details: {
      ...plain,
      billing_details: payer,
      type: 'us_bank_account',
      us_bank_account: tokenBank(account),
    },
    instrument: { kind: 'us_bank_account', account, isVerified: !account.failsMicrodeposits, wrongTries: 0 },
  }
}

export function saveMethod(scope: Scope, draft: Draft): PaymentMethod {
  const { state, account } = scope
  const method: PaymentMethod = {
    id: newId(state, 'pm'),
    object: 'payment_method',
    ...draft.details,
    created: state.clock.seconds(),
    customer: null,
    customer_account: null,
    livemode: false,
  }
  account.instruments.set(method.id, draft.instrument)
  return account.paymentMethods.add(method)
}

/** The method a parameter names; a ready-made test id makes one. */
export function methodNamed(scope: Scope, id: string, param: string): PaymentMethod {
  const known = scope.account.paymentMethods.get(id)
  if (known !== undefined) return known
  const draft = draftFromToken(scope, id)
  if (draft === undefined) throw missingReference('PaymentMethod', id, param)
  return saveMethod(scope, draft)
}

export function instrumentOf(scope: Scope, method: PaymentMethod): Instrument {
  const instrument = scope.account.instruments.get(method.id)
  if (instrument === undefined) throw new Error(`nothing stands behind ${method.id}`)
  return instrument
}

export function attachMethod(scope: Scope, method: PaymentMethod, customer: string): void {
  const { account } = scope
  if (method.customer === customer) return
  if (method.customer !== null) {
    throw invalid(
      'The payment method you provided has already been attached to a customer.',
      'payment_method_unexpected_state',
    )
  }
  method.customer = customer
  const methods = account.methodsOfCustomer.get(customer)
  if (methods === undefined) account.methodsOfCustomer.set(customer, new Set([method.id]))
  else methods.add(method.id)
  emit(scope, 'payment_method.attached', method)
}

export function detachMethod(scope: Scope, method: PaymentMethod): void {
  const { account } = scope
  const { customer } = method
  if (customer === null) {
    throw invalid(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
      'payment_method_unexpected_state',
    )
  }
  method.customer = null
  account.methodsOfCustomer.get(customer)?.delete(method.id)
  account.spentMethods.add(method.id)
  emit(scope, 'payment_method.detached', method, { customer })
}

/** Refuses a method that was used or detached: Stripe takes it a second time only from its customer. */
export function requireUnspent(scope: Scope, method: PaymentMethod): void {
  if (method.customer !== null || !scope.account.spentMethods.has(method.id)) return
  throw invalid(
    'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.',
    'payment_method_unexpected_state',
    'payment_method',
  )
}

function billingOf(asked: MethodData['billing_details'] = {}): BillingDetails {
  const { address, ...others } = asked
  return { email: null, name: null, phone: null, tax_id: null, ...others, address: addressOf(address ?? {}) }
}

const plain = { billing_details: billingOf(), allow_redisplay: 'unspecified' as const, metadata: {} }

function draftCard(scope: Scope, data: MethodData): { card: Card; instrument: Instrument } {
  if (data.card === undefined) throw malformed('Missing required param: card.', 'parameter_missing', 'card')
  const number = data.card.number.replaceAll(/[ -]/g, '')
  const { exp_month: month, exp_year: year, cvc } = data.card
  const fullYear = year < 100 ? 2000 + year : year
  const now = scope.state.clock.now()
  const typo = (message: string, code: string, param: string) =>
    new StripeRefusal(402, { type: 'card_error', message, code, param })
  if (!passesLuhn(number)) throw typo('Your card number is incorrect.', 'incorrect_number', 'number')
  if (month < 1 || month > 12)
    throw typo("Your card's expiration month is invalid.", 'invalid_expiry_month', 'exp_month')
  const isPast = fullYear * 12 + month < now.getUTCFullYear() * 12 + now.getUTCMonth() + 1
  if (isPast || fullYear > now.getUTCFullYear() + 50) {
    throw typo("Your card's expiration year is invalid.", 'invalid_expiry_year', 'exp_year')
  }
  const cvcLength = brandOf(number) === 'amex' ? 4 : 3
  if (cvc !== undefined && (!/^\d+$/.test(cvc) || cvc.length !== cvcLength)) {
    throw typo("Your card's security code is invalid.", 'invalid_cvc', 'cvc')
  }
  const card = testCard(number)
  if (card === undefined) throw new StripeRefusal(402, { type: 'card_error', ...declines.liveCard })
  return {
    card: cardOf(card, {
      month,
      year: fullYear,
      cvc: cvc === undefined ? null : card.decline === 'incorrectCvc' ? 'fail' : 'pass',
      postal: data.billing_details?.address?.postal_code == null ? null : 'pass',
    }),
    instrument: { kind: 'card', card, isSetUp: false },
  }
}

function cardOf(
  card: TestCard,
  typed: { month: number; year: number; cvc: string | null; postal?: string | null },
): Card {
  return {
    brand: card.brand,
    checks: { address_line1_check: null, address_postal_code_check: typed.postal ?? null, cvc_check: typed.cvc },
    country: card.country,
    display_brand: card.brand === 'amex' ? 'american_express' : card.brand,
    exp_month: typed.month,
    exp_year: typed.year,
    fingerprint: fingerprintOf(card.number),
    funding: card.funding,
    generated_from: null,
    last4: card.number.slice(-4),
    networks: { available: [card.brand], preferred: null },
    regulated_status: card.funding === 'debit' ? 'regulated' : 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  }
}
