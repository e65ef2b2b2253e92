import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { log } from '@/lib/base/log'
import { sql } from '@/lib/base/sql'
import { settle } from '@/lib/events/exception'
import { unsealEndpointSecret } from './endpoint-secret'
import { enqueueTry } from './enqueue-delivery'
import { type Posted, post } from './post'
import { delayAfterMs } from './retry'
import { signatureOf } from './signature'
import { stopEndpoint } from './stop-endpoint'

/** Longer than any exchange takes: a process that died at it is followed by another after this. */
const leaseMs = 60_000

type Claimed = {
  id: string
  endpointId: string
  number: number
  type: string
  url: string
  body: string
  createdAt: Date
  secrets: string[]
}

/**
 * Makes the next try of a delivery that is due: claimed, sent, written down. Each try is sent once, unless the process
 * dies between sending and writing; then it is sent again under the same event id.
 */
export async function deliver(tenantId: string, deliveryId: string): Promise<void> {
  const claimed = await withTenant(tenantId, (tx) => claim(tx, deliveryId))
  if (claimed === undefined) return
  await faultPoint('webhook.claimed')
  const at = now()
  const { body, secrets, url } = claimed
  const posted = await post(url, body, { 'closeloop-signature': signatureOf(body, secrets, at) })
  await faultPoint('webhook.sent')
  await withTenant(tenantId, (tx) => writeDown(tx, claimed, posted, at))
  const { id, endpointId, number, type } = claimed
  log.info({ tenantId, deliveryId: id, endpointId, number, type, status: posted.status }, 'webhook.tried')
}

/** A try that is due, for an endpoint that is on. A ping also reaches one that is off: it asks whether to switch it on. */
async function claim(tx: Tx, deliveryId: string): Promise<Claimed | undefined> {
  const at = now()
  const row = await tx.row<Row>(sql`
    update webhook_deliveries d set tries = d.tries + 1, next_try_at = ${new Date(at.getTime() + leaseMs)}
    from webhook_endpoints e, webhook_events v
    where d.tenant_id = ${tx.tenantId} and d.id = ${deliveryId} and d.state = 'waiting' and d.next_try_at <= ${at}
      and e.tenant_id = d.tenant_id and e.id = d.endpoint_id and e.state <> 'removed' and (e.state = 'on' or v.type = 'ping')
      and v.tenant_id = d.tenant_id and v.id = d.event_id
    returning d.id, d.endpoint_id, d.tries as number, v.type, e.url, v.body, d.created_at, e.secret, e.previous_secret, e.previous_until`)
  if (row === undefined) return undefined
  const { secret, previousSecret, previousUntil, ...claimed } = row
  const isRotating = previousSecret !== null && previousUntil !== null && previousUntil > at
  const envelopes = [secret, ...(isRotating ? [previousSecret] : [])]
  const secrets = envelopes.map((envelope) => unsealEndpointSecret(tx.tenantId, row.endpointId, envelope))
  return { ...claimed, secrets }
}
type Row = Omit<Claimed, 'secrets'> & { secret: string; previousSecret: string | null; previousUntil: Date | null }

async function writeDown(tx: Tx, claimed: Claimed, posted: Posted, at: Date): Promise<void> {
  const { id, endpointId, number, type } = claimed
  const written = await tx.run(sql`
    insert into webhook_tries (tenant_id, delivery_id, number, at, duration_ms, status, answer, error)
    values (${tx.tenantId}, ${id}, ${number}, ${at}, ${posted.durationMs}, ${posted.status ?? null}, ${posted.answer}, ${posted.error ?? null})
    on conflict do nothing`)
  if (written === 0) return
  const mine = sql`tenant_id = ${tx.tenantId} and id = ${id} and state = 'waiting' and tries = ${number}`
  if (posted.error === undefined) {
    await tx.run(sql`
      update webhook_deliveries set state = 'delivered', delivered_at = ${now()}, next_try_at = null where ${mine}`)
    await tx.run(sql`
      update webhook_endpoints set failing_since = null
      where tenant_id = ${tx.tenantId} and id = ${endpointId} and failing_since is not null`)
    await settle(tx, 'webhook-stopped', endpointId)
    return
  }
  // Whoever sends a ping looks at what comes back; it is not worth a weekend of tries.
  const delayMs = type === 'ping' ? undefined : delayAfterMs(number)
  if (delayMs !== undefined) {
    await tx.run(sql`
      update webhook_deliveries set next_try_at = ${new Date(now().getTime() + delayMs)} where ${mine}`)
    await enqueueTry(tx, id, delayMs)
  } else {
    await tx.run(sql`update webhook_deliveries set state = 'failed', next_try_at = null where ${mine}`)
  }
  if (type === 'ping') return
  await tx.run(sql`
    update webhook_endpoints set failing_since = ${at}
    where tenant_id = ${tx.tenantId} and id = ${endpointId} and failing_since is null`)
  if (delayMs === undefined) await stopEndpoint(tx, endpointId, claimed.createdAt)
}
