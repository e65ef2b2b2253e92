import 'server-only'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { hashToken, isId, newId, newToken } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { type Actor, actorName, mayManage } from './actor'
import type { StaffActor } from './require-staff'

export type OnlookerActor = Extract<Actor, { kind: 'onlooker' }>

/** Looking is for a question that was asked, not for staying. */
export const viewLifeMs = 30 * 60_000

/**
 * Lets a member of staff see the portal as this client does, and write nothing there. Who looks, at whom and why stands
 * in the audit trail. @returns what goes into the cookie @throws Fault not-found for a viewer, another's client, or a
 * session that is gone; invalid without a reason
 */
export async function beginView(actor: StaffActor, clientId: string, reason: string): Promise<string> {
  const why = reason.trim().replace(/\s+/g, ' ').slice(0, 200)
  if (why === '') throw new Fault('invalid', 'Why the portal is looked at is not said')
  if (!mayManage(actor) || !isId(clientId)) throw new Fault('not-found', 'No such client')
  const [id, token, at] = [newId(), newToken(), now()]
  const expiresAt = new Date(at.getTime() + viewLifeMs)
  await withTenant(actor.tenantId, async (tx) => {
    const begun = await tx.run(sql`
      insert into portal_views (tenant_id, id, staff_id, client_id, session_id, reason, token_hash, created_at, expires_at)
      select ${tx.tenantId}::uuid, ${id}::uuid, s.person_id, c.id, s.id, ${why}, ${hashToken(token)}, ${at}, ${expiresAt}::timestamptz
      from sessions s, clients c
      where s.tenant_id = ${tx.tenantId} and s.id = ${actor.sessionId ?? null} and s.audience = 'staff' and s.person_id = ${actor.staffId} and s.revoked_at is null
        and c.tenant_id = ${tx.tenantId} and c.id = ${clientId}`)
    if (begun === 0) throw new Fault('not-found', 'No such client')
    await audit(tx, actorName(actor), 'portal.viewed', { kind: 'client', id: clientId }, { viewId: id, reason: why })
  })
  return `${actor.tenantId}.${token}`
}

/**
 * Who looks, by the cookie: for half an hour, while they are signed in at the console and may still manage there. Every
 * page asks anew.
 */
export async function readView(cookie: string): Promise<OnlookerActor | undefined> {
  const [tenantId = '', token = ''] = cookie.split('.')
  if (!isId(tenantId) || token.length !== 43) return undefined
  const found = await withTenant(tenantId, (tx) =>
    tx.row<{ id: string; staffId: string; clientId: string; sessionId: string; expiresAt: Date }>(sql`
      select v.id, v.staff_id, v.client_id, v.session_id, v.expires_at
      from portal_views v
      join staff p on p.tenant_id = v.tenant_id and p.id = v.staff_id and p.disabled_at is null and p.role in ('owner', 'finance')
      join sessions s on s.tenant_id = v.tenant_id and s.id = v.session_id and s.revoked_at is null and s.expires_at > ${now()} and s.role = p.role
      where v.tenant_id = ${tx.tenantId} and v.token_hash = ${hashToken(token)} and v.ended_at is null and v.expires_at > ${now()}`),
  )
  if (found === undefined) return undefined
  const { id: viewId, ...rest } = found
  return { kind: 'onlooker', tenantId, viewId, ...rest }
}

/** Looks no longer. */
export async function endView(actor: OnlookerActor): Promise<void> {
  const { tenantId, viewId, clientId } = actor
  await withTenant(tenantId, async (tx) => {
    const ended = await tx.run(sql`
      update portal_views set ended_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${viewId} and ended_at is null`)
    if (ended > 0) await audit(tx, actorName(actor), 'portal.view_left', { kind: 'client', id: clientId }, { viewId })
  })
}
