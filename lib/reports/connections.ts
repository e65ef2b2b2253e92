import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'

export type ConnectionState = 'connected' | 'needs_reconnect'

/** A live connection as the console shows it: everything but its secret. */
export type ConnectionView = {
  id: string
  kind: 'psa' | 'accounting' | 'payments'
  connector: string
  state: ConnectionState
  account: string
  accountName: string
  /** Rights the vendor's key lacks, in words. */
  missing: string[]
  connectedAt: Date
  checkedAt: Date
  lastFault?: string
  lastFaultAt?: Date
}

/** The live connections, at most one of each kind. */
export async function listConnections(actor: Actor): Promise<Partial<Record<ConnectionView['kind'], ConnectionView>>> {
  const rows = await withTenant(actor.tenantId, (tx) =>
    tx.rows<
      Omit<ConnectionView, 'lastFault' | 'lastFaultAt'> & { lastFault: string | null; lastFaultAt: Date | null }
    >(sql`
      select id, kind, connector, state, account, account_name, missing, connected_at, checked_at, last_fault, last_fault_at
      from connections where tenant_id = ${tx.tenantId} and state <> 'disconnected'`),
  )
  return Object.fromEntries(
    rows.map(({ lastFault, lastFaultAt, ...row }) => [
      row.kind,
      {
        ...row,
        ...(lastFault === null ? {} : { lastFault }),
        ...(lastFaultAt === null ? {} : { lastFaultAt }),
      },
    ]),
  )
}
