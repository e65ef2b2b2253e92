import 'server-only'
import { withTenant } from '@/lib/base/db'
import { json, sql } from '@/lib/base/sql'
import { audit } from './audit'
import type { Settings } from './settings'

/** Replaces the MSP's switches, and writes down who did. */
export async function saveTenantSettings(
  tenantId: string,
  by: { kind: string; id?: string },
  { settings }: { settings: Settings },
): Promise<void> {
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`update tenants set settings = ${json(settings)} where id = ${tx.tenantId}`)
    await audit(tx, by, 'settings.saved', { kind: 'tenant', id: tenantId }, settings)
  })
}
