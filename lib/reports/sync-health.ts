import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'

/** How the reading of one stream goes. */
export type StreamHealth = {
  stream: string
  startedAt?: Date
  finishedAt?: Date
  fullAt?: Date
  readCount: number
  changedCount: number
  lastError?: string
}

export type RejectedView = {
  id: string
  stream: string
  externalId: string
  reason: string
  raw: unknown
  firstSeenAt: Date
  lastSeenAt: Date
}

export type SyncHealth = {
  /** By connection id. */
  streams: Record<string, StreamHealth[]>
  rejectedCounts: Record<string, number>
  /** How many systems are connected. */
  connected: number
  /** The newest finished read of the PSA. */
  lastReadAt?: Date
}

/** One statement over the live connections: a handful of rows. */
export async function getSyncHealth(actor: Actor): Promise<SyncHealth> {
  const rows = await withTenant(actor.tenantId, (tx) =>
    tx.rows<{
      connectionId: string
      kind: string
      rejected: number
      stream: string | null
      startedAt: Date | null
      finishedAt: Date | null
      fullAt: Date | null
      readCount: number | null
      changedCount: number | null
      lastError: string | null
    }>(sql`
      select c.id as connection_id, c.kind, s.stream, s.started_at, s.finished_at, s.full_at, s.read_count, s.changed_count, s.last_error,
        (select count(*)::int from rejected_rows r where r.tenant_id = ${tx.tenantId} and r.connection_id = c.id and r.resolved_at is null) as rejected
      from connections c left join sync_streams s on s.tenant_id = c.tenant_id and s.connection_id = c.id
      where c.tenant_id = ${tx.tenantId} and c.state <> 'disconnected' order by c.id, s.stream`),
  )
  const health: SyncHealth = {
    streams: {},
    rejectedCounts: {},
    connected: new Set(rows.map(({ connectionId }) => connectionId)).size,
  }
  for (const { connectionId, kind, rejected, stream, ...row } of rows) {
    health.rejectedCounts[connectionId] = rejected
    if (stream === null) continue
    const known = health.streams[connectionId] ?? []
    known.push({
      stream,
      readCount: row.readCount ?? 0,
      changedCount: row.changedCount ?? 0,
      ...(row.startedAt === null ? {} : { startedAt: row.startedAt }),
      ...(row.finishedAt === null ? {} : { finishedAt: row.finishedAt }),
      ...(row.fullAt === null ? {} : { fullAt: row.fullAt }),
      ...(row.lastError === null ? {} : { lastError: row.lastError }),
    })
    health.streams[connectionId] = known
    if (
      kind === 'psa' &&
      row.finishedAt !== null &&
      (health.lastReadAt === undefined || row.finishedAt > health.lastReadAt)
    )
      health.lastReadAt = row.finishedAt
  }
  return health
}

/** Rows of a vendor we could not read, newest first, as they came. */
export async function listRejected(actor: Actor, connectionId: string): Promise<RejectedView[]> {
  return withTenant(actor.tenantId, (tx) =>
    tx.rows<RejectedView>(sql`
      select id, stream, external_id, reason, raw, first_seen_at, last_seen_at from rejected_rows
      where tenant_id = ${tx.tenantId} and connection_id = ${connectionId} and resolved_at is null order by last_seen_at desc limit 50`),
  )
}
