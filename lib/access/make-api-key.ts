import 'server-only'
import { randomBytes } from 'node:crypto'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { isSandbox } from '@/lib/base/env'
import { hashToken, isId, newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { type Actor, actorName, mayKeepKeys } from './actor'
import { type ApiScope, apiScopes, prefixOf, writeApiKey } from './api-key'

/** `key` is shown this once: only its hash is kept. */
export type MadeKey = { ok: true; id: string; key: string } | { ok: false; because: 'not-owner' | 'unknown' }

const hourMs = 3_600_000

/** A new secret key. Only an owner may make one: whoever holds it sees everything the MSP has. */
export async function makeApiKey(
  actor: Actor,
  wanted: { name: string; scopes: readonly ApiScope[] },
): Promise<MadeKey> {
  if (actor.kind !== 'staff' || !mayKeepKeys(actor)) return { ok: false, because: 'not-owner' }
  return withTenant(actor.tenantId, async (tx) => {
    const made = await write(tx, actor.staffId, wanted)
    const detail = { name: wanted.name, scopes: wanted.scopes }
    await audit(tx, actorName(actor), 'api_key.made', { kind: 'api_key', id: made.id }, detail)
    return { ok: true, ...made }
  })
}

/**
 * A successor with the same name and scopes. The old key works on for `overlapHours`, so that a program can be changed
 * over without a gap; 0 ends it at once. A key that is being replaced already keeps the earlier end.
 */
export async function rotateApiKey(actor: Actor, keyId: string, overlapHours: number): Promise<MadeKey> {
  if (actor.kind !== 'staff' || !mayKeepKeys(actor)) return { ok: false, because: 'not-owner' }
  if (!isId(keyId)) return { ok: false, because: 'unknown' }
  const until = new Date(now().getTime() + overlapHours * hourMs)
  return withTenant(actor.tenantId, async (tx): Promise<MadeKey> => {
    const old = await tx.row<{ name: string; scopes: ApiScope[] }>(sql`
      update api_keys set expires_at = least(expires_at, ${until})
      where tenant_id = ${tx.tenantId} and id = ${keyId} and revoked_at is null and (expires_at is null or expires_at > ${now()})
      returning name, scopes`)
    if (old === undefined) return { ok: false, because: 'unknown' }
    const made = await write(tx, actor.staffId, old)
    const detail = { successor: made.id, until }
    await audit(tx, actorName(actor), 'api_key.rotated', { kind: 'api_key', id: keyId }, detail)
    return { ok: true, ...made }
  })
}

async function write(
  tx: Tx,
  staffId: string,
  { name, scopes }: { name: string; scopes: readonly ApiScope[] },
): Promise<{ id: string; key: string }> {
  const id = newId()
  const key = writeApiKey(isSandbox() ? 'test' : 'live', tx.tenantId, randomBytes(32))
  const inOrder = apiScopes.filter((scope) => scopes.includes(scope))
  await tx.run(sql`
    insert into api_keys (tenant_id, id, name, prefix, key_hash, scopes, created_by, created_at)
    values (${tx.tenantId}, ${id}, ${name}, ${prefixOf(key)}, ${hashToken(key)}, ${inOrder}::text[], ${staffId}, ${now()})`)
  return { id, key }
}
