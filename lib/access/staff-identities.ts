import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { findStaffByEmail, findStaffByIdentity } from '@/lib/tenancy/across-tenants'
import { audit } from '@/lib/tenancy/audit'
import { actorName } from './actor'
import type { Proven } from './directories'
import type { StaffActor } from './require-staff'

export type IdentityRow = { id: string; issuer: string; email: string; createdAt: Date; lastUsedAt: Date | null }
export type Membership = { tenantId: string; staffId: string }

/** Who one is in directories outside. */
export async function listIdentities(actor: StaffActor): Promise<IdentityRow[]> {
  return withTenant(actor.tenantId, (tx) =>
    tx.rows(sql`
      select id, issuer, email, created_at, last_used_at from staff_identities
      where tenant_id = ${tx.tenantId} and staff_id = ${actor.staffId} and removed_at is null order by id`),
  )
}

/** Signed in, and back from a directory: from now on that account signs in too. @returns false when it is a colleague's */
export async function addIdentity(actor: StaffActor, proven: Proven): Promise<boolean> {
  return withTenant(actor.tenantId, (tx) => link(tx, actor.staffId, proven, true))
}

/** Takes it away. It does not come back by its address either; only by being added again. */
export async function removeIdentity(actor: StaffActor, identityId: string): Promise<boolean> {
  return withTenant(actor.tenantId, async (tx) => {
    const removed = await tx.run(sql`
      update staff_identities set removed_at = ${now()}
      where tenant_id = ${tx.tenantId} and id = ${identityId} and staff_id = ${actor.staffId} and removed_at is null`)
    if (removed === 0) return false
    await audit(tx, actorName(actor), 'identity.removed', { kind: 'staff', id: actor.staffId })
    return true
  })
}

/**
 * The MSPs at which somebody works who came back from a directory: those that know the account, and, where the address is
 * proven, those that know the address; they know the account from then on.
 */
export async function membershipsOf(proven: Proven): Promise<Membership[]> {
  const { issuer, subject, email, isEmailProven } = proven
  const known = await findStaffByIdentity(issuer, subject)
  if (email === undefined || !isEmailProven) return known
  const byAddress = (await findStaffByEmail(email)).filter(
    ({ tenantId }) => !known.some((one) => one.tenantId === tenantId),
  )
  for (const member of byAddress)
    if (await withTenant(member.tenantId, (tx) => link(tx, member.staffId, proven, false))) known.push(member)
  return known
}

/** The account was used to sign in, in the transaction that opens the session. */
export async function markIdentityUsed(tx: Tx, { staffId }: Membership, proven: Proven): Promise<void> {
  await tx.run(sql`
    update staff_identities set last_used_at = ${now()}, email = ${proven.email ?? ''}
    where tenant_id = ${tx.tenantId} and staff_id = ${staffId} and issuer = ${proven.issuer} and subject = ${proven.subject}`)
}

/** One account is one person here. One that was removed comes back only at that person's own wish. */
async function link(tx: Tx, staffId: string, proven: Proven, isOwnWish: boolean): Promise<boolean> {
  const linked = await tx.row<{ id: string }>(sql`
    insert into staff_identities (tenant_id, staff_id, issuer, subject, email, created_at)
    values (${tx.tenantId}, ${staffId}, ${proven.issuer}, ${proven.subject}, ${proven.email ?? ''}, ${now()})
    on conflict (tenant_id, issuer, subject) do update set staff_id = excluded.staff_id, email = excluded.email, created_at = excluded.created_at, removed_at = null
      where ${isOwnWish} and (staff_identities.removed_at is not null or staff_identities.staff_id = excluded.staff_id)
    returning id`)
  if (linked === undefined) return false
  await audit(tx, { kind: 'staff', id: staffId }, 'identity.added', { kind: 'staff', id: staffId })
  return true
}
