import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { SetupNews } from './gateway'
import { failSetup, takeSavedMethod } from './take-saved-method'
import { lockWished } from './wished-schedule'

/**
 * The one place where a setup moves on: browser return, webhook and sweeper end here, with the SetupIntent as it stands
 * at Stripe. Told twice, or late, it changes nothing more.
 */
export async function takeSetupNews(tx: Tx, account: string, news: SetupNews): Promise<void> {
  if (news.setupId === undefined) return
  if (news.status === 'succeeded') await lockWished(tx, news.setupId)
  const setup = await tx.row<{ id: string; setupIntentId: string | null }>(sql`
    select id, setup_intent_id from setups
    where tenant_id = ${tx.tenantId} and id = ${news.setupId} and account = ${account} and attempt_id is null for update`)
  if (setup === undefined || (setup.setupIntentId !== null && setup.setupIntentId !== news.setupIntentId)) return
  await tx.run(sql`
    update setups set setup_intent_id = ${news.setupIntentId}, label = coalesce(${news.method?.label ?? null}, label)
    where tenant_id = ${tx.tenantId} and id = ${setup.id}`)
  switch (news.status) {
    case 'succeeded':
      if (news.method !== undefined) await takeSavedMethod(tx, { setupId: setup.id }, news.method, news.mandateId)
      return
    case 'requires_action':
      await tx.run(sql`
        update setups set state = 'requires_action', state_at = ${now()}
        where tenant_id = ${tx.tenantId} and id = ${setup.id} and state = 'asked'`)
      return
    case 'failed':
      return failSetup(tx, { setupId: setup.id }, news.failure?.code ?? 'canceled')
    case 'other':
      return
  }
}
