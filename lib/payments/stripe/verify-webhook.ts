import 'server-only'
import { z } from 'zod'
import { now } from '@/lib/base/clock'
import type { NewsOf } from '@/lib/events/news'
import { stripeClient } from './stripe-client'

/** What names the object, in a whole event (`data.object`) or a thin one (`related_object`); the rest is not looked at. */
const Named = z.object({
  id: z.string().optional(),
  object: z.string().optional(),
  type: z.string().optional(),
  payment_intent: z.string().nullish().catch(undefined),
})
const Event = z.object({
  id: z.string(),
  type: z.string(),
  account: z.string().nullish(),
  livemode: z.boolean().default(false),
  data: z.object({ object: Named.optional() }).nullish(),
  related_object: Named.nullish(),
})

/**
 * Checks that Stripe signed this very body, with any of the secrets (two stand while one is rotated) and no longer than
 * five minutes ago, and takes out of it only what names the object.
 * @returns undefined when no secret fits, or it is no event
 */
export function verifyWebhook(
  body: string,
  signature: string,
  secrets: string[],
): { news: NewsOf<'stripe.event'>; livemode: boolean } | undefined {
  if (!secrets.some((secret) => isSigned(body, signature, secret))) return undefined
  const event = Event.safeParse(JSON.parse(body))
  return event.success ? { news: newsOf(event.data), livemode: event.data.livemode } : undefined
}

function isSigned(body: string, header: string, secret: string): boolean {
  const { signature } = stripeClient('sk_test_signature_check_only').webhooks
  try {
    return signature?.verifyHeader(body, header, secret, 300, undefined, now().getTime()) === true
  } catch {
    return false // not this secret's, or too old: the next may fit
  }
}

function newsOf({ id, type, account, data, related_object: related }: z.output<typeof Event>): NewsOf<'stripe.event'> {
  const named = data?.object ?? related ?? {}
  return {
    kind: 'stripe.event',
    eventId: id,
    type,
    account: account ?? '',
    object: named.object ?? named.type ?? '',
    objectId: named.id ?? '',
    ...(named.payment_intent ? { paymentIntentId: named.payment_intent } : {}),
  }
}
