import 'server-only'
import { type Tx, withTenant } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { parseKeyring, seal, unseal } from '@/lib/base/secrets'
import { sql } from '@/lib/base/sql'
import { allTenantIds } from '@/lib/tenancy/across-tenants'
import { placeOf } from './connection'

const batchMax = 50

/**
 * Seals every connection's secret anew with the current key, the first of SECRET_KEYS. What has it already is left as it
 * is, so this may run twice, be interrupted, and run beside a worker: each batch is a transaction of its own, and a row
 * that is locked, because its token is being refreshed, is waited for and read as it is afterwards.
 * @returns how many were sealed anew, and under which key
 * @throws Fault broken when a secret opens with none of the keys; those before it stay sealed anew
 */
export async function rotateSecrets(keys = env().SECRET_KEYS): Promise<{ count: number; keyId: string }> {
  const keyring = parseKeyring(keys)
  const keyId = keyring[0]?.id ?? ''
  let count = 0
  for (const tenantId of await allTenantIds()) {
    let batch: number
    do {
      batch = await withTenant(tenantId, (tx) => rotateBatch(tx, keyId, keyring))
      count += batch
    } while (batch > 0)
  }
  return { count, keyId }
}

async function rotateBatch(tx: Tx, keyId: string, keyring: ReturnType<typeof parseKeyring>): Promise<number> {
  const rows = await tx.rows<{ id: string; secret: string }>(sql`
    select id, secret from connections
    where tenant_id = ${tx.tenantId} and secret <> '' and split_part(secret, '.', 2) <> ${keyId}
    order by id limit ${batchMax} for update`)
  const sealed = rows.map(({ id, secret }) => {
    const place = placeOf(tx.tenantId, id)
    return { id, secret: seal(unseal(secret, place, keyring), place, keyring) }
  })
  return tx.run(sql`
    update connections c set secret = fresh.secret
    from unnest(${sealed.map(({ id }) => id)}::uuid[], ${sealed.map(({ secret }) => secret)}::text[]) as fresh (id, secret)
    where c.tenant_id = ${tx.tenantId} and c.id = fresh.id`)
}
