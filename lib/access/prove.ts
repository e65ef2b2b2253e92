import 'server-only'
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { hashToken, newToken } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { actorName } from './actor'
import { takeAppCode } from './code-app'
import { checkPasskey, type Site } from './passkeys'
import { takeRecoveryCode } from './recovery-codes'
import type { StaffActor } from './require-staff'
import { throttle } from './throttle'

export type Proof =
  /** Six digits from the app, or one of the recovery codes: they cannot be mistaken for each other. */
  { kind: 'code'; code: string } | { kind: 'passkey'; site: Site; response: AuthenticationResponseJSON }

/** `cookie`: the session goes on under a new secret; the old one opens nothing any more. */
export type Proved = { ok: true; cookie: string } | { ok: false; because: 'wrong' | 'busy' }

const freshMs = 10 * 60_000

/** Whether the person proved who they are within the last ten minutes: asked before money or the keys to it move. */
export function isFresh(actor: StaffActor): boolean {
  return actor.provedAt instanceof Date && now().getTime() - actor.provedAt.getTime() <= freshMs
}

/** The second factor: it opens a session that waits for it, and makes one that is open fresh again. */
export async function prove(actor: StaffActor, proof: Proof): Promise<Proved> {
  const tries = await throttle('factor', actor.staffId)
  if (!tries.ok) return { ok: false, because: 'busy' }
  return withTenant(actor.tenantId, async (tx): Promise<Proved> => {
    const factor = await check(tx, actor, proof)
    const subject = { kind: 'session', id: actor.sessionId ?? '' } as const
    if (factor === undefined) {
      await audit(tx, actorName(actor), 'factor.refused', subject, { kind: proof.kind })
      return { ok: false, because: 'wrong' }
    }
    const cookie = await renewSession(tx, actor)
    if (cookie === undefined) return { ok: false, because: 'wrong' }
    await audit(tx, actorName(actor), 'factor.shown', subject, { factor })
    return { ok: true, cookie }
  })
}

/**
 * A first factor was just added in a session that waited for one: that it works has been seen. The cookie stays as it is
 * until `moveSession`: a new one would have the page drawn anew, and the recovery codes on it are shown this once.
 */
export async function enterWithFactor({ tenantId, sessionId, staffId }: StaffActor): Promise<void> {
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      update sessions set is_waiting = false, proved_at = ${now()}
      where tenant_id = ${tx.tenantId} and id = ${sessionId ?? null} and audience = 'staff' and person_id = ${staffId} and is_waiting and revoked_at is null`),
  )
}

/** The session goes on under a new secret, as fresh or as old as it is. */
export async function moveSession({ tenantId, sessionId, staffId }: StaffActor): Promise<string | undefined> {
  const token = newToken()
  const moved = await withTenant(tenantId, (tx) =>
    tx.run(sql`
      update sessions set token_hash = ${hashToken(token)}
      where tenant_id = ${tx.tenantId} and id = ${sessionId ?? null} and audience = 'staff' and person_id = ${staffId} and revoked_at is null`),
  )
  return moved === 0 ? undefined : `${tenantId}.${token}`
}

async function renewSession(tx: Tx, actor: StaffActor): Promise<string | undefined> {
  const token = newToken()
  const renewed = await tx.run(sql`
    update sessions set token_hash = ${hashToken(token)}, is_waiting = false, proved_at = ${now()}, last_seen_at = ${now()}
    where tenant_id = ${tx.tenantId} and id = ${actor.sessionId ?? null} and audience = 'staff' and person_id = ${actor.staffId} and revoked_at is null`)
  return renewed === 0 ? undefined : `${tx.tenantId}.${token}`
}

async function check(tx: Tx, actor: StaffActor, proof: Proof): Promise<string | undefined> {
  if (proof.kind === 'passkey') {
    const of = { purpose: 'prove', sessionId: actor.sessionId ?? '' } as const
    const owner = await checkPasskey(tx, 'staff', proof.site, of, proof.response)
    return owner === actor.staffId ? 'passkey' : undefined
  }
  const code = proof.code.trim()
  if (/^\d{6}$/.test(code.replaceAll(' ', '')))
    return (await takeAppCode(tx, actor.staffId, code.replaceAll(' ', ''))) ? 'app' : undefined
  return (await takeRecoveryCode(tx, actor.staffId, code)) ? 'recovery code' : undefined
}
