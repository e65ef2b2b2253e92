import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { type Sql, sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { actorName } from './actor'
import { contactMayEnter } from './contact-may-enter'
import type { ContactActor } from './require-contact'
import { openSessionFor, sessionLimits, type Where } from './session'

/** A client whose portal a person may go on to without signing in again. */
export type OtherClient = { clientId: string; name: string }

/**
 * The other clients of the same MSP at which whoever is in this session may be somebody too: `client_id`, `contact_id`
 * and `name`, a row a client.
 *
 * What they have in common is a mailbox, so it must be proven, and by this session: the mailed link that opened it went
 * to that address. A passkey proves that somebody holds a device, not that they still read the mailbox; it opens the one
 * client it was made at, and no other. The person's address must be the proven one still: when the service desk corrects
 * it, the session stays theirs, and the clients of whoever has the new address do not become theirs.
 */
export function otherClients(tx: Tx, sessionId: string | undefined): Sql {
  return sql`
    select distinct on (p.client_id) p.client_id, p.id as contact_id, c.name
    from sessions s
    join contacts here on here.tenant_id = s.tenant_id and here.id = s.person_id and here.email = s.proven_email
    join contacts p on p.tenant_id = s.tenant_id and p.email = s.proven_email and p.client_id <> here.client_id and ${contactMayEnter}
    join clients c on c.tenant_id = p.tenant_id and c.id = p.client_id
    where s.tenant_id = ${tx.tenantId} and s.id = ${sessionId ?? null}::uuid and s.audience = 'contact' and s.revoked_at is null
    order by p.client_id, p.is_billing desc, p.id`
}

type Standing = { provenEmail: string | null; provedAt: Date | null; expiresAt: Date }

/**
 * Goes on to another client of the same MSP, as the contact with the same proven address there. The session ends and a
 * new one takes its place, in the role they have there: with a secret of its own, and no longer to live than the first
 * had, or whoever goes to and fro would never be asked who they are again. Of two presses at the same moment one finds a
 * session to end. @returns what goes into the cookie @throws Fault not-found for a client they may not go to, another
 * MSP's among them, and for a session that no longer stands
 */
export async function switchClient(actor: ContactActor, clientId: string, where: Where): Promise<string> {
  const { sessionId, contactId } = actor
  const nothing = new Fault('not-found', 'No such client')
  if (sessionId === undefined || !isId(clientId)) throw nothing
  return withTenant(actor.tenantId, async (tx) => {
    const [at, idleSince] = [now(), new Date(now().getTime() - sessionLimits.contact.idleMs)]
    const left = await tx.row<Standing>(sql`
      select s.proven_email, s.proved_at, s.expires_at
      from sessions s join contacts p on p.tenant_id = s.tenant_id and p.id = s.person_id and ${contactMayEnter} and p.role = s.role
      where s.tenant_id = ${tx.tenantId} and s.id = ${sessionId} and s.audience = 'contact' and s.person_id = ${contactId}
        and s.revoked_at is null and s.expires_at > ${at} and s.last_seen_at >= ${idleSince}
      for update of s`)
    const there = await tx.row<{ contactId: string }>(
      sql`select o.contact_id from (${otherClients(tx, sessionId)}) as o where o.client_id = ${clientId}`,
    )
    if (left === undefined || there === undefined) throw nothing
    const opened = await openSessionFor(tx, 'contact', there.contactId, where, left)
    await tx.run(sql`update sessions set revoked_at = ${at} where tenant_id = ${tx.tenantId} and id = ${sessionId}`)
    const arrived = { kind: 'contact', id: there.contactId, sessionId: opened.id }
    const here = { kind: 'client', id: actor.clientId } as const
    await audit(tx, actorName(actor), 'portal.switched_to', { kind: 'client', id: clientId }, { sessionId: opened.id })
    await audit(tx, arrived, 'portal.switched_from', here, { sessionId })
    return opened.cookie
  })
}
