import 'server-only'
import { withTenant } from '@/lib/base/db'
import { json, sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { actorName } from './actor'
import type { StaffActor } from './require-staff'

export type SecondPersonSet = { ok: true } | { ok: false; because: 'not-owner' | 'alone' }

/**
 * Above which amount, in minor units of the MSP's currency, a refund waits for a second person; undefined: none does.
 * Only an owner sets it, and only where somebody else is there to decide.
 */
export async function requireSecondPerson(actor: StaffActor, aboveMinor: number | undefined): Promise<SecondPersonSet> {
  if (actor.role !== 'owner') return { ok: false, because: 'not-owner' }
  return withTenant(actor.tenantId, async (tx): Promise<SecondPersonSet> => {
    const found = await tx.row<{ before: number | null; deciders: number }>(sql`
      select (settings -> 'secondPersonAboveMinor')::bigint::float8 as before,
        (select count(*)::int from staff s where s.tenant_id = t.id and s.disabled_at is null and s.role in ('owner', 'finance')) as deciders
      from tenants t where t.id = ${tx.tenantId} for update of t`)
    if (aboveMinor !== undefined && (found?.deciders ?? 0) < 2) return { ok: false, because: 'alone' }
    await tx.run(sql`
      update tenants set settings = (settings - 'secondPersonAboveMinor') || ${json(aboveMinor === undefined ? {} : { secondPersonAboveMinor: aboveMinor })}::jsonb
      where id = ${tx.tenantId}`)
    const detail = {
      before: { secondPersonAboveMinor: found?.before ?? null },
      after: { secondPersonAboveMinor: aboveMinor ?? null },
    }
    await audit(tx, actorName(actor), 'second_person.set', { kind: 'tenant', id: tx.tenantId }, detail)
    return { ok: true }
  })
}
