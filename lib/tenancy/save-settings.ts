import 'server-only'
import { withTenant } from '@/lib/base/db'
import { json, sql } from '@/lib/base/sql'
import { audit } from './audit'
import type { Settings } from './settings'

/** Replaces the MSP's name and switches, and writes down who did. */
export async function saveTenantSettings(
  tenantId: string,
  by: { kind: string; id?: string },
  { name, settings }: { name: string; settings: Settings },
): Promise<void> {
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`update tenants set name = ${name}, settings = ${json(settings)} where id = ${tx.tenantId}`)
    await audit(tx, by, 'settings.saved', { kind: 'tenant', id: tenantId }, { name, ...settings })
  })
}
