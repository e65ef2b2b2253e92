import 'server-only'
import { mayReadTrail } from '@/lib/access/actor'
import type { StaffActor } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'

/** Everybody who ever worked here, by name: those who were removed did things too. None for whoever may not read the trail. */
export async function listAuditPeople(
  actor: StaffActor,
): Promise<{ staffId: string; name: string; isHere: boolean }[]> {
  if (!mayReadTrail(actor)) return []
  return withTenant(actor.tenantId, (tx) =>
    tx.rows(sql`
      select s.id as staff_id, s.name, s.disabled_at is null as is_here from staff s where s.tenant_id = ${tx.tenantId} order by s.name, s.id`),
  )
}
