import { malformed } from '../api/errors.ts'
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
  const possible: MethodType[] = currency === null || currency === 'usd' ? ['card', 'us_bank_account'] : ['card']
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

/** The parameter older integrations know; this version refuses it by its own code. */
export const noLongerSupported = (_: FormValue, at: string): never => {
  throw malformed(
    `The parameter \`${at}\` is no longer supported in this API version. Use \`allowed_payment_method_types\` instead.`,
    'payment_method_types_no_longer_supported',
    at,
  )
}
