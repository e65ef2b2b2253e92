import 'server-only'
import { withTenant } from '@/lib/base/db'
import { log } from '@/lib/base/log'
import { sql } from '@/lib/base/sql'
import { endScheduled } from '@/lib/payments/change-scheduled'
import { decideDue } from '@/lib/payments/decide-due'
import { creditGone } from '@/lib/payments/scheduled'

/**
 * Withdraws what was announced with credit that has been used elsewhere since, so that it is announced again at once
 * with what is charged now, and its notice is as long as was promised. Safe to run at any time and twice at once.
 */
export async function withdrawUnfunded(tenantId: string): Promise<void> {
  const waiting = await withTenant(tenantId, (tx) =>
    tx.rows<{ id: string }>(sql`
      select id from scheduled_payments
      where tenant_id = ${tx.tenantId} and state = 'scheduled' and origin = 'autopay' and credit_minor > 0 order by id limit 500`),
  )
  for (const { id } of waiting) {
    try {
      await withTenant(tenantId, async (tx) => {
        const decided = await decideDue(tx, id)
        if (decided?.decision.do === 'announce-again') await endScheduled(tx, id, 'canceled', creditGone)
      })
    } catch (error) {
      // One that cannot be looked at keeps no other waiting; it is looked at again at the next tick.
      log.error({ tenantId, scheduleId: id, error }, 'autopay.failed_to_withdraw')
    }
  }
}
