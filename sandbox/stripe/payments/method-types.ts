import { malformed, type StripeRefusal } from '../api/errors.ts'
import type { FormValue } from '../api/form.ts'
import type { MethodOptionsAsked } from '../api/shared-params.ts'
import type { MethodType } from '../objects/common.ts'
import type { AutomaticMethods, MethodOptions } from '../objects/intent.ts'
import type { Account } from '../state/account.ts'

export type TypesAsk = {
  allowed_payment_method_types?: string[]
  excluded_payment_method_types?: string[]
  automatic_payment_methods?: { enabled: boolean; allow_redirects?: 'always' | 'never' }
  payment_method_configuration?: string
}

const exclusive = [
  'allowed_payment_method_types',
  'excluded_payment_method_types',
  'automatic_payment_methods',
  'payment_method_configuration',
] as const

const capabilityOf: Record<MethodType, string> = {
  acss_debit: 'acss_debit_payments',
  card: 'card_payments',
  us_bank_account: 'us_bank_account_ach_payments',
}

/** Refuses two ways of choosing methods at once. */
export function requireOneWay(ask: TypesAsk): void {
  const named = exclusive.filter((name) => ask[name] !== undefined)
  if (named.length < 2) return
  throw malformed(
    `You may only specify one of these parameters: ${named.join(', ')}.`,
    'parameters_exclusive',
    named[1],
  )
}

/** The types left after the account's capabilities, the currency and the request; misfits drop out silently. */
export function usableTypes(account: Account, currency: string | null, ask: TypesAsk): MethodType[] {
  // In an account's settings pre-authorized debit is switched off until somebody turns it on: it takes being asked for.
  const isAcssNamed = ask.allowed_payment_method_types?.includes('acss_debit') === true
  const possible: MethodType[] = [
    'card',
    ...(currency === null || currency === 'usd' ? (['us_bank_account'] as const) : []),
    ...(isAcssNamed ? (['acss_debit'] as const) : []),
  ]
  const active = possible.filter((type) => account.wire.capabilities[capabilityOf[type]] === 'active')
  const { allowed_payment_method_types: allowed, excluded_payment_method_types: excluded } = ask
  return active.filter((type) => (allowed?.includes(type) ?? true) && excluded?.includes(type) !== true)
}

/** Without any choice the account's own settings decide, which is what "automatic" means. */
export function automaticOf(ask: TypesAsk): AutomaticMethods | null {
  const asked = ask.automatic_payment_methods
  if (asked !== undefined) {
    return asked.enabled ? { allow_redirects: asked.allow_redirects ?? 'always', enabled: true } : null
  }
  return ask.allowed_payment_method_types === undefined ? { allow_redirects: 'always', enabled: true } : null
}

export function optionsOf(types: readonly MethodType[], ask: MethodOptionsAsked = {}): MethodOptions {
  const options: MethodOptions = {}
  if (types.includes('acss_debit')) options.acss_debit = acssOptionsOf(ask.acss_debit ?? {})
  if (types.includes('card')) {
    const card = ask.card ?? {}
    options.card = {
      installments: null,
      mandate_options: null,
      network: null,
      request_three_d_secure: card.request_three_d_secure ?? 'automatic',
      ...(card.setup_credential_usage !== undefined && { setup_credential_usage: card.setup_credential_usage }),
      ...(card.stored_credential_usage !== undefined && { stored_credential_usage: card.stored_credential_usage }),
    }
  }
  if (types.includes('us_bank_account')) {
    const bank = ask.us_bank_account ?? {}
    const permissions = bank.financial_connections?.permissions
    options.us_bank_account = {
      ...(permissions !== undefined && { financial_connections: { permissions, prefetch: null } }),
      ...(bank.mandate_options?.collection_method === 'paper' && { mandate_options: { collection_method: 'paper' } }),
      ...(bank.target_date !== undefined && { target_date: bank.target_date }),
      verification_method: bank.verification_method ?? 'automatic',
    }
  }
  return options
}

type AcssAsked = NonNullable<MethodOptionsAsked['acss_debit']>

/** An agreement must say when it debits and for whom; nothing about it is taken for granted. */
function acssOptionsOf({ mandate_options: asked = {}, ...ask }: AcssAsked): NonNullable<MethodOptions['acss_debit']> {
  const { payment_schedule: schedule, transaction_type: transaction, interval_description: interval } = asked
  if (schedule === undefined) throw missingTerm('payment_schedule')
  if (transaction === undefined) throw missingTerm('transaction_type')
  if (schedule !== 'sporadic' && interval === undefined) throw missingTerm('interval_description')
  return {
    ...(ask.currency !== undefined && { currency: ask.currency }),
    mandate_options: {
      ...(asked.custom_mandate_url != null && { custom_mandate_url: asked.custom_mandate_url }),
      ...(asked.default_for !== undefined && { default_for: asked.default_for }),
      interval_description: interval ?? null,
      payment_schedule: schedule,
      transaction_type: transaction,
    },
    ...(ask.target_date !== undefined && { target_date: ask.target_date }),
    verification_method: ask.verification_method ?? 'automatic',
  }
}

function missingTerm(name: string): StripeRefusal {
  const param = `payment_method_options[acss_debit][mandate_options][${name}]`
  return malformed(`Missing required param: ${param}.`, 'parameter_missing', param)
}

/** The parameter older integrations know; this version refuses it by its own code. */
export const noLongerSupported = (_: FormValue, at: string): never => {
  throw malformed(
    `The parameter \`${at}\` is no longer supported in this API version. Use \`allowed_payment_method_types\` instead.`,
    'payment_method_types_no_longer_supported',
    at,
  )
}
