import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { hashToken, isId, newId, newToken } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import type { Actor } from './actor'

const minuteMs = 60_000
/** Staff are signed out after an hour of doing nothing and twelve hours at most, contacts after a day and thirty. */
const limits = {
  staff: { idleMs: 60 * minuteMs, lifeMs: 12 * 60 * minuteMs },
  contact: { idleMs: 24 * 60 * minuteMs, lifeMs: 30 * 24 * 60 * minuteMs },
} as const
export type Audience = keyof typeof limits

/** Opens a session. @returns what goes into the cookie: the tenant and a secret of which only a hash is kept */
export async function openSession(tx: Tx, audience: Audience, personId: string): Promise<string> {
  const token = newToken()
  const at = now()
  await tx.run(sql`
    insert into sessions (tenant_id, id, audience, person_id, token_hash, created_at, last_seen_at, expires_at)
    values (${tx.tenantId}, ${newId()}, ${audience}, ${personId}, ${hashToken(token)}, ${at}, ${at}, ${new Date(at.getTime() + limits[audience].lifeMs)})`)
  return `${tx.tenantId}.${token}`
}

type Found = { id: string; personId: string; lastSeenAt: Date; role: string; clientId: string | null }

/** Who is behind a cookie, if the session stands and the person still may. One statement, and a second once a minute. */
export async function readSession(audience: Audience, cookie: string): Promise<Actor | undefined> {
  const [tenantId = '', token = ''] = cookie.split('.')
  if (!isId(tenantId) || token.length !== 43) return undefined
  const at = now()
  return withTenant(tenantId, async (tx) => {
    const found = await tx.row<Found>(
      audience === 'staff'
        ? sql`select s.id, s.person_id, s.last_seen_at, p.role, null as client_id
            from sessions s join staff p on p.tenant_id = s.tenant_id and p.id = s.person_id and p.disabled_at is null
            where s.tenant_id = ${tx.tenantId} and s.token_hash = ${hashToken(token)} and s.audience = 'staff' and s.revoked_at is null and s.expires_at > ${at}`
        : sql`select s.id, s.person_id, s.last_seen_at, p.role, p.client_id
            from sessions s join contacts p on p.tenant_id = s.tenant_id and p.id = s.person_id and p.gone_at is null
            where s.tenant_id = ${tx.tenantId} and s.token_hash = ${hashToken(token)} and s.audience = 'contact' and s.revoked_at is null and s.expires_at > ${at}`,
    )
    if (found === undefined) return undefined
    const idleMs = at.getTime() - found.lastSeenAt.getTime()
    if (idleMs > limits[audience].idleMs) return undefined
    if (idleMs > minuteMs)
      await tx.run(sql`update sessions set last_seen_at = ${at} where tenant_id = ${tx.tenantId} and id = ${found.id}`)
    return toActor(tenantId, found)
  })
}

export async function closeSession(cookie: string): Promise<void> {
  const [tenantId = '', token = ''] = cookie.split('.')
  if (!isId(tenantId)) return
  await withTenant(tenantId, (tx) =>
    tx.run(
      sql`update sessions set revoked_at = ${now()} where tenant_id = ${tx.tenantId} and token_hash = ${hashToken(token)} and revoked_at is null`,
    ),
  )
}

function toActor(tenantId: string, { personId, role, clientId }: Found): Actor {
  if (clientId === null)
    return {
      kind: 'staff',
      tenantId,
      staffId: personId,
      role: role === 'owner' || role === 'finance' ? role : 'viewer',
    }
  return {
    kind: 'contact',
    tenantId,
    contactId: personId,
    clientId,
    role: role === 'owner' || role === 'payer' ? role : 'viewer',
  }
}
