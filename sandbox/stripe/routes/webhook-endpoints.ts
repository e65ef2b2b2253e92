import { endpoint, idOf, nothing } from '../api/call.ts'
import { invalid, malformed, missing } from '../api/errors.ts'
import { page } from '../api/pages.ts'
import { flag, listOf, metadata, required, shape, text, word } from '../api/params.ts'
import { pageFields } from '../api/shared-params.ts'
import { apiVersion } from '../api/version.ts'
import { mergeMetadata } from '../objects/common.ts'
import type { WebhookEndpoint } from '../objects/settings.ts'
import { newId, type Scope } from '../state/state.ts'

export const webhookEndpointEndpoints = [
  endpoint(
    'POST',
    '/v1/webhook_endpoints',
    shape({
      api_version: word,
      connect: flag,
      description: text,
      enabled_events: required(listOf(word)),
      metadata,
      url: required(word),
    }),
    ({ scope, params, caller }) => {
      const { state, account } = scope
      requireUrl(params.url)
      requireEvents(params.enabled_events)
      if (params.api_version !== undefined && params.api_version !== apiVersion) {
        throw invalid(`Invalid API version: ${params.api_version}.`, undefined, 'api_version')
      }
      if (params.connect === true && (!caller.isPlatform || account !== state.platform)) {
        throw invalid('You must be a Connect platform to create a Connect webhook endpoint.', undefined, 'connect')
      }
      const made = account.webhookEndpoints.add({
        id: newId(state, 'we'),
        object: 'webhook_endpoint',
        api_version: params.api_version ?? null,
        application: null,
        created: state.clock.seconds(),
        description: params.description ?? null,
        enabled_events: params.enabled_events,
        livemode: false,
        metadata: mergeMetadata({}, params.metadata ?? null),
        status: 'enabled',
        url: params.url,
      })
      const secret = newId(state, 'whsec', 32)
      state.courier.subscriptions.set(made.id, {
        endpoint: made,
        owner: account.id,
        connect: params.connect ?? false,
        secret,
        former: null,
      })
      return { ...made, secret } // shown this once
    },
  ),

  endpoint('GET', '/v1/webhook_endpoints', shape(pageFields), ({ scope, params }) =>
    page(scope.account.webhookEndpoints, params, { url: '/v1/webhook_endpoints', kind: 'webhook endpoint' }),
  ),

  endpoint('GET', '/v1/webhook_endpoints/:id', nothing, ({ scope, ids }) => webhookAt(scope, ids)),

  endpoint(
    'POST',
    '/v1/webhook_endpoints/:id',
    shape({ description: text, disabled: flag, enabled_events: listOf(word), metadata, url: word }),
    ({ scope, ids, params }) => {
      const held = webhookAt(scope, ids)
      if (params.url !== undefined) {
        requireUrl(params.url)
        held.url = params.url
      }
      if (params.enabled_events !== undefined) {
        requireEvents(params.enabled_events)
        held.enabled_events = params.enabled_events
      }
      if (params.description !== undefined) held.description = params.description
      if (params.disabled !== undefined) held.status = params.disabled ? 'disabled' : 'enabled'
      if (params.metadata !== undefined) held.metadata = mergeMetadata(held.metadata, params.metadata)
      return held
    },
  ),

  endpoint('DELETE', '/v1/webhook_endpoints/:id', nothing, ({ scope, ids }) => {
    const held = webhookAt(scope, ids)
    scope.account.webhookEndpoints.remove(held.id)
    scope.state.courier.subscriptions.delete(held.id)
    return { id: held.id, object: 'webhook_endpoint', deleted: true }
  }),
]

function webhookAt({ account }: Scope, ids: readonly string[]): WebhookEndpoint {
  const held = account.webhookEndpoints.get(idOf(ids))
  if (held === undefined) throw missing('webhook endpoint', idOf(ids))
  return held
}

function requireUrl(url: string): void {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return
  throw invalid('Invalid URL: An explicit scheme (such as https) must be provided.', 'url_invalid', 'url')
}

function requireEvents(events: readonly string[]): void {
  if (events.length === 0)
    throw malformed('You must provide at least one event.', 'parameter_invalid_empty', 'enabled_events')
  for (const [index, type] of events.entries()) {
    if (type === '*' || /^[a-z_]+(\.[a-z_]+)+$/.test(type)) continue
    throw invalid(`Invalid enabled_events[${index}]: ${type} is not an event.`, undefined, `enabled_events[${index}]`)
  }
}
