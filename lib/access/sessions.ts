import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { type Actor, actorName } from './actor'
import { sessionLimits } from './session'

/** Whoever is signed in, at the MSP or at a client. */
export type Person = Extract<Actor, { kind: 'staff' | 'contact' }>

export type SessionRow = {
  id: string
  userAgent: string
  address: string
  createdAt: Date
  lastSeenAt: Date
  /** The one that asks. */
  isHere: boolean
}

/** Where a person is signed in, the present browser first. */
export async function listSessions(actor: Person): Promise<SessionRow[]> {
  const idleSince = new Date(now().getTime() - sessionLimits[actor.kind].idleMs)
  return withTenant(actor.tenantId, (tx) =>
    tx.rows<SessionRow>(sql`
      select s.id, s.user_agent, s.address, s.created_at, s.last_seen_at, s.id = ${actor.sessionId ?? null}::uuid as is_here
      from sessions s
      where s.tenant_id = ${tx.tenantId} and s.audience = ${actor.kind} and s.person_id = ${personIdOf(actor)} and s.role = ${actor.role}
        and s.revoked_at is null and not s.is_waiting and s.expires_at > ${now()} and s.last_seen_at >= ${idleSince}
      order by s.id = ${actor.sessionId ?? null}::uuid desc, s.last_seen_at desc, s.id desc`),
  )
}

/** Ends one of the person's own sessions. @returns whether there was one to end */
export async function revokeSession(actor: Person, sessionId: string): Promise<boolean> {
  if (!isId(sessionId)) return false
  return withTenant(actor.tenantId, async (tx) => {
    const ended = await tx.run(sql`
      update sessions set revoked_at = ${now()}
      where tenant_id = ${tx.tenantId} and id = ${sessionId} and audience = ${actor.kind} and person_id = ${personIdOf(actor)} and revoked_at is null`)
    if (ended > 0) await audit(tx, actorName(actor), 'session.revoked', { kind: 'session', id: sessionId })
    return ended > 0
  })
}

/**
 * Signs the person out everywhere, here too: of a client's people also what their address opened at the MSP's other
 * clients. Whoever took one of these sessions could come back here from there (`switch-client.ts`).
 */
export async function revokeOwnSessions(actor: Person): Promise<void> {
  await withTenant(actor.tenantId, (tx) => revokeSessionsOf(tx, actor.kind, personIdOf(actor), actor))
}

/** Ends every session of a person: they asked for it, or may no longer come in. */
async function revokeSessionsOf(tx: Tx, audience: Person['kind'], personId: string, by: Actor): Promise<void> {
  const count = await tx.run(sql`
    update sessions set revoked_at = ${now()}
    where tenant_id = ${tx.tenantId} and audience = ${audience} and revoked_at is null
      and (person_id = ${personId} or proven_email = (select p.email from contacts p where p.tenant_id = ${tx.tenantId} and p.id = ${personId}))`)
  await audit(tx, actorName(by), 'sessions.revoked', { kind: audience, id: personId }, { count })
}

export function personIdOf(actor: Person): string {
  return actor.kind === 'staff' ? actor.staffId : actor.contactId
}
