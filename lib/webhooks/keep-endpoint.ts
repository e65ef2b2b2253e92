import 'server-only'
import { type Actor, actorName, mayManage } from '@/lib/access/actor'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { refusalOf } from '@/lib/connectors/http'
import { settle } from '@/lib/events/exception'
import { audit } from '@/lib/tenancy/audit'
import type { Endpoint } from './endpoint'
import { newEndpointSecret, sealEndpointSecret } from './endpoint-secret'
import type { WebhookEventType } from './event-type'
import { readEndpoint } from './read-endpoints'

export type EndpointWanted = { url: string; description: string; events: readonly WebhookEventType[] }
export type EndpointRefused = { ok: false; because: 'not-allowed' | 'unknown' | 'url' | 'too-many'; reason: string }
/** `secret` is shown this once: only an envelope is kept. */
export type EndpointAdded = { ok: true; endpoint: Endpoint; secret: string } | EndpointRefused

const countMax = 16
const hourMs = 3_600_000

const notAllowed: EndpointRefused = { ok: false, because: 'not-allowed', reason: 'Your role cannot change webhooks.' }
const unknown: EndpointRefused = { ok: false, because: 'unknown', reason: 'There is no such endpoint.' }

/** Staff who may manage, and programs with the scope to write. */
export function mayKeepEndpoints(actor: Actor): boolean {
  return mayManage(actor) || (actor.kind === 'api' && actor.scopes.includes('write'))
}

export async function addEndpoint(tx: Tx, actor: Actor, wanted: EndpointWanted): Promise<EndpointAdded> {
  if (!mayKeepEndpoints(actor)) return notAllowed
  const refused = refuseUrl(wanted.url)
  if (refused !== undefined) return refused
  const kept = await tx.row<{ count: number }>(sql`
    select count(*)::int as count from webhook_endpoints where tenant_id = ${tx.tenantId} and state <> 'removed'`)
  if ((kept?.count ?? 0) >= countMax)
    return { ok: false, because: 'too-many', reason: `There are ${countMax} endpoints already. Remove one first.` }
  const [id, secret] = [newId(), newEndpointSecret()]
  await tx.run(sql`
    insert into webhook_endpoints (tenant_id, id, url, description, events, state, secret, created_at)
    values (${tx.tenantId}, ${id}, ${wanted.url}, ${wanted.description}, ${wanted.events}::text[], 'on',
      ${sealEndpointSecret(tx.tenantId, id, secret)}, ${now()})`)
  await note(tx, actor, 'added', id, { url: wanted.url, events: wanted.events })
  const endpoint = await readEndpoint(tx, id)
  if (endpoint === undefined) throw new Error('an endpoint was not stored')
  return { ok: true, endpoint, secret }
}

/** New words for an endpoint. Switching it on again sends what has waited meanwhile. */
export async function changeEndpoint(
  tx: Tx,
  actor: Actor,
  id: string,
  wanted: EndpointWanted & { isOn: boolean },
): Promise<{ ok: true } | EndpointRefused> {
  if (!mayKeepEndpoints(actor)) return notAllowed
  const known = await readEndpoint(tx, id)
  if (known === undefined) return unknown
  const refused = refuseUrl(wanted.url)
  if (refused !== undefined) return refused
  const state = wanted.isOn ? 'on' : known.state === 'stopped' ? 'stopped' : 'off'
  await tx.run(sql`
    update webhook_endpoints
    set url = ${wanted.url}, description = ${wanted.description}, events = ${wanted.events}::text[], state = ${state},
      failing_since = ${state === 'on' && known.state !== 'on' ? null : known.failingSince}
    where tenant_id = ${tx.tenantId} and id = ${id}`)
  if (state === 'on') await settle(tx, 'webhook-stopped', id)
  await note(tx, actor, 'changed', id, { url: wanted.url, events: wanted.events, state })
  return { ok: true }
}

/** Nothing more is sent there; what had waited has failed. Its log stays. */
export async function removeEndpoint(tx: Tx, actor: Actor, id: string): Promise<{ ok: true } | EndpointRefused> {
  if (!mayKeepEndpoints(actor)) return notAllowed
  if ((await readEndpoint(tx, id)) === undefined) return unknown
  await tx.run(sql`update webhook_endpoints set state = 'removed' where tenant_id = ${tx.tenantId} and id = ${id}`)
  await tx.run(sql`
    update webhook_deliveries set state = 'failed', next_try_at = null
    where tenant_id = ${tx.tenantId} and endpoint_id = ${id} and state = 'waiting'`)
  await settle(tx, 'webhook-stopped', id)
  await note(tx, actor, 'removed', id)
  return { ok: true }
}

/** A new secret. The older one signs beside it for `overlapHours`, so that the receiver can be changed over. */
export async function rotateEndpointSecret(
  tx: Tx,
  actor: Actor,
  id: string,
  overlapHours: number,
): Promise<{ ok: true; secret: string } | EndpointRefused> {
  if (!mayKeepEndpoints(actor)) return notAllowed
  if ((await readEndpoint(tx, id)) === undefined) return unknown
  const secret = newEndpointSecret()
  const until = new Date(now().getTime() + overlapHours * hourMs)
  await tx.run(sql`
    update webhook_endpoints
    set secret = ${sealEndpointSecret(tx.tenantId, id, secret)}, previous_secret = secret, previous_until = ${until}
    where tenant_id = ${tx.tenantId} and id = ${id}`)
  await note(tx, actor, 'secret_rotated', id, { until })
  return { ok: true, secret }
}

function refuseUrl(text: string): EndpointRefused | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const reason =
    url === undefined || !/^https?:$/.test(url.protocol) ? 'This is no web address: https://…' : refusalOf(url)
  return reason === undefined ? undefined : { ok: false, because: 'url', reason: `${reason}.`.replace(/[.…]\.$/, '.') }
}

type EndpointAct = 'added' | 'changed' | 'removed' | 'secret_rotated'

function note(tx: Tx, actor: Actor, what: EndpointAct, id: string, detail: object = {}): Promise<void> {
  return audit(tx, actorName(actor), `webhook_endpoint.${what}`, { kind: 'webhook_endpoint', id }, detail)
}
