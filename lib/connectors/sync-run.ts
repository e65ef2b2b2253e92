import 'server-only'
import { now } from '@/lib/base/clock'
import { type BulkTx, type Tx, withTenant, withTenantInBulk } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { hashOf } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import type { Page, PullCursor, Rejected } from './contract'
import { sourceText } from './source-text'

export type Saved = { changed: number; rejected: Rejected[] }

export type StreamRun<Item> = {
  tenantId: string
  connectionId: string
  stream: string
  /** Reads everything anew instead of what changed since the last run. */
  full: boolean
  pull: (cursor: PullCursor | undefined) => AsyncIterable<Page<Item, PullCursor>>
  idOf: (item: Item) => string
  /** `readAt`: no item is older than this. What it cannot place goes back as rejected. */
  save: (tx: BulkTx, items: Item[], readAt: Date) => Promise<Saved>
}

/** From so many new rows on, and again whenever they have grown tenfold, the database is told to look at its tables. */
const REFRESH_FROM = 200

export type StreamReport = { read: number; changed: number; rejected: number }

/**
 * Reads a stream to its end. While a page is written the next one is fetched; no more than two are held. Items, rejected
 * rows and cursor of a page are saved in one transaction, so that a run cut off anywhere goes on where it stood.
 * @throws ConnectorFault as the pull does, after writing down where it stopped and why
 */
export async function runStream<Item>(run: StreamRun<Item>): Promise<StreamReport> {
  const { tenantId } = run
  const started = await withTenant(tenantId, (tx) => begin(tx, run))
  const report: StreamReport = { read: 0, changed: 0, rejected: 0 }
  let refreshAt = REFRESH_FROM
  const pages = run.pull(started.cursor)[Symbol.asyncIterator]()
  const fetchNext = () => {
    const readAt = now()
    const fetched = pages.next().then((result) => ({ result, readAt }))
    fetched.catch(() => {}) // it is awaited a page later; until then its failure is nobody's
    return fetched
  }
  try {
    for (let coming = fetchNext(); ; ) {
      const { result, readAt } = await coming
      if (result.done === true) break
      const page = result.value
      coming = fetchNext()
      const saved = await withTenantInBulk(tenantId, (tx) => savePage(tx, run, page, readAt))
      await faultPoint('sync.page_saved')
      report.read += page.items.length
      report.changed += saved.changed
      report.rejected += saved.rejected
      if (report.changed >= refreshAt) {
        await withTenant(tenantId, (tx) => tx.run(sql`select refresh_statistics()`))
        refreshAt = report.changed * 10
      }
    }
    await withTenant(tenantId, (tx) => finish(tx, run, started.isFull))
    return report
  } catch (error) {
    await pages.return?.()
    await withTenant(tenantId, (tx) => noteStop(tx, run, error))
    throw error
  }
}

/** Keeps rows that could not be read or placed, once each however often they come. */
export async function keepRejected(
  tx: Tx,
  connectionId: string,
  stream: string,
  rejected: readonly Rejected[],
): Promise<void> {
  if (rejected.length === 0) return
  const rows = new Map(
    rejected.map((row) => {
      const id = row.externalId === '' ? hashOf(json(row.raw)) : row.externalId
      return [id, { ...row, externalId: id }]
    }),
  )
  const kept = [...rows.values()]
  await tx.run(sql`
    insert into rejected_rows (tenant_id, connection_id, stream, external_id, reason, raw, first_seen_at, last_seen_at)
    select ${tx.tenantId}, ${connectionId}, ${stream}, external_id, reason, raw, ${now()}, ${now()}
    from unnest(${kept.map(({ externalId }) => externalId)}::text[], ${kept.map(({ reason }) => reason)}::text[],
      ${kept.map(({ raw }) => sourceText(raw))}::jsonb[]) as came (external_id, reason, raw)
    on conflict (tenant_id, connection_id, stream, external_id) do update
    set reason = excluded.reason, raw = case when excluded.raw = 'null' then rejected_rows.raw else excluded.raw end, last_seen_at = excluded.last_seen_at, resolved_at = null`)
}

/** What once was rejected and now reads well, or is gone, is nobody's worry any more. */
export async function resolveRejected(tx: Tx, connectionId: string, stream: string, ids: readonly string[]) {
  await tx.run(sql`
    update rejected_rows set resolved_at = ${now()}
    where tenant_id = ${tx.tenantId} and connection_id = ${connectionId} and stream = ${stream}
      and external_id = any(${ids}::text[]) and resolved_at is null`)
}

/** Rows of a stream that still wait for somebody to mend them. */
export async function openRejected(tx: Tx, connectionId: string, stream?: string): Promise<RejectedRow[]> {
  return tx.rows<RejectedRow>(sql`
    select stream, external_id, reason, first_seen_at, last_seen_at from rejected_rows
    where tenant_id = ${tx.tenantId} and connection_id = ${connectionId} and resolved_at is null
      ${stream === undefined ? sql`` : sql`and stream = ${stream}`}
    order by last_seen_at desc, stream, external_id limit 200`)
}
export type RejectedRow = {
  stream: string
  externalId: string
  reason: string
  firstSeenAt: Date
  lastSeenAt: Date
}

async function begin<Item>(
  tx: Tx,
  { connectionId, stream, full }: StreamRun<Item>,
): Promise<{ cursor: PullCursor | undefined; isFull: boolean }> {
  const row = await tx.row<{ cursor: PullCursor | null }>(sql`
    insert into sync_streams (tenant_id, connection_id, stream, started_at) values (${tx.tenantId}, ${connectionId}, ${stream}, ${now()})
    on conflict (tenant_id, connection_id, stream)
    do update set started_at = excluded.started_at, read_count = 0, changed_count = 0
    returning cursor`)
  const cursor = row?.cursor ?? undefined
  // A run over everything that was cut off goes on, whatever was asked for: only once it is whole is there a `since`.
  if (cursor?.page !== undefined && cursor.since === undefined) return { cursor, isFull: true }
  return full || cursor === undefined ? { cursor: undefined, isFull: true } : { cursor, isFull: false }
}

async function savePage<Item>(
  tx: BulkTx,
  run: StreamRun<Item>,
  page: Page<Item, PullCursor>,
  readAt: Date,
): Promise<{ changed: number; rejected: number }> {
  const { connectionId, stream } = run
  const items = [...new Map(page.items.map((item) => [run.idOf(item), item])).values()]
  const saved = await run.save(tx, items, readAt)
  const rejected = [...page.rejected, ...saved.rejected]
  const bad = new Set(rejected.map(({ externalId }) => externalId))
  const good = items.map(run.idOf).filter((id) => !bad.has(id))
  await keepRejected(tx, connectionId, stream, rejected)
  await resolveRejected(tx, connectionId, stream, good)
  await tx.run(sql`
    update sync_streams set cursor = ${json(page.cursor)}, read_count = read_count + ${page.items.length + page.rejected.length},
      changed_count = changed_count + ${saved.changed}
    where tenant_id = ${tx.tenantId} and connection_id = ${connectionId} and stream = ${stream}`)
  return { changed: saved.changed, rejected: rejected.length }
}

async function finish<Item>(tx: Tx, { connectionId, stream }: StreamRun<Item>, isFull: boolean): Promise<void> {
  await tx.run(sql`
    update sync_streams set finished_at = ${now()}, last_error = null, full_at = case when ${isFull} then ${now()} else full_at end
    where tenant_id = ${tx.tenantId} and connection_id = ${connectionId} and stream = ${stream}`)
}

async function noteStop<Item>(tx: Tx, { connectionId, stream }: StreamRun<Item>, error: unknown): Promise<void> {
  const words = error instanceof Error ? error.message.slice(0, 500) : String(error)
  await tx.run(sql`
    update sync_streams set last_error = ${words}
    where tenant_id = ${tx.tenantId} and connection_id = ${connectionId} and stream = ${stream}`)
}
