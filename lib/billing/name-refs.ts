import 'server-only'
import type { Tx } from '@/lib/base/db'
import { type Sql, sql } from '@/lib/base/sql'

export type RefKind = 'client' | 'contact' | 'agreement' | 'invoice'

/**
 * Gives every staged row that is new its name: the vendor's id for the id we made. `staged` has id and external_id. Those
 * that have one are met by key: a join would read all names of the connection again for every page.
 */
export async function nameRefs(tx: Tx, connectionId: string, kind: RefKind, staged: Sql): Promise<void> {
  await tx.run(sql`
    insert into external_refs (tenant_id, connection_id, kind, external_id, local_id)
    select ${tx.tenantId}, ${connectionId}, ${kind}, s.external_id, s.id from ${staged} s
    on conflict do nothing`)
}

/** Our ids by the vendor's; those we do not know are left out. */
export async function localIds(
  tx: Tx,
  connectionId: string,
  kind: RefKind,
  externalIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.rows<{ externalId: string; localId: string }>(sql`
    select external_id, local_id from external_refs
    where tenant_id = ${tx.tenantId} and connection_id = ${connectionId} and kind = ${kind} and external_id = any(${[...new Set(externalIds)]}::text[])`)
  return new Map(rows.map(({ externalId, localId }) => [externalId, localId]))
}

/** The vendor's id of one of ours, if the connection gave it one. */
export async function externalIdOf(
  tx: Tx,
  connectionId: string,
  kind: RefKind,
  localId: string,
): Promise<string | undefined> {
  const row = await tx.row<{ externalId: string }>(sql`
    select external_id from external_refs
    where tenant_id = ${tx.tenantId} and connection_id = ${connectionId} and kind = ${kind} and local_id = ${localId}`)
  return row?.externalId
}
