import { subscribedEvents } from '@/lib/payments/stripe/stripe-account'
import { stripeClient } from '@/lib/payments/stripe/stripe-client'

/**
 * The endpoint that an operator adds once in the platform's Dashboard: "events on connected accounts".
 * @returns its signing secret, for STRIPE_WEBHOOK_SECRETS
 */
export async function registerPlatformWebhook(secretKey: string, publicUrl: string): Promise<string> {
  const endpoint = await stripeClient(secretKey).webhookEndpoints.create({
    url: `${publicUrl}/api/webhooks/stripe`,
    enabled_events: subscribedEvents,
    connect: true,
    api_version: '2026-10-28.endive',
  })
  if (endpoint.secret === undefined) throw new Error('Stripe made a webhook endpoint without a secret')
  return endpoint.secret
}
