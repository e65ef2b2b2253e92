import 'server-only'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { actorName } from './actor'
import type { StaffActor } from './require-staff'
import { hasFactor } from './wants-factor'

export type Required = { ok: true } | { ok: false; because: 'not-owner' | 'none-yourself' }

/**
 * Whether everybody who works at the MSP needs a second factor. Only an owner who has one turns it on, so that nobody
 * locks themselves out; who has none is signed out, and adds one when they come again.
 */
export async function requireFactorOfAll(actor: StaffActor, isOn: boolean): Promise<Required> {
  if (actor.role !== 'owner') return { ok: false, because: 'not-owner' }
  return withTenant(actor.tenantId, async (tx): Promise<Required> => {
    const own = await tx.row<{ has: boolean }>(
      sql`select (${hasFactor(tx.tenantId, sql`${actor.staffId}::uuid`)}) as has`,
    )
    if (isOn && own?.has !== true) return { ok: false, because: 'none-yourself' }
    await tx.run(sql`
      update tenants set settings = settings || jsonb_build_object('requireSecondFactor', ${isOn}::boolean) where id = ${tx.tenantId}`)
    if (isOn)
      await tx.run(sql`
        update sessions s set revoked_at = ${now()}
        where s.tenant_id = ${tx.tenantId} and s.audience = 'staff' and s.revoked_at is null and not (${hasFactor(tx.tenantId, sql`s.person_id`)})`)
    await audit(tx, actorName(actor), 'factor.required', { kind: 'tenant', id: tx.tenantId }, { isOn })
    return { ok: true }
  })
}
