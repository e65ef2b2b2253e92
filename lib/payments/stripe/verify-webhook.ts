import 'server-only'
import type Stripe from 'stripe'
import { now } from '@/lib/base/clock'
import type { NewsOf } from '@/lib/events/news'
import { stripeClient } from './stripe-client'

/**
 * Checks that Stripe signed this very body, with any of the secrets (two stand while one is rotated) and no longer than
 * five minutes ago, and takes out of it only what names the object.
 * @returns undefined when no secret fits
 */
export function verifyWebhook(
  body: string,
  signature: string,
  secrets: string[],
): { news: NewsOf<'stripe.event'>; livemode: boolean } | undefined {
  const { webhooks } = stripeClient('sk_test_signature_check_only')
  for (const secret of secrets) {
    try {
      const event = webhooks.constructEvent(body, signature, secret, 300, undefined, now().getTime())
      return { news: newsOf(event), livemode: event.livemode }
    } catch {
      // Not this secret's, or too old: the next may fit.
    }
  }
  return undefined
}

function newsOf(event: Stripe.Event): NewsOf<'stripe.event'> {
  const object = event.data.object as { id?: string; object: string; payment_intent?: string | null }
  return {
    kind: 'stripe.event',
    eventId: event.id,
    type: event.type,
    account: event.account ?? '',
    object: object.object,
    objectId: object.id ?? '',
    ...(typeof object.payment_intent === 'string' ? { paymentIntentId: object.payment_intent } : {}),
  }
}
