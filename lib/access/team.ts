import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { isId, newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { audit } from '@/lib/tenancy/audit'
import { actorName } from './actor'
import type { StaffActor } from './require-staff'
import { hasFactor } from './wants-factor'

export const staffRoles = ['owner', 'finance', 'viewer'] as const
export type StaffRole = (typeof staffRoles)[number]

export type Colleague = {
  id: string
  name: string
  email: string
  role: StaffRole
  hasFactor: boolean
  lastSeenAt: Date | null
}

/** Who works here, by name. Whoever was removed is left out. */
export async function listTeam(actor: StaffActor): Promise<Colleague[]> {
  return withTenant(actor.tenantId, (tx) =>
    tx.rows<Colleague>(sql`
      select s.id, s.name, s.email, s.role, (${hasFactor(tx.tenantId, sql`s.id`)}) as has_factor,
        (select max(last_seen_at) from sessions x where x.tenant_id = s.tenant_id and x.audience = 'staff' and x.person_id = s.id) as last_seen_at
      from staff s where s.tenant_id = ${tx.tenantId} and s.disabled_at is null order by s.name, s.id`),
  )
}

export type TeamAnswer =
  | { ok: true }
  /** `last-owner`: somebody has to be one. `self`: another owner does that. */
  | { ok: false; because: 'not-owner' | 'already' | 'unknown' | 'last-owner' | 'self' }

/** Lets somebody in. They get a mail, and sign in with their address; who was removed comes back as the same person. */
export async function inviteStaff(
  actor: StaffActor,
  who: { email: string; name: string; role: StaffRole },
): Promise<TeamAnswer> {
  if (actor.role !== 'owner') return { ok: false, because: 'not-owner' }
  return withTenant(actor.tenantId, async (tx): Promise<TeamAnswer> => {
    const made = await tx.row<{ id: string }>(sql`
      insert into staff (tenant_id, id, email, name, role) values (${tx.tenantId}, ${newId()}, ${who.email.toLowerCase()}, ${who.name}, ${who.role})
      on conflict (tenant_id, email) do update set name = excluded.name, role = excluded.role, disabled_at = null
        where staff.disabled_at is not null
      returning id`)
    if (made === undefined) return { ok: false, because: 'already' }
    await audit(tx, actorName(actor), 'staff.invited', { kind: 'staff', id: made.id }, { role: who.role })
    const invitationId = newId()
    await announce(tx, { kind: 'staff.invited', staffId: made.id, by: actor.staffId, invitationId }, invitationId)
    return { ok: true }
  })
}

/** Their sessions end with it: they sign in anew, in the new role. */
export async function changeRole(actor: StaffActor, staffId: string, role: StaffRole): Promise<TeamAnswer> {
  return asOwner(actor, staffId, async (tx, colleague) => {
    if (colleague.role === 'owner' && role !== 'owner' && colleague.isLastOwner)
      return { ok: false, because: 'last-owner' }
    await tx.run(sql`update staff set role = ${role} where tenant_id = ${tx.tenantId} and id = ${staffId}`)
    const detail = { before: { role: colleague.role }, after: { role } }
    await audit(tx, actorName(actor), 'staff.role_changed', { kind: 'staff', id: staffId }, detail)
    return { ok: true }
  })
}

/** They are out at once, everywhere. What they did stays under their name. */
export async function removeStaff(actor: StaffActor, staffId: string): Promise<TeamAnswer> {
  return asOwner(actor, staffId, async (tx, colleague) => {
    if (colleague.isLastOwner) return { ok: false, because: 'last-owner' }
    await tx.run(sql`update staff set disabled_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${staffId}`)
    await endSessions(tx, staffId)
    await audit(tx, actorName(actor), 'staff.removed', { kind: 'staff', id: staffId })
    return { ok: true }
  })
}

/** For a colleague who has lost device and recovery codes. Nobody does it for themselves: that would be a way round it. */
export async function resetFactors(actor: StaffActor, staffId: string): Promise<TeamAnswer> {
  if (staffId === actor.staffId) return { ok: false, because: 'self' }
  return asOwner(actor, staffId, async (tx) => {
    const at = now()
    await tx.run(sql`
      update passkeys set removed_at = ${at} where tenant_id = ${tx.tenantId} and audience = 'staff' and person_id = ${staffId} and removed_at is null`)
    await tx.run(sql`
      update code_apps set removed_at = ${at} where tenant_id = ${tx.tenantId} and staff_id = ${staffId} and removed_at is null`)
    await tx.run(sql`
      update recovery_codes set replaced_at = ${at} where tenant_id = ${tx.tenantId} and staff_id = ${staffId} and used_at is null and replaced_at is null`)
    await endSessions(tx, staffId)
    await audit(tx, actorName(actor), 'factor.reset', { kind: 'staff', id: staffId })
    return { ok: true }
  })
}

type Found = { role: StaffRole; isLastOwner: boolean }

/** All owners are locked, so that two of them cannot remove each other at the same moment. */
async function asOwner(
  actor: StaffActor,
  staffId: string,
  act: (tx: Tx, colleague: Found) => Promise<TeamAnswer>,
): Promise<TeamAnswer> {
  if (actor.role !== 'owner') return { ok: false, because: 'not-owner' }
  if (!isId(staffId)) return { ok: false, because: 'unknown' }
  return withTenant(actor.tenantId, async (tx): Promise<TeamAnswer> => {
    const people = await tx.rows<{ id: string; role: StaffRole }>(sql`
      select id, role from staff
      where tenant_id = ${tx.tenantId} and disabled_at is null and (role = 'owner' or id = ${staffId}) order by id for update`)
    const owners = people.filter(({ role }) => role === 'owner')
    // The role may have been taken from whoever asks while the locks were waited for.
    if (!owners.some(({ id }) => id === actor.staffId)) return { ok: false, because: 'not-owner' }
    const colleague = people.find(({ id }) => id === staffId)
    if (colleague === undefined) return { ok: false, because: 'unknown' }
    return act(tx, { role: colleague.role, isLastOwner: colleague.role === 'owner' && owners.length === 1 })
  })
}

async function endSessions(tx: Tx, staffId: string): Promise<void> {
  await tx.run(sql`
    update sessions set revoked_at = ${now()}
    where tenant_id = ${tx.tenantId} and audience = 'staff' and person_id = ${staffId} and revoked_at is null`)
}
