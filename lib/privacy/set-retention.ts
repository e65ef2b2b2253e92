import 'server-only'
import { actorName } from '@/lib/access/actor'
import type { StaffActor } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { json, sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { changes } from '@/lib/tenancy/changes'
import { getTenant } from '@/lib/tenancy/queries'
import type { Retention } from '@/lib/tenancy/retention'

/**
 * How long what names a person is kept from now on; the next night goes by it, and what it takes away does not come back.
 * So it is an owner’s to decide. @returns whether it was
 */
export async function setRetention(actor: StaffActor, retention: Retention): Promise<boolean> {
  if (actor.role !== 'owner') return false
  await withTenant(actor.tenantId, async (tx) => {
    await tx.run(sql`select 1 from tenants where id = ${tx.tenantId} for update`)
    const { settings } = await getTenant(tx)
    await tx.run(sql`
      update tenants set settings = settings || jsonb_build_object('retention', ${json(retention)}::jsonb) where id = ${tx.tenantId}`)
    const change = changes(settings.retention, retention)
    await audit(tx, actorName(actor), 'retention.set', { kind: 'tenant', id: tx.tenantId }, change)
  })
  return true
}
