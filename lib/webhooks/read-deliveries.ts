import 'server-only'
import type { Tx } from '@/lib/base/db'
import { isId } from '@/lib/base/ids'
import { type Sql, sql } from '@/lib/base/sql'
import type { WebhookEventType } from './event-type'

export type DeliveryRow = {
  id: string
  endpointId: string
  eventId: string
  type: WebhookEventType | 'ping'
  state: 'waiting' | 'delivered' | 'failed'
  tries: number
  nextTryAt: Date | null
  createdAt: Date
  /** Of the last try. */
  status: number | null
  durationMs: number | null
  error: string | null
}

export type DeliveryView = DeliveryRow & { body: string; log: TryRow[] }
export type TryRow = {
  number: number
  at: Date
  durationMs: number
  status: number | null
  answer: string
  error: string | null
}

const pageSize = 50

/** Fifty deliveries of an endpoint, newest first; `after` is the id of the last one seen. */
export async function readDeliveries(
  tx: Tx,
  endpointId: string,
  after?: string,
): Promise<{ items: DeliveryRow[]; next?: string }> {
  if (!isId(endpointId)) return { items: [] }
  const rest = after !== undefined && isId(after) ? sql`and d.id < ${after}` : sql``
  const rows = await read(tx, sql`and d.endpoint_id = ${endpointId} ${rest} order by d.id desc limit ${pageSize + 1}`)
  const items = rows.slice(0, pageSize)
  const last = items.at(-1)
  return rows.length > pageSize && last !== undefined ? { items, next: last.id } : { items }
}

/** One delivery with what was sent and every answer. */
export async function readDelivery(tx: Tx, endpointId: string, id: string): Promise<DeliveryView | undefined> {
  if (!isId(endpointId) || !isId(id)) return undefined
  const [row] = await read(tx, sql`and d.endpoint_id = ${endpointId} and d.id = ${id}`)
  if (row === undefined) return undefined
  const event = await tx.row<{ body: string }>(sql`
    select body from webhook_events where tenant_id = ${tx.tenantId} and id = ${row.eventId}`)
  const log = await tx.rows<TryRow>(sql`
    select number, at, duration_ms, status, answer, error from webhook_tries
    where tenant_id = ${tx.tenantId} and delivery_id = ${id} order by number desc`)
  return { ...row, body: event?.body ?? '', log }
}

function read(tx: Tx, rest: Sql): Promise<DeliveryRow[]> {
  return tx.rows<DeliveryRow>(sql`
    select d.id, d.endpoint_id, d.event_id, v.type, d.state, d.tries, d.next_try_at, d.created_at, t.status, t.duration_ms, t.error
    from webhook_deliveries d
    join webhook_events v on v.tenant_id = d.tenant_id and v.id = d.event_id
    left join webhook_tries t on t.tenant_id = d.tenant_id and t.delivery_id = d.id and t.number = d.tries
    where d.tenant_id = ${tx.tenantId} ${rest}`)
}
