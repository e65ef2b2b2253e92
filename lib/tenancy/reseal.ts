import 'server-only'
import { type Tx, withTenant } from '@/lib/base/db'
import { parseKeyring, seal, unseal } from '@/lib/base/secrets'
import { type Sql, sql } from '@/lib/base/sql'
import { allTenantIds } from './across-tenants'

/** A column of envelopes: `key` names a row within its tenant, `placeOf` what an envelope is bound to. */
export type SealedColumn = { table: Sql; key: Sql; column: Sql; placeOf: (tenantId: string, key: string) => string }

const batchMax = 50

/**
 * Seals a column anew with the current key, the first of `keys`. What has it already is left as it is, so this may run
 * twice, be interrupted, and run beside a worker: each batch is a transaction of its own, and a row that is locked is
 * waited for and read as it is afterwards.
 * @returns how many were sealed anew, and under which key
 * @throws Fault broken when a secret opens with none of the keys; those before it stay sealed anew
 */
export async function reseal(of: SealedColumn, keys: string): Promise<{ count: number; keyId: string }> {
  const keyring = parseKeyring(keys)
  const keyId = keyring[0]?.id ?? ''
  let count = 0
  for (const tenantId of await allTenantIds()) {
    let batch: number
    do {
      batch = await withTenant(tenantId, (tx) => resealBatch(tx, of, keyId, keyring))
      count += batch
    } while (batch > 0)
  }
  return { count, keyId }
}

async function resealBatch(
  tx: Tx,
  { table, key, column, placeOf }: SealedColumn,
  keyId: string,
  keyring: ReturnType<typeof parseKeyring>,
): Promise<number> {
  const rows = await tx.rows<{ rowKey: string; envelope: string }>(sql`
    select ${key} as row_key, ${column} as envelope from ${table}
    where tenant_id = ${tx.tenantId} and ${column} <> '' and split_part(${column}, '.', 2) <> ${keyId}
    order by ${key} limit ${batchMax} for update`)
  for (const { rowKey, envelope } of rows) {
    const place = placeOf(tx.tenantId, rowKey)
    const fresh = seal(unseal(envelope, place, keyring), place, keyring)
    await tx.run(sql`update ${table} set ${column} = ${fresh} where tenant_id = ${tx.tenantId} and ${key} = ${rowKey}`)
  }
  return rows.length
}
