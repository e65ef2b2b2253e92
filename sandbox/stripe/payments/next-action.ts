import { addBankingDays, instantOf } from '../../bank/calendar.ts'
import type { NextAction, PaymentIntent, SetupIntent } from '../objects/intent.ts'
import type { BankInstrument } from '../state/account.ts'
import { newId, type Scope, today } from '../state/state.ts'
import { railOf } from './rails.ts'

/** Sends the payer to the issuer's challenge: in the page, or by redirect when `returnUrl` says where it goes on. */
export function challengeAction(
  scope: Scope,
  intent: PaymentIntent | SetupIntent,
  returnUrl: string | null,
): NextAction {
  const { state, account } = scope
  const query = new URLSearchParams({ account: account.id, client_secret: intent.client_secret })
  if (returnUrl !== null) query.set('return_url', returnUrl)
  const url = `${state.url}/3ds/${intent.id}?${query}`
  if (returnUrl !== null) return { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url } }
  return {
    type: 'use_stripe_sdk',
    use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url, source: newId(state, 'payatt') },
  }
}

/** Two small deposits, or one with a code in its text, prove that the payer can see the account. */
export function microdepositAction(
  { state }: Scope,
  intent: PaymentIntent | SetupIntent,
  { kind }: BankInstrument,
): NextAction {
  const { country, times } = railOf(state, kind)
  return {
    type: 'verify_with_microdeposits',
    verify_with_microdeposits: {
      arrival_date: instantOf(addBankingDays(today(state), 1, country)).getTime() / 1000,
      hosted_verification_url: `${state.url}/elements/microdeposits/${intent.client_secret}`,
      microdeposit_type: times.microdeposits,
    },
  }
}
