import { z } from 'zod'

/**
 * How we act for an MSP at Stripe: on its connected account with the platform's key, or, where there is one MSP only,
 * with a restricted key of its own.
 */
export const StripeSecret = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('connect'), account: z.string().startsWith('acct_') }),
  z.object({
    mode: z.literal('key'),
    account: z.string().startsWith('acct_'),
    secretKey: z.string().regex(/^(rk|sk)_(test|live)_/),
    publishableKey: z.string().regex(/^pk_(test|live)_/),
    webhookSecret: z.string().startsWith('whsec_'),
    webhookEndpointId: z.string(),
  }),
])
export type StripeSecret = z.infer<typeof StripeSecret>
