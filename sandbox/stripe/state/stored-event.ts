import type { EventType } from '../objects/event-type.ts'

/** What set an event off: the request that asked, or null when Stripe acted by itself. */
export type Cause = { id: string; idempotency_key: string | null }

/** An event as it is kept: the object is rendered once, at the moment it describes. */
export type StoredEvent = {
  id: string
  type: EventType
  created: number
  /** Set when it happened on a connected account. */
  account: string | undefined
  request: Cause | null
  /** JSON of `data`. */
  data: string
  /** Endpoints that have not answered with success yet. */
  pendingWebhooks: number
}
