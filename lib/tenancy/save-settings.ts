import 'server-only'
import { withTenant } from '@/lib/base/db'
import { json, sql } from '@/lib/base/sql'
import { audit } from './audit'
import type { AuditBy } from './audit-actions'
import { changes } from './changes'
import type { Settings } from './settings'

/**
 * What only an owner changes, with a fresh proof of who they are: lib/access/require-factor.ts, require-second-person.ts,
 * lib/privacy/set-retention.ts.
 */
const ownersOnly = ['requireSecondFactor', 'secondPersonAboveMinor', 'retention'] as const

/** Replaces the MSP's switches, except what only an owner changes, and writes down who did. */
export async function saveTenantSettings(
  tenantId: string,
  by: AuditBy,
  { settings }: { settings: Omit<Settings, (typeof ownersOnly)[number]> },
): Promise<void> {
  await withTenant(tenantId, async (tx) => {
    const row = await tx.row<{ settings: object }>(
      sql`select settings from tenants where id = ${tx.tenantId} for update`,
    )
    const old = Object.entries(row?.settings ?? {})
    const isKept = ([name]: [string, unknown]) => ownersOnly.some((one) => one === name)
    const made = { ...settings, ...Object.fromEntries(old.filter(isKept)) }
    await tx.run(sql`update tenants set settings = ${json(made)} where id = ${tx.tenantId}`)
    const change = changes(Object.fromEntries(old), made)
    await audit(tx, by, 'settings.saved', { kind: 'tenant', id: tenantId }, change)
  })
}
