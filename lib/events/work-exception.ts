import 'server-only'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'

/** A member of staff takes an open exception; it is theirs until it is closed. */
export async function ownException(tenantId: string, staffId: string, id: string): Promise<void> {
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      update exceptions set owner_id = ${staffId} where tenant_id = ${tx.tenantId} and id = ${id} and closed_at is null`),
  )
}

/** A person says it is dealt with; the row keeps who and when. What still holds is raised again by whoever finds it. */
export async function doneWithException(tenantId: string, staffId: string, id: string): Promise<void> {
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      update exceptions set closed_at = ${now()}, closed_by = ${staffId}, owner_id = coalesce(owner_id, ${staffId})
      where tenant_id = ${tx.tenantId} and id = ${id} and closed_at is null`),
  )
}
