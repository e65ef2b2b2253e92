import 'server-only'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { type Actor, actorName, mayKeepKeys } from './actor'

/** Ends a key at once: its next request is refused. @returns false when there is no such key, or the actor may not */
export async function revokeApiKey(actor: Actor, keyId: string): Promise<boolean> {
  if (!mayKeepKeys(actor) || !isId(keyId)) return false
  return withTenant(actor.tenantId, async (tx) => {
    const ended = await tx.run(sql`
      update api_keys set revoked_at = ${now()}
      where tenant_id = ${tx.tenantId} and id = ${keyId} and revoked_at is null`)
    if (ended > 0) await audit(tx, actorName(actor), 'api_key.revoked', { kind: 'api_key', id: keyId })
    return ended > 0
  })
}
