import 'server-only'
import { now, type PlainDate, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { log } from '@/lib/base/log'
import { json, sql } from '@/lib/base/sql'
import { loadConnection } from '@/lib/connectors/connection'
import { announce } from '@/lib/events/announce'
import { allTenantIds } from '@/lib/tenancy/across-tenants'
import { getTenant } from '@/lib/tenancy/queries'
import { enqueueDueTries } from '@/lib/webhooks/enqueue-delivery'

const syncEveryMs = 5 * 60_000
const settleEveryMs = 15 * 60_000

/** One job of a name and tenant waits at most once: a key that is queued already is left as it is. */
async function enqueue(
  tx: Tx,
  task: string,
  payload: object,
  options: { key: string; queue?: string; inMs?: number },
): Promise<void> {
  const runAt = options.inMs === undefined ? null : new Date(Date.now() + options.inMs)
  await tx.run(sql`
    select enqueue(${task}, ${json({ tenantId: tx.tenantId, ...payload })}::json, ${options.key}, ${runAt}, ${options.queue ?? null}, 5, 'preserve_run_at')`)
}

/** Reads what changed in the PSA, or all of it, one run per connection at a time. */
export function enqueueSync(
  tx: Tx,
  connectionId: string,
  { full = false, inMs }: { full?: boolean; inMs?: number } = {},
): Promise<void> {
  const options = { key: `sync:${full ? 'full:' : ''}${connectionId}`, queue: syncQueue(connectionId) }
  return enqueue(tx, 'sync', { connectionId, full }, inMs === undefined ? options : { ...options, inMs })
}

/** The nightly round reads the PSA too, so it takes its turn among the syncs. */
export async function enqueueNightly(tx: Tx, on: PlainDate): Promise<void> {
  const psa = await loadConnection(tx, 'psa')
  const queue = psa === undefined ? `nightly:${tx.tenantId}` : syncQueue(psa.id)
  await enqueue(tx, 'nightly', { on }, { key: `nightly:${tx.tenantId}:${on}`, queue })
}

const syncQueue = (connectionId: string) => `sync:${connectionId}`

/** Reads balance transactions and payouts soon: a few seconds later, so that a burst of payments is read once. */
export function enqueueSettle(tx: Tx): Promise<void> {
  return enqueue(tx, 'settle', {}, { key: `settle:${tx.tenantId}`, queue: `settle:${tx.tenantId}`, inMs: 2_000 })
}

/** Looks soon at what is to be charged by itself: a notice counts from the day it goes out. */
export function enqueueAutopay(tx: Tx): Promise<void> {
  return enqueue(tx, 'plan-autopay', {}, { key: `autopay:${tx.tenantId}`, queue: `autopay:${tx.tenantId}` })
}

/**
 * Puts in the queue whatever is due by the clock: sync, settling, sweeping, sealing, and the nightly round, which is
 * announced once per tenant and date however often this runs, and caught up when the process slept over midnight.
 */
export async function tick(): Promise<void> {
  // One whose clock cannot be read keeps nobody else waiting.
  for (const tenantId of await allTenantIds())
    await withTenant(tenantId, tickTenant).catch((error: unknown) =>
      log.error({ tenantId, error }, 'clock.tick_failed'),
    )
}

async function tickTenant(tx: Tx): Promise<void> {
  const { timeZone } = await getTenant(tx)
  const at = now()
  const due = await tx.rows<{ id: string; kind: string; ranAt: Date | null }>(sql`
    select c.id, c.kind, max(coalesce(s.finished_at, s.started_at)) as ran_at
    from connections c left join sync_streams s on s.tenant_id = c.tenant_id and s.connection_id = c.id
    where c.tenant_id = ${tx.tenantId} and c.state = 'connected' group by c.id, c.kind`)
  for (const { id, kind, ranAt } of due) {
    // The first run was announced when it was connected.
    if (kind === 'psa' && ranAt !== null && at.getTime() - ranAt.getTime() >= syncEveryMs) await enqueueSync(tx, id)
    if (kind === 'payments') {
      await enqueue(tx, 'sweep', {}, { key: `sweep:${tx.tenantId}`, queue: `sweep:${tx.tenantId}` })
      await enqueueAutopay(tx)
      await enqueue(tx, 'run-scheduled', {}, { key: `scheduled:${tx.tenantId}` })
      if (await isSettleDue(tx, at)) await enqueueSettle(tx)
    }
  }
  await enqueueDueTries(tx)
  await enqueue(tx, 'seal', {}, { key: `seal:${tx.tenantId}`, queue: `seal:${tx.tenantId}` })
  await announce(tx, { kind: 'clock.nightly', on: todayIn(timeZone, at) }, todayIn(timeZone, at))
}

async function isSettleDue(tx: Tx, at: Date): Promise<boolean> {
  const last = await tx.row<{ at: Date }>(
    sql`select at from tie_outs where tenant_id = ${tx.tenantId} order by at desc limit 1`,
  )
  return last === undefined || at.getTime() - last.at.getTime() >= settleEveryMs
}
