import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'

/**
 * People who are no more in the PSA: they stay on record, get no more mail, and may not enter. Should the PSA know them
 * again, the next sync lets them in again.
 * @returns how many there were that had not been lost before
 */
export async function loseContacts(tx: Tx, connectionId: string, externalIds: readonly string[]): Promise<number> {
  if (externalIds.length === 0) return 0
  // Without its hash a row counts as changed when it is told again, also where it is told as it was.
  return tx.run(sql`
    update contacts p set gone_at = ${now()}, is_billing = false, source_hash = ''
    from external_refs r
    where p.tenant_id = ${tx.tenantId} and p.gone_at is null
      and r.tenant_id = ${tx.tenantId} and r.connection_id = ${connectionId} and r.kind = 'contact'
      and r.external_id = any(${externalIds}::text[]) and r.local_id = p.id`)
}
