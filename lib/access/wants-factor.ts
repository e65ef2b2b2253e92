import { type Sql, sql } from '@/lib/base/sql'

/** Whether a member of staff has a second factor. @param staffId an expression of type uuid */
export function hasFactor(tenantId: string, staffId: Sql): Sql {
  return sql`
    exists (select from passkeys k where k.tenant_id = ${tenantId} and k.audience = 'staff' and k.person_id = ${staffId} and k.removed_at is null)
    or exists (select from code_apps a where a.tenant_id = ${tenantId} and a.staff_id = ${staffId} and a.confirmed_at is not null and a.removed_at is null)`
}

/** The same, or that the MSP wants one of all its staff. */
export function wantsFactor(tenantId: string, staffId: Sql): Sql {
  return sql`${hasFactor(tenantId, staffId)}
    or exists (select from tenants t where t.id = ${tenantId} and (t.settings ->> 'requireSecondFactor')::boolean)`
}
