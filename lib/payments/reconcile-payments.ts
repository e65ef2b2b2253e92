import 'server-only'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { openGateway } from './open-gateway'
import { takeDisputeNews } from './take-dispute-news'
import { takeIntentNews } from './take-intent-news'
import { takeRefundNews } from './take-refund-news'

const overlapMs = 24 * 3_600_000

/**
 * Reads the payments, refunds and disputes themselves, as if no webhook had ever come: Stripe may lose one, delay one,
 * or in rare cases never make it. Each goes through the same funnel; what we know already changes nothing.
 */
export async function reconcilePayments(tenantId: string, since?: Date): Promise<void> {
  const gateway = await withTenant(tenantId, openGateway)
  const from = since ?? (await oldestOpen(tenantId))
  for await (const news of gateway.listIntents(from))
    await withTenant(tenantId, (tx) => takeIntentNews(tx, gateway.account, news))
  for await (const news of gateway.listRefunds(from)) await withTenant(tenantId, (tx) => takeRefundNews(tx, news))
  for await (const news of gateway.listDisputes(from)) await withTenant(tenantId, (tx) => takeDisputeNews(tx, news))
}

/** Far enough back to include every payment that may still change, and a day more. */
async function oldestOpen(tenantId: string): Promise<Date> {
  const row = await withTenant(tenantId, (tx) =>
    tx.row<{ oldest: Date | null }>(sql`
      select min(created_at) as oldest from attempts
      where tenant_id = ${tx.tenantId} and state in ('created', 'sent', 'requires_action', 'processing', 'unknown')`),
  )
  return new Date((row?.oldest ?? now()).getTime() - overlapMs)
}
