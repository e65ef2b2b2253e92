import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'

/** A client's consent in force. `isGone`: its method was removed, is blocked or has expired, so another may take its place. */
export type LiveAutopay = {
  id: string
  methodId: string
  methodLabel: string
  capMinor: bigint | null
  isGone: boolean
}

export function liveAutopay(tx: Tx, clientId: string): Promise<LiveAutopay | undefined> {
  return tx.row<LiveAutopay>(sql`
    select e.id, e.method_id, m.label as method_label, e.cap_minor, m.removed_at is not null or m.blocked_reason is not null or coalesce(m.expires_on < ${now()}, false) as is_gone
    from autopays e join methods m on m.tenant_id = e.tenant_id and m.id = e.method_id
    where e.tenant_id = ${tx.tenantId} and e.client_id = ${clientId} and e.ended_at is null`)
}
