import 'server-only'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'

/**
 * Ends what nobody decided on in time. Until this runs it cannot be approved either: the time is read there too.
 * @returns how many
 */
export async function expireApprovals(tenantId: string): Promise<number> {
  return withTenant(tenantId, async (tx) => {
    const ended = await tx.rows<{ id: string; attemptId: string | null }>(sql`
      update approvals set state = 'expired', decided_at = ${now()}
      where tenant_id = ${tx.tenantId} and state = 'waiting' and expires_at <= ${now()} returning id, attempt_id`)
    for (const { id, attemptId } of ended)
      await audit(
        tx,
        { kind: 'system', id: 'nightly' },
        'approval.expired',
        attemptId === null ? { kind: 'tenant', id: tx.tenantId } : { kind: 'attempt', id: attemptId },
        { approvalId: id },
      )
    return ended.length
  })
}
