import 'server-only'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { hashToken } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import type { Actor } from './actor'
import { type ApiScope, readApiKey } from './api-key'

export type ApiActor = Extract<Actor, { kind: 'api' }>
export type OpenedKey =
  | { ok: true; actor: ApiActor }
  /** `malformed`: no key of ours, or one that lost a letter. The others are known, and have ended. */
  | { ok: false; because: 'malformed' | 'unknown' | 'revoked' | 'expired' }

const minuteMs = 60_000

/** Who holds this key. One statement; that it was used is written down once a minute, not with every request. */
export async function openApiKey(key: string): Promise<OpenedKey> {
  const read = readApiKey(key)
  if (read === undefined) return { ok: false, because: 'malformed' }
  const { tenantId } = read
  const at = now()
  return withTenant(tenantId, async (tx): Promise<OpenedKey> => {
    const found = await tx.row<Found>(sql`
      select id, scopes, last_used_at, expires_at, revoked_at from api_keys
      where tenant_id = ${tx.tenantId} and key_hash = ${hashToken(key)}`)
    if (found === undefined) return { ok: false, because: 'unknown' }
    if (found.revokedAt !== null) return { ok: false, because: 'revoked' }
    if (found.expiresAt !== null && found.expiresAt <= at) return { ok: false, because: 'expired' }
    if (found.lastUsedAt === null || at.getTime() - found.lastUsedAt.getTime() >= minuteMs)
      await tx.run(sql`update api_keys set last_used_at = ${at} where tenant_id = ${tx.tenantId} and id = ${found.id}`)
    return { ok: true, actor: { kind: 'api', tenantId, keyId: found.id, scopes: found.scopes } }
  })
}
type Found = {
  id: string
  scopes: ApiScope[]
  lastUsedAt: Date | null
  expiresAt: Date | null
  revokedAt: Date | null
}
