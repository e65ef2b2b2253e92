import { z } from 'zod'

/** Switches for what differs between tenants of the vendor, or is not established. */
export const Options = z.strictObject({
  /** Path segment of the current build; changes with upgrades, and is found again by company info. */
  codebase: z.string().regex(/^[\w.]+$/),
  /** Whether `v4_6_release` goes on working beside the codebase. */
  aliasAccepted: z.boolean(),
  creditMemoSign: z.enum(['negative', 'positive']),
  /** Whether a payment bumps the invoice's lastUpdated and fires its callback. */
  paymentTouchesInvoice: z.boolean(),
  /** Whether sums carry the noise of adding doubles. */
  floatNoise: z.boolean(),
  /** Whether a closed invoice takes payments. */
  closedTakesPayments: z.boolean(),
  /** Lists that lie: answered 200 but empty, or cut to half a page while the links go on as if whole. */
  lists: z.enum(['whole', 'empty', 'short']),
  /** Zero: no limit. */
  requestsPerMinute: z.number().int().min(0),
  /** Seconds a 429 asks to wait; null leaves the header out. */
  retryAfterSeconds: z.number().int().min(0).nullable(),
})
export type Options = z.infer<typeof Options>

export const defaultOptions: Options = {
  codebase: 'v4_6_release',
  aliasAccepted: true,
  creditMemoSign: 'negative',
  paymentTouchesInvoice: true,
  floatNoise: true,
  closedTakesPayments: true,
  lists: 'whole',
  requestsPerMinute: 0,
  retryAfterSeconds: 2,
}
