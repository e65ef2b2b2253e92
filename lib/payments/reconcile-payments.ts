import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { sql } from '@/lib/base/sql'
import { openGateway } from './open-gateway'
import { takeDisputeNews } from './take-dispute-news'
import { takeIntentNews } from './take-intent-news'
import { takeRefundNews } from './take-refund-news'

const dayMs = 86_400_000
const stream = 'payments'
/** A refund that went through may still come back to Stripe for this long (Stripe, "Failed refunds"). */
const refundOpenDays = 30

/**
 * Reads the payments, refunds and disputes themselves, as if no webhook had ever come: Stripe may lose one, delay one,
 * or in rare cases never make it. Each goes through the same funnel; what we know already changes nothing.
 */
export async function reconcilePayments(tenantId: string, since?: Date): Promise<void> {
  const beganAt = now()
  const gateway = await withTenant(tenantId, openGateway)
  const from = since === undefined ? await oldestOpen(tenantId) : { intents: since, refunds: since, disputes: since }
  const troubles: unknown[] = []
  const takeEach = async <News>(list: AsyncIterable<News>, take: (tx: Tx, news: News) => Promise<unknown>) => {
    for await (const news of list)
      await withTenant(tenantId, (tx) => take(tx, news)).catch((error: unknown) => troubles.push(error))
  }
  await takeEach(gateway.listIntents(from.intents), (tx, news) => takeIntentNews(tx, gateway.account, news))
  await takeEach(gateway.listRefunds(from.refunds), takeRefundNews)
  await faultPoint('reconcile.read')
  await takeEach(gateway.listDisputes(from.disputes), takeDisputeNews)
  if (troubles.length === 0 && since === undefined) await withTenant(tenantId, (tx) => markRound(tx, beganAt))
  // One that cannot be taken keeps nobody from reading the others.
  if (troubles.length > 0)
    throw new AggregateError(troubles, `${troubles.length} of Stripe’s objects could not be taken`)
}

/** When the last round that read everything began. */
async function markRound(tx: Tx, beganAt: Date): Promise<void> {
  await tx.run(sql`
    insert into sync_streams (tenant_id, connection_id, stream, started_at, finished_at)
    select tenant_id, id, ${stream}, ${beganAt}, ${now()} from connections
    where tenant_id = ${tx.tenantId} and kind = 'payments' and state <> 'disconnected'
    on conflict (tenant_id, connection_id, stream) do update set started_at = excluded.started_at, finished_at = excluded.finished_at`)
}

/**
 * Far enough back to include everything that may still change, and everything since the last round that was done, and a
 * day more: Stripe lists by when a thing was made, not by when it changed.
 */
async function oldestOpen(tenantId: string): Promise<{ intents: Date; refunds: Date; disputes: Date }> {
  const refundsSince = new Date(now().getTime() - refundOpenDays * dayMs)
  const oldest = await withTenant(tenantId, (tx) =>
    tx.row<Record<'round' | 'attempt' | 'refund' | 'dispute', Date | null>>(sql`
      select
        (select coalesce(s.started_at, c.connected_at) from connections c
          left join sync_streams s on s.tenant_id = c.tenant_id and s.connection_id = c.id and s.stream = ${stream}
          where c.tenant_id = ${tx.tenantId} and c.kind = 'payments' and c.state <> 'disconnected') as round,
        (select min(created_at) from attempts
          where tenant_id = ${tx.tenantId} and state in ('created', 'sent', 'requires_action', 'processing', 'unknown')) as attempt,
        (select min(created_at) from refunds
          where tenant_id = ${tx.tenantId} and state in ('sent', 'unknown', 'pending', 'succeeded') and created_at > ${refundsSince}) as refund,
        (select min(opened_at) from disputes where tenant_id = ${tx.tenantId} and state = 'open') as dispute`),
  )
  const before = (...times: (Date | null | undefined)[]) =>
    new Date(Math.min(now().getTime(), ...times.flatMap((at) => at?.getTime() ?? [])) - dayMs)
  return {
    intents: before(oldest?.round, oldest?.attempt),
    refunds: before(oldest?.round, oldest?.refund),
    disputes: before(oldest?.round, oldest?.dispute),
  }
}
