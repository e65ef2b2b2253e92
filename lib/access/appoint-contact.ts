import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId, newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { audit } from '@/lib/tenancy/audit'
import { actorName, mayManage } from './actor'
import { type ContactRole, endContactSessions, lockOwners } from './people'
import type { StaffActor } from './require-staff'

/** Whether somebody comes into the portal, and if not, why. */
export type PortalStanding = 'in' | 'no-address' | 'gone' | 'taken-out'

/** A client's contact, as the MSP sees them beside its portal. */
export type PortalContact = {
  id: string
  name: string
  email: string | null
  role: ContactRole
  standing: PortalStanding
  lastSeenAt: Date | null
}

export type AppointAnswer =
  | { ok: true }
  /** `taken-out`: by an owner of theirs, who is the one to let them in again. `last-owner`: somebody has to be one. */
  | { ok: false; because: Exclude<PortalStanding, 'in'> | 'unknown' | 'last-owner' }

/** Why somebody does not come in: whoever left in the PSA has left, with or without an address. */
const standing = sql`case when p.gone_at is not null then 'gone' when p.email is null then 'no-address'
  when p.removed_at is not null then 'taken-out' else 'in' end`

/** A client's contacts by role and name. Who left in the PSA is named only while they would have a say if they came back. */
export async function listPortalContacts(actor: StaffActor, clientId: string): Promise<PortalContact[]> {
  return withTenant(actor.tenantId, (tx) =>
    tx.rows<PortalContact>(sql`
      select p.id, p.name, p.email, p.role, ${standing} as standing,
        (select max(last_seen_at) from sessions x where x.tenant_id = p.tenant_id and x.audience = 'contact' and x.person_id = p.id) as last_seen_at
      from contacts p
      where p.tenant_id = ${tx.tenantId} and p.client_id = ${clientId} and p.erased_at is null
        and (p.gone_at is null or p.role <> 'viewer')
      order by array_position(array['owner', 'payer', 'viewer'], p.role), p.name, p.id`),
  )
}

/**
 * Gives a client's contact their role in its portal, for a client that cannot do it itself: nobody there is an owner, or
 * its owner asks by voice. Sessions of theirs end with it, and a mail tells them who did it. Whom an owner of theirs took out is let in again only where no
 * owner is left to decide it.
 * @throws Fault forbidden for whoever may not manage
 */
export async function appointContact(
  actor: StaffActor,
  { clientId, contactId, role }: { clientId: string; contactId: string; role: ContactRole },
): Promise<AppointAnswer> {
  if (!mayManage(actor)) throw new Fault('forbidden', 'Viewers change nothing')
  if (!isId(clientId) || !isId(contactId)) return { ok: false, because: 'unknown' }
  return withTenant(actor.tenantId, async (tx): Promise<AppointAnswer> => {
    const owners = await lockOwners(tx, clientId)
    const person = await lockContact(tx, clientId, contactId)
    const because = refusal(person, owners, contactId, role)
    if (because !== undefined) return { ok: false, because }
    if (person === undefined || (person.role === role && person.standing === 'in')) return { ok: true }
    await tx.run(sql`
      update contacts set role = ${role}, role_set_at = ${now()}, removed_at = null
      where tenant_id = ${tx.tenantId} and id = ${contactId}`)
    await endContactSessions(tx, contactId)
    const detail = {
      before: { role: person.role, standing: person.standing },
      after: { role, standing: 'in' },
    }
    await audit(tx, actorName(actor), 'contact.role_changed', { kind: 'contact', id: contactId }, detail)
    const before = person.standing === 'in' ? { before: person.role } : {}
    const changed = { contactId, role, ...before, by: { kind: 'staff', id: actor.staffId } } as const
    const changeId = newId()
    await announce(tx, { kind: 'contact.role_changed', ...changed, changeId }, changeId)
    return { ok: true }
  })
}

type Locked = { role: ContactRole; standing: PortalStanding }

function refusal(
  person: Locked | undefined,
  owners: { id: string }[],
  contactId: string,
  role: ContactRole,
): Extract<AppointAnswer, { ok: false }>['because'] | undefined {
  if (person === undefined) return 'unknown'
  const isLeftAlone = person.standing === 'taken-out' && owners.length === 0
  if (person.standing !== 'in' && !isLeftAlone) return person.standing
  const isLastOwner = owners.length === 1 && owners[0]?.id === contactId
  return isLastOwner && role !== 'owner' ? 'last-owner' : undefined
}

function lockContact(tx: Tx, clientId: string, contactId: string): Promise<Locked | undefined> {
  return tx.row(sql`
    select p.role, ${standing} as standing from contacts p
    where p.tenant_id = ${tx.tenantId} and p.client_id = ${clientId} and p.id = ${contactId} and p.erased_at is null
    for update`)
}
