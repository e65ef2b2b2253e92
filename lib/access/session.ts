import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { hashToken, isId, newId, newToken } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import type { Actor } from './actor'
import { contactMayEnter } from './contact-may-enter'
import { wantsFactor } from './wants-factor'

type StaffActor = Extract<Actor, { kind: 'staff' }>

const minuteMs = 60_000
/** Staff are signed out after an hour of doing nothing and twelve hours at most, contacts after a day and thirty. */
export const sessionLimits = {
  staff: { idleMs: 60 * minuteMs, lifeMs: 12 * 60 * minuteMs },
  contact: { idleMs: 24 * 60 * minuteMs, lifeMs: 30 * 24 * 60 * minuteMs },
} as const
export type Audience = keyof typeof sessionLimits

/** The browser a session is opened in, as it names itself, and the address it asks from. */
export type Where = { userAgent: string; address: string }

/**
 * Opens a session, always under a new id. One of staff who have a second factor, or whose MSP wants one of them, waits
 * for it and opens nothing until then (`prove.ts`). @returns what goes into the cookie: the tenant and a secret of which only a
 * hash is kept @throws Fault not-found for a person who may not sign in
 */
export async function openSession(tx: Tx, audience: Audience, personId: string, where?: Where): Promise<string> {
  return (await openSessionFor(tx, audience, personId, where)).cookie
}

/**
 * What a session rests on. `provenEmail`: the address whose mailed link opened it. The instants are those of the session
 * that it takes the place of; absent, it was opened by a proof of just now, and lives as long as one may.
 */
export type Grounds = { provenEmail: string | null; provedAt?: Date | null; expiresAt?: Date }

/** The same, and whether the session waits for a second factor. */
export async function openSessionFor(
  tx: Tx,
  audience: Audience,
  personId: string,
  where: Where = { userAgent: '', address: '' },
  grounds: Grounds = { provenEmail: null },
): Promise<{ id: string; cookie: string; isWaiting: boolean }> {
  const [id, token, at] = [newId(), newToken(), now()]
  const { provenEmail, provedAt = at, expiresAt = new Date(at.getTime() + sessionLimits[audience].lifeMs) } = grounds
  const person =
    audience === 'staff'
      ? sql`select role, (${wantsFactor(tx.tenantId, sql`${personId}::uuid`)}) as is_waiting from staff where tenant_id = ${tx.tenantId} and id = ${personId} and disabled_at is null`
      : sql`select role, false as is_waiting from contacts p where p.tenant_id = ${tx.tenantId} and p.id = ${personId} and ${contactMayEnter}`
  const opened = await tx.row<{ isWaiting: boolean }>(sql`
    insert into sessions (tenant_id, id, audience, person_id, role, token_hash, user_agent, address, created_at, last_seen_at, expires_at, is_waiting, proved_at, proven_email)
    select ${tx.tenantId}::uuid, ${id}::uuid, ${audience}, ${personId}::uuid, person.role, ${hashToken(token)}, ${where.userAgent.slice(0, 300)}, ${where.address}, ${at}, ${at}, ${expiresAt}::timestamptz,
      person.is_waiting, case when person.is_waiting then null else ${provedAt}::timestamptz end, ${provenEmail}
    from (${person}) as person
    returning is_waiting`)
  if (opened === undefined) throw new Fault('not-found', 'Nobody who may sign in')
  await audit(tx, { kind: audience, id: personId, sessionId: id }, 'session.opened', { kind: 'session', id })
  return { id, cookie: `${tx.tenantId}.${token}`, isWaiting: opened.isWaiting }
}

type Found = {
  id: string
  personId: string
  lastSeenAt: Date
  role: string
  clientId: string | null
  isWaiting: boolean
  provedAt: Date | null
}

/**
 * Who is behind a cookie, if the session stands, the person still may, and in the role it was opened with: with another
 * one they sign in anew. One statement, and a second once a minute.
 */
export async function readSession(audience: Audience, cookie: string): Promise<Actor | undefined> {
  const found = await find(audience, cookie)
  return found === undefined || found.isWaiting ? undefined : found.actor
}

/** Who signed in by mail and has yet to show the second factor. They may do that, and nothing else. */
export async function readWaitingSession(cookie: string): Promise<StaffActor | undefined> {
  const found = await find('staff', cookie)
  return found?.isWaiting && found.actor.kind === 'staff' ? found.actor : undefined
}

async function find(audience: Audience, cookie: string): Promise<{ actor: Actor; isWaiting: boolean } | undefined> {
  const [tenantId = '', token = ''] = cookie.split('.')
  if (!isId(tenantId) || token.length !== 43) return undefined
  const at = now()
  return withTenant(tenantId, async (tx) => {
    const found = await tx.row<Found>(
      audience === 'staff'
        ? sql`select s.id, s.person_id, s.last_seen_at, p.role, null as client_id, s.is_waiting, s.proved_at
            from sessions s join staff p on p.tenant_id = s.tenant_id and p.id = s.person_id and p.disabled_at is null and p.role = s.role
            where s.tenant_id = ${tx.tenantId} and s.token_hash = ${hashToken(token)} and s.audience = 'staff' and s.revoked_at is null and s.expires_at > ${at}`
        : sql`select s.id, s.person_id, s.last_seen_at, p.role, p.client_id, s.is_waiting, s.proved_at
            from sessions s join contacts p on p.tenant_id = s.tenant_id and p.id = s.person_id and ${contactMayEnter} and p.role = s.role
            where s.tenant_id = ${tx.tenantId} and s.token_hash = ${hashToken(token)} and s.audience = 'contact' and s.revoked_at is null and s.expires_at > ${at}`,
    )
    if (found === undefined) return undefined
    const idleMs = at.getTime() - found.lastSeenAt.getTime()
    if (idleMs > sessionLimits[audience].idleMs) return undefined
    if (idleMs > minuteMs)
      await tx.run(sql`update sessions set last_seen_at = ${at} where tenant_id = ${tx.tenantId} and id = ${found.id}`)
    return { actor: toActor(tenantId, found), isWaiting: found.isWaiting }
  })
}

/** Signs out: the cookie opens nothing any more, here or wherever a copy of it is. */
export async function closeSession(cookie: string): Promise<void> {
  const [tenantId = '', token = ''] = cookie.split('.')
  if (!isId(tenantId)) return
  await withTenant(tenantId, async (tx) => {
    const closed = await tx.row<{ id: string; audience: Audience; personId: string }>(sql`
      update sessions set revoked_at = ${now()}
      where tenant_id = ${tx.tenantId} and token_hash = ${hashToken(token)} and revoked_at is null returning id, audience, person_id`)
    if (closed === undefined) return
    const { id, audience, personId } = closed
    await audit(tx, { kind: audience, id: personId, sessionId: id }, 'session.closed', { kind: 'session', id })
  })
}

function toActor(tenantId: string, { id: sessionId, personId, role, clientId, provedAt }: Found): Actor {
  if (clientId === null)
    return {
      ...{ kind: 'staff', tenantId, staffId: personId, sessionId, provedAt },
      role: role === 'owner' || role === 'finance' ? role : 'viewer',
    }
  return {
    ...{ kind: 'contact', tenantId, contactId: personId, clientId, sessionId },
    role: role === 'owner' || role === 'payer' ? role : 'viewer',
  }
}
