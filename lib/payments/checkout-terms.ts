import 'server-only'
import type { Tx } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { Fault } from '@/lib/base/fault'
import { getTenant } from '@/lib/tenancy/queries'
import { readStripeSecret } from './open-gateway'

/** What the browser needs to open Stripe's fields: nothing secret. `account` only where the key is the platform's. */
export type CheckoutTerms = {
  publishableKey: string
  account?: string
  stripeJsUrl: string
  /** What the MSP takes, in whatever currency. */
  methods: ('acss_debit' | 'card' | 'us_bank_account')[]
}

/** Undefined when Stripe is not connected: the page then says how else to pay. */
export async function checkoutTerms(tx: Tx): Promise<CheckoutTerms | undefined> {
  const { settings } = await getTenant(tx)
  const secret = await readStripeSecret(tx).catch((error: unknown) => {
    if (error instanceof Fault && error.kind === 'conflict') return undefined
    throw error
  })
  if (secret === undefined) return undefined
  const { STRIPE_JS_URL: stripeJsUrl, STRIPE_PUBLISHABLE_KEY } = env()
  const methods: CheckoutTerms['methods'] = [
    ...(settings.acceptBankDebits ? (['us_bank_account'] as const) : []),
    ...(settings.acceptPads ? (['acss_debit'] as const) : []),
    ...(settings.acceptCards ? (['card'] as const) : []),
  ]
  return secret.mode === 'key'
    ? { publishableKey: secret.publishableKey, stripeJsUrl, methods }
    : { publishableKey: STRIPE_PUBLISHABLE_KEY, account: secret.account, stripeJsUrl, methods }
}
