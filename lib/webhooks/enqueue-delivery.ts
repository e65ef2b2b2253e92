import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'

/** Puts an event on its way to an endpoint, in the transaction that decided to. @returns the delivery's id */
export async function enqueueDelivery(tx: Tx, endpointId: string, eventId: string): Promise<string> {
  const id = newId()
  await tx.run(sql`
    insert into webhook_deliveries (tenant_id, id, endpoint_id, event_id, state, next_try_at, created_at)
    values (${tx.tenantId}, ${id}, ${endpointId}, ${eventId}, 'waiting', ${now()}, ${now()})`)
  await enqueueTry(tx, id)
  return id
}

/** One job per delivery. The queue's clock is the machine's, whatever the simulated world's says. */
export async function enqueueTry(tx: Tx, deliveryId: string, inMs = 0): Promise<void> {
  const runAt = inMs === 0 ? null : new Date(Date.now() + inMs)
  await tx.run(sql`
    select enqueue('deliver', ${json({ tenantId: tx.tenantId, deliveryId })}::json, ${`deliver:${deliveryId}`}, ${runAt}, null, 3)`)
}

/** Whatever should have been tried by now: a job that was lost, a clock that was wound, an endpoint switched on again. */
export async function enqueueDueTries(tx: Tx): Promise<void> {
  const due = await tx.rows<{ id: string }>(sql`
    select d.id from webhook_deliveries d join webhook_endpoints e on e.tenant_id = d.tenant_id and e.id = d.endpoint_id
    where d.tenant_id = ${tx.tenantId} and d.state = 'waiting' and d.next_try_at <= ${now()} and e.state = 'on'
    order by d.next_try_at limit 500`)
  for (const { id } of due) await enqueueTry(tx, id)
}
