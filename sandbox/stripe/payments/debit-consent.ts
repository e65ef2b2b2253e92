import { invalid } from '../api/errors.ts'
import type { PaymentIntent, SetupIntent } from '../objects/intent.ts'
import type { PaymentMethod } from '../objects/payment-method.ts'
import type { Scope } from '../state/state.ts'
import type { Chosen } from './choose-method.ts'
import { mandateNamed, newMandate, standingMandate } from './mandates.ts'

/** The consent a debit rests on: the one named, one given now, or the one the account carries. */
export function mandateFor(
  scope: Scope,
  intent: PaymentIntent,
  named: string | undefined,
  { method, acceptance, token }: Chosen,
): string {
  requirePayer(method)
  if (method.us_bank_account?.status_details.blocked !== undefined) {
    throw invalid(
      'This bank account has been blocked because an earlier debit was returned. The payer must use another one.',
      'payment_method_bank_account_blocked',
      'payment_method',
    )
  }
  if (named !== undefined) return mandateNamed(scope, named, method).id
  const standing = standingMandate(scope, method)
  if (standing !== undefined) return standing.id
  if (acceptance !== undefined) {
    const isLasting = (token?.wire.setup_future_usage ?? intent.setup_future_usage) === 'off_session'
    const { amount, currency } = intent
    const use = isLasting ? ({ kind: 'multi_use' } as const) : ({ kind: 'single_use', amount, currency } as const)
    return newMandate(scope, method, { acceptance, use, terms: acssTermsOf(intent) }).id
  }
  throw invalid(
    'A mandate is required to debit this bank account. Provide `mandate_data`, or a `mandate` that is active for the PaymentMethod.',
    'payment_intent_mandate_invalid',
    'mandate_data',
  )
}

/** Whom the debit is from: a name, and for a pre-authorized debit an address that its agreement is sent to. */
export function requirePayer({ type, billing_details: billing }: PaymentMethod): void {
  const missing = billing.name === null ? 'name' : type === 'acss_debit' && billing.email === null ? 'email' : undefined
  if (missing === undefined) return
  throw invalid(
    `The payment method type \`${type}\` requires \`billing_details[${missing}]\`.`,
    'parameter_missing',
    `billing_details[${missing}]`,
  )
}

/** What the agreement to a pre-authorized debit says, from the intent it was asked for with. */
export function acssTermsOf({ payment_method_options: { acss_debit: acss } }: PaymentIntent | SetupIntent) {
  if (acss === undefined) return undefined
  const { custom_mandate_url: _, ...terms } = acss.mandate_options
  return terms
}
