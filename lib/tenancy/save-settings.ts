import 'server-only'
import { withTenant } from '@/lib/base/db'
import { json, sql } from '@/lib/base/sql'
import { audit } from './audit'
import type { AuditBy } from './audit-actions'
import { changes } from './changes'
import type { Settings } from './settings'

/**
 * Replaces the MSP's switches, and writes down who did. Whether staff need a second factor is not among them: only an
 * owner changes that, and with a fresh proof of who they are (lib/access/require-factor.ts).
 */
export async function saveTenantSettings(
  tenantId: string,
  by: AuditBy,
  { settings }: { settings: Omit<Settings, 'requireSecondFactor'> },
): Promise<void> {
  await withTenant(tenantId, async (tx) => {
    const old = await tx.row<{ settings: object }>(
      sql`select settings from tenants where id = ${tx.tenantId} for update`,
    )
    await tx.run(sql`
      update tenants set settings = ${json(settings)}::jsonb || jsonb_build_object('requireSecondFactor', coalesce(settings -> 'requireSecondFactor', 'false'))
      where id = ${tx.tenantId}`)
    // The second factor is not among what was asked for, and did not change.
    const { requireSecondFactor: _, ...before } = { requireSecondFactor: null, ...old?.settings }
    await audit(tx, by, 'settings.saved', { kind: 'tenant', id: tenantId }, changes(before, settings))
  })
}
