import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { openGateway } from './open-gateway'
import { takeDisputeNews } from './take-dispute-news'
import { takeIntentNews } from './take-intent-news'
import { takeRefundNews } from './take-refund-news'

const dayMs = 86_400_000
/** A refund that went through may still come back to Stripe for this long (Stripe, "Failed refunds"). */
const refundOpenDays = 30

/**
 * Reads the payments, refunds and disputes themselves, as if no webhook had ever come: Stripe may lose one, delay one,
 * or in rare cases never make it. Each goes through the same funnel; what we know already changes nothing.
 */
export async function reconcilePayments(tenantId: string, since?: Date): Promise<void> {
  const gateway = await withTenant(tenantId, openGateway)
  const from = since === undefined ? await oldestOpen(tenantId) : { intents: since, refunds: since, disputes: since }
  const troubles: unknown[] = []
  const takeEach = async <News>(list: AsyncIterable<News>, take: (tx: Tx, news: News) => Promise<unknown>) => {
    for await (const news of list)
      await withTenant(tenantId, (tx) => take(tx, news)).catch((error: unknown) => troubles.push(error))
  }
  await takeEach(gateway.listIntents(from.intents), (tx, news) => takeIntentNews(tx, gateway.account, news))
  await takeEach(gateway.listRefunds(from.refunds), takeRefundNews)
  await takeEach(gateway.listDisputes(from.disputes), takeDisputeNews)
  // One that cannot be taken keeps nobody from reading the others.
  if (troubles.length > 0)
    throw new AggregateError(troubles, `${troubles.length} of Stripe’s objects could not be taken`)
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
        coalesce((select max(received_at) from events where tenant_id = ${tx.tenantId} and kind = 'clock.nightly' and state = 'done'),
          (select connected_at from connections where tenant_id = ${tx.tenantId} and kind = 'payments' and state <> 'disconnected')) as round,
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
