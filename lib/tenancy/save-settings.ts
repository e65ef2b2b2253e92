import 'server-only'
import { withTenant } from '@/lib/base/db'
import { json, sql } from '@/lib/base/sql'
import { audit } from './audit'
import type { Settings } from './settings'

/**
 * Replaces the MSP's switches, and writes down who did. Whether staff need a second factor is not among them: only an
 * owner changes that, and with a fresh proof of who they are (lib/access/require-factor.ts).
 */
export async function saveTenantSettings(
  tenantId: string,
  by: { kind: string; id?: string },
  { settings }: { settings: Omit<Settings, 'requireSecondFactor'> },
): Promise<void> {
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      update tenants set settings = ${json(settings)}::jsonb || jsonb_build_object('requireSecondFactor', coalesce(settings -> 'requireSecondFactor', 'false'))
      where id = ${tx.tenantId}`)
    await audit(tx, by, 'settings.saved', { kind: 'tenant', id: tenantId }, settings)
  })
}
