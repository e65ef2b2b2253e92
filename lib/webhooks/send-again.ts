import 'server-only'
import { type Actor, actorName } from '@/lib/access/actor'
import type { Tx } from '@/lib/base/db'
import { isId, newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { toWireEndpoint } from './endpoint'
import { enqueueDelivery } from './enqueue-delivery'
import { mayKeepEndpoints } from './keep-endpoint'
import { readEndpoint } from './read-endpoints'
import { writeEvent } from './tell-endpoints'

/** Sends an event of the log once more, as a delivery of its own with the same event id. @returns its id, if there is such a one */
export async function sendAgain(tx: Tx, actor: Actor, deliveryId: string): Promise<string | undefined> {
  if (!mayKeepEndpoints(actor) || !isId(deliveryId)) return undefined
  const known = await tx.row<{ endpointId: string; eventId: string }>(sql`
    select d.endpoint_id, d.event_id
    from webhook_deliveries d join webhook_endpoints e on e.tenant_id = d.tenant_id and e.id = d.endpoint_id
    where d.tenant_id = ${tx.tenantId} and d.id = ${deliveryId} and e.state <> 'removed'`)
  if (known === undefined) return undefined
  const id = await enqueueDelivery(tx, known.endpointId, known.eventId)
  await audit(tx, actorName(actor), 'webhook.sent_again', { kind: 'webhook_delivery', id: deliveryId }, { as: id })
  return id
}

/** Sends a ping, to see whether an endpoint hears. @returns the delivery's id, if there is such an endpoint */
export async function ping(tx: Tx, actor: Actor, endpointId: string): Promise<string | undefined> {
  const endpoint = mayKeepEndpoints(actor) ? await readEndpoint(tx, endpointId) : undefined
  if (endpoint === undefined) return undefined
  const eventId = await writeEvent(tx, 'ping', newId(), toWireEndpoint(endpoint))
  if (eventId === undefined) throw new Error('a ping was not written')
  return enqueueDelivery(tx, endpointId, eventId)
}
