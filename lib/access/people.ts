import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { isId, newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { audit } from '@/lib/tenancy/audit'
import { actorName } from './actor'
import { contactMayEnter } from './contact-may-enter'
import type { ContactActor, PortalReader } from './require-contact'

export const contactRoles = ['owner', 'payer', 'viewer'] as const
export type ContactRole = (typeof contactRoles)[number]

/** Somebody at a client who may come into its portal. */
export type ClientPerson = {
  id: string
  name: string
  email: string
  role: ContactRole
  isBilling: boolean
  lastSeenAt: Date | null
}

/** Who of the own company may come in, by name. */
export async function listPeople(actor: PortalReader): Promise<ClientPerson[]> {
  return withTenant(actor.tenantId, (tx) =>
    tx.rows<ClientPerson>(sql`
      select p.id, p.name, p.email, p.role, p.is_billing,
        (select max(last_seen_at) from sessions x where x.tenant_id = p.tenant_id and x.audience = 'contact' and x.person_id = p.id) as last_seen_at
      from contacts p
      where p.tenant_id = ${tx.tenantId} and p.client_id = ${actor.clientId} and p.email is not null and ${contactMayEnter}
      order by p.name, p.id`),
  )
}

export type PeopleAnswer =
  | { ok: true }
  /** `gone`: the MSP has this address down as having left. `last-owner`: somebody has to be one. */
  | { ok: false; because: 'not-owner' | 'already' | 'gone' | 'unknown' | 'last-owner' }

/**
 * Lets a colleague in. They get a mail, and sign in with their address. Who was taken out comes back as the same person;
 * whom the PSA says to have left does not come back this way.
 */
export async function invitePerson(
  actor: ContactActor,
  who: { email: string; name: string; role: ContactRole },
): Promise<PeopleAnswer> {
  return asOwner(actor, async (tx) => {
    const email = who.email.toLowerCase()
    const known = await tx.rows<{ id: string; isGone: boolean; mayEnter: boolean }>(sql`
      select p.id, p.gone_at is not null as is_gone, (${contactMayEnter}) as may_enter from contacts p
      where p.tenant_id = ${tx.tenantId} and p.client_id = ${actor.clientId} and p.email = ${email} order by p.id`)
    if (known.some(({ mayEnter }) => mayEnter)) return { ok: false, because: 'already' }
    const before = known.find(({ isGone }) => !isGone)
    if (before === undefined && known.length > 0) return { ok: false, because: 'gone' }
    const contactId = before?.id ?? newId()
    await tx.run(
      before === undefined
        ? sql`
          insert into contacts (tenant_id, id, client_id, name, email, is_billing, role, role_set_at, source_hash, source)
          values (${tx.tenantId}, ${contactId}, ${actor.clientId}, ${who.name}, ${email}, false, ${who.role}, ${now()}, '', ${json({})})`
        : sql`
          update contacts set removed_at = null, role = ${who.role}, role_set_at = ${now()}
          where tenant_id = ${tx.tenantId} and id = ${contactId}`,
    )
    await audit(tx, actorName(actor), 'contact.invited', { kind: 'contact', id: contactId }, { role: who.role })
    const invitationId = newId()
    await announce(tx, { kind: 'contact.invited', contactId, by: actor.contactId, invitationId }, invitationId)
    return { ok: true }
  })
}

/** Their sessions end with it: they sign in anew, in the new role. A mail tells them who did it. */
export async function changePersonsRole(
  actor: ContactActor,
  contactId: string,
  role: ContactRole,
): Promise<PeopleAnswer> {
  return onPerson(actor, contactId, async (tx, person) => {
    if (person.role === role) return { ok: true }
    if (person.isLastOwner) return { ok: false, because: 'last-owner' }
    await tx.run(sql`
      update contacts set role = ${role}, role_set_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${contactId}`)
    await endContactSessions(tx, contactId)
    const detail = { before: { role: person.role }, after: { role } }
    await audit(tx, actorName(actor), 'contact.role_changed', { kind: 'contact', id: contactId }, detail)
    const changed = { contactId, role, before: person.role, by: { kind: 'contact', id: actor.contactId } } as const
    const changeId = newId()
    await announce(tx, { kind: 'contact.role_changed', ...changed, changeId }, changeId)
    return { ok: true }
  })
}

/** They are out at once, everywhere. What they did stays under their name, and in the PSA they stay who they are. */
export async function removePerson(actor: ContactActor, contactId: string): Promise<PeopleAnswer> {
  return onPerson(actor, contactId, async (tx, person) => {
    if (person.isLastOwner) return { ok: false, because: 'last-owner' }
    await tx.run(sql`update contacts set removed_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${contactId}`)
    await endContactSessions(tx, contactId)
    await audit(tx, actorName(actor), 'contact.removed', { kind: 'contact', id: contactId })
    return { ok: true }
  })
}

async function onPerson(
  actor: ContactActor,
  contactId: string,
  act: (tx: Tx, person: { role: ContactRole; isLastOwner: boolean }) => Promise<PeopleAnswer>,
): Promise<PeopleAnswer> {
  return asOwner(actor, async (tx, owners) => {
    const person = isId(contactId) ? await lockPerson(tx, actor.clientId, contactId) : undefined
    if (person === undefined) return { ok: false, because: 'unknown' }
    return act(tx, { role: person.role, isLastOwner: owners.length === 1 && owners[0]?.id === contactId })
  })
}

/** With the owners locked, two of them cannot remove each other at the same moment, or invite one person twice. */
async function asOwner(
  actor: ContactActor,
  act: (tx: Tx, owners: { id: string }[]) => Promise<PeopleAnswer>,
): Promise<PeopleAnswer> {
  if (actor.role !== 'owner') return { ok: false, because: 'not-owner' }
  return withTenant(actor.tenantId, async (tx): Promise<PeopleAnswer> => {
    const owners = await lockOwners(tx, actor.clientId)
    // The role may have been taken from whoever asks while the locks were waited for.
    return owners.some(({ id }) => id === actor.contactId) ? act(tx, owners) : { ok: false, because: 'not-owner' }
  })
}

/** The client's owners who may come in. Whoever else changes roles there waits until this transaction ends. */
export function lockOwners(tx: Tx, clientId: string): Promise<{ id: string }[]> {
  return tx.rows(sql`
    select p.id from contacts p
    where p.tenant_id = ${tx.tenantId} and p.client_id = ${clientId} and p.role = 'owner' and p.email is not null and ${contactMayEnter}
    order by p.id for update`)
}

/** Only those whom the list shows: nobody of another client, and nobody without an address. */
function lockPerson(tx: Tx, clientId: string, contactId: string): Promise<{ role: ContactRole } | undefined> {
  return tx.row(sql`
    select p.role from contacts p
    where p.tenant_id = ${tx.tenantId} and p.client_id = ${clientId} and p.id = ${contactId} and p.email is not null and ${contactMayEnter}
    for update`)
}

export async function endContactSessions(tx: Tx, contactId: string): Promise<void> {
  await tx.run(sql`
    update sessions set revoked_at = ${now()}
    where tenant_id = ${tx.tenantId} and audience = 'contact' and person_id = ${contactId} and revoked_at is null`)
}
