import type { EventType } from '../objects/event-type.ts'
import type { WebhookEndpoint } from '../objects/settings.ts'

/** A webhook endpoint with what the API never shows again after it was made. */
export type Subscription = {
  endpoint: WebhookEndpoint
  /** The account it belongs to. */
  owner: string
  /** Whether it listens to the connected accounts instead of its owner. */
  connect: boolean
  secret: string
  /** The secret before the last roll, valid for a day. */
  former: { secret: string; until: number } | null
}

export function wants({ endpoint }: Subscription, type: EventType): boolean {
  if (endpoint.status !== 'enabled') return false
  return endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(type)
}

/** The secrets that sign now. */
export function signingSecrets({ secret, former }: Subscription, nowSeconds: number): string[] {
  return former !== null && nowSeconds < former.until ? [secret, former.secret] : [secret]
}
