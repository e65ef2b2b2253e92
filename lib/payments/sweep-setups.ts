import 'server-only'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { log } from '@/lib/base/log'
import { sql } from '@/lib/base/sql'
import { type Gateway, GatewayFault } from './gateway'
import { openGateway } from './open-gateway'
import { failSetup } from './take-saved-method'
import { takeSetupNews } from './take-setup-news'

const minute = 60_000
const hour = 60 * minute

type Waiting = { id: string; setupIntentId: string | null; stateAt: Date }

/**
 * Ends every setup that waits by asking: one whose answer was lost is looked for among those Stripe made, one that
 * waits for its bank is asked after. What was left half-way for a day, a bank's check or an agreement, is given up; small
 * deposits end by themselves.
 */
export async function sweepSetups(tenantId: string): Promise<void> {
  const isWaiting = await withTenant(tenantId, (tx) =>
    tx.row(sql`
      select 1 from setups where tenant_id = ${tx.tenantId} and attempt_id is null and state in ('asked', 'requires_action') limit 1`),
  )
  if (isWaiting === undefined) return
  const gateway = await withTenant(tenantId, openGateway)
  const waiting = await withTenant(tenantId, (tx) =>
    tx.rows<Waiting>(sql`
      select id, setup_intent_id, state_at from setups
      where tenant_id = ${tx.tenantId} and account = ${gateway.account} and attempt_id is null and state in ('asked', 'requires_action')
        and state_at < ${ago(2 * minute)} order by state_at limit 100`),
  )
  const hasRead = await orUnanswered(tenantId, () => findLost(gateway, tenantId, waiting))
  // One that Stripe does not answer for keeps no other waiting.
  for (const { setupIntentId } of waiting)
    if (setupIntentId !== null) await orUnanswered(tenantId, () => take(gateway, tenantId, setupIntentId))
  if (!hasRead) return
  await withTenant(tenantId, async (tx) => {
    const stale = await tx.rows<{ id: string }>(sql`
      select id from setups where tenant_id = ${tx.tenantId} and attempt_id is null and state = 'asked' and setup_intent_id is null
        and state_at < ${ago(15 * minute)}`)
    for (const { id } of stale) await failSetup(tx, { setupId: id }, 'never_arrived')
  })
}

/** @returns whether Stripe answered */
async function orUnanswered(tenantId: string, ask: () => Promise<void>): Promise<boolean> {
  try {
    await ask()
    return true
  } catch (error) {
    if (!(error instanceof GatewayFault)) throw error
    log.warn({ tenantId, outcome: error.outcome }, 'setup.sweep_unanswered')
    return false
  }
}

async function findLost(gateway: Gateway, tenantId: string, waiting: Waiting[]): Promise<void> {
  const lost = waiting.filter(({ setupIntentId }) => setupIntentId === null)
  const [oldest] = lost
  if (oldest === undefined) return
  const ids = new Set(lost.map(({ id }) => id))
  for await (const news of gateway.listSetups(new Date(oldest.stateAt.getTime() - 5 * minute)))
    if (news.setupId !== undefined && ids.has(news.setupId))
      await withTenant(tenantId, (tx) => takeSetupNews(tx, gateway.account, news))
}

async function take(gateway: Gateway, tenantId: string, setupIntentId: string): Promise<void> {
  const news = await gateway.retrieveSetup(setupIntentId)
  await withTenant(tenantId, async (tx) => {
    await takeSetupNews(tx, gateway.account, news)
    if (news.waitsFor === 'bank' || news.waitsFor === 'agreement')
      await tx.run(sql`
        update setups set state = 'failed', state_at = ${now()}, failure_reason = 'abandoned'
        where tenant_id = ${tx.tenantId} and id = ${news.setupId ?? null} and state in ('asked', 'requires_action') and state_at < ${ago(24 * hour)}`)
  })
}

function ago(ms: number): Date {
  return new Date(now().getTime() - ms)
}
