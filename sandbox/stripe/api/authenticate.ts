import type { Asked } from '../../kernel/service.ts'
import type { Account } from '../state/account.ts'
import type { Key, State } from '../state/state.ts'
import { forbidden, malformed, unauthorized } from './errors.ts'
import type { Form } from './form.ts'
import { apiVersion } from './version.ts'

/** Who asks, and on which account. */
export type Caller = { kind: Key['kind']; account: Account; isPlatform: boolean }

/**
 * Reads the key, the account header and the version. `_stripe_account` and `key` are how the browser library sends
 * the same, where headers would need a preflight; they are taken out of the form.
 */
export function authenticate(state: State, asked: Asked, form: Form): Caller {
  const key = keyOf(state, asked, form)
  requireVersion(asked, form)
  const wanted = asked.headers['stripe-account'] ?? asked.headers['stripe-context'] ?? take(form, '_stripe_account')
  delete form._stripe_account
  delete form._stripe_version
  delete form.key
  if (wanted === undefined || wanted === '' || wanted === key.account.id) {
    return { kind: key.kind, account: key.account, isPlatform: key.account === state.platform }
  }
  const account = state.accounts.get(wanted)
  if (key.account === state.platform && account !== undefined && account.application !== null) {
    return { kind: key.kind, account, isPlatform: true }
  }
  throw forbidden(
    `The provided key '${masked(asked)}' does not have access to account '${wanted}' (or that account does not exist). Application access may have been revoked.`,
    'account_invalid',
  )
}

function keyOf(state: State, asked: Asked, form: Form): Key {
  const secret = secretOf(asked) ?? take(form, 'key')
  if (secret === undefined || secret === '') {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.",
    )
  }
  const key = state.keys.get(secret)
  if (key === undefined) throw unauthorized(`Invalid API Key provided: ${mask(secret)}`)
  return key
}

function requireVersion(asked: Asked, form: Form): void {
  const version = asked.headers['stripe-version'] ?? take(form, '_stripe_version') ?? apiVersion
  if (version === apiVersion) return
  throw malformed(
    `Invalid Stripe API version: ${version}. You can view your API version settings at https://dashboard.stripe.com/developers. Contact us at https://support.stripe.com/contact if you believe this is in error.`,
  )
}

function secretOf({ headers }: Asked): string | undefined {
  const { authorization } = headers
  if (authorization === undefined) return undefined
  if (/^bearer /i.test(authorization)) return authorization.slice(7).trim()
  if (!/^basic /i.test(authorization)) return undefined
  return Buffer.from(authorization.slice(6), 'base64').toString('utf8').split(':')[0]
}

function take(form: Form, name: string): string | undefined {
  const value = form[name]
  return typeof value === 'string' ? value : undefined
}

function masked(asked: Asked): string {
  return mask(secretOf(asked) ?? '')
}

function mask(secret: string): string {
  return secret.length < 12
    ? '*'.repeat(secret.length)
    : `${secret.slice(0, 8)}${'*'.repeat(secret.length - 12)}${secret.slice(-4)}`
}
