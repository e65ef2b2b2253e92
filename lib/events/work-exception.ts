import 'server-only'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'

/** A member of staff takes an open exception; it is theirs until it is closed. */
export async function ownException(tenantId: string, staffId: string, id: string): Promise<void> {
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      update exceptions set owner_id = ${staffId} where tenant_id = ${tx.tenantId} and id = ${id} and closed_at is null`),
  )
}

/** A person says it is dealt with. What still holds is raised again by whoever finds it. */
export async function doneWithException(tenantId: string, staffId: string, id: string): Promise<void> {
  await withTenant(tenantId, async (tx) => {
    const closed = await tx.row<{ cause: string; subjectId: string }>(sql`
      update exceptions set closed_at = ${now()}, closed_by = ${staffId}, owner_id = coalesce(owner_id, ${staffId})
      where tenant_id = ${tx.tenantId} and id = ${id} and closed_at is null returning cause, subject_id`)
    if (closed === undefined) return
    const subject = { kind: 'exception', id }
    await audit(tx, { kind: 'staff', id: staffId }, 'exception.closed', subject, closed)
  })
}
