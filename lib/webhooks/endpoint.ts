import type { WebhookEventType } from './event-type'
import type { WireEndpoint } from './wire-endpoint'

/** Where one of the MSP's programs hears of what happens; its secrets are not part of what is read. */
export type Endpoint = {
  id: string
  url: string
  description: string
  events: WebhookEventType[]
  state: 'on' | 'off' | 'stopped'
  failingSince: Date | null
  /** Until when the older secret signs too. */
  previousUntil: Date | null
  createdAt: Date
}

export function toWireEndpoint({
  id,
  url,
  description,
  events,
  state,
  failingSince,
  createdAt,
}: Endpoint): WireEndpoint {
  return {
    ...{ object: 'webhook_endpoint', id, url, description, events, state },
    failing_since: failingSince?.toISOString() ?? null,
    created_at: createdAt.toISOString(),
  }
}
