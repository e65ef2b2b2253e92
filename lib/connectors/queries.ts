import 'server-only'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'

/** How reading a stream stands. */
export type StreamHealth = {
  stream: string
  startedAt: Date | null
  finishedAt: Date | null
  fullAt: Date | null
  readCount: number
  changedCount: number
  lastError: string | null
  /** Rows that could not be read and wait to be mended. */
  rejectedCount: number
}

export async function streamsOf(tx: Tx, connectionId: string): Promise<StreamHealth[]> {
  return tx.rows<StreamHealth>(sql`
    select s.stream, s.started_at, s.finished_at, s.full_at, s.read_count, s.changed_count, s.last_error,
      (select count(*) from rejected_rows r
       where r.tenant_id = ${tx.tenantId} and r.connection_id = s.connection_id and r.stream = s.stream and r.resolved_at is null)::int as rejected_count
    from sync_streams s
    where s.tenant_id = ${tx.tenantId} and s.connection_id = ${connectionId}
    order by s.started_at nulls last, s.stream`)
}
