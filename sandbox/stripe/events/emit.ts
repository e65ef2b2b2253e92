import { apiVersion } from '../api/version.ts'
import type { EventType } from '../objects/event-type.ts'
import { newId, type Scope } from '../state/state.ts'
import type { StoredEvent } from '../state/stored-event.ts'

/**
 * Makes an event and hands it to the courier. The object is rendered now: later changes do not show in it.
 * `previous` holds the former values of what an update changed.
 */
export function emit(scope: Scope, type: EventType, object: object, previous?: object): void {
  const { state, account, cause } = scope
  if (state.faults.webhooks === 'never') return
  const event: StoredEvent = {
    id: newId(state, 'evt'),
    type,
    created: state.clock.seconds(),
    account: account.application === null ? undefined : account.id,
    request: cause,
    data: JSON.stringify(previous === undefined ? { object } : { object, previous_attributes: previous }),
    pendingWebhooks: 0,
  }
  account.events.add(event)
  if (cause === null) tell(scope, type, object)
  state.courier.take(event, account)
}

/** What Stripe or a bank does by itself is news for the page; what was asked for stands there as a request already. */
function tell({ state, account }: Scope, type: EventType, object: object): void {
  const id = 'id' in object && typeof object.id === 'string' ? object.id : account.id
  state.happened({ at: state.clock.now().toISOString(), service: 'stripe', what: type, outcome: id })
}

/** An event as the API and the webhooks show it, as JSON. */
export function eventText(event: StoredEvent): string {
  const { id, type, created, account, request, data, pendingWebhooks } = event
  const envelope = JSON.stringify({
    id,
    object: 'event',
    ...(account !== undefined && { account }),
    api_version: apiVersion,
    created,
    livemode: false,
    pending_webhooks: pendingWebhooks,
    request: request ?? { id: null, idempotency_key: null },
    type,
  })
  return `${envelope.slice(0, -1)},"data":${data}}`
}
