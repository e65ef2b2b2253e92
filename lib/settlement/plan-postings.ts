import 'server-only'
import { z } from 'zod'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { loadConnection } from '@/lib/connectors/connection'
import { announceMany } from '@/lib/events/announce-many'
import { type LineFact, postingsOf } from './journal-fact'
import { type PostedCause, postedCauses } from './posting'

/** So many at once; the rest is taken up by the next sweep. */
const BATCH = 200

/** Books that came after other books begin on a date: what is older was posted there. */
const Bounds = z.object({ postFrom: z.iso.date().optional() })

type Entry = { id: string; causeKind: PostedCause; causeId: string; bookedOn: string }
type Line = LineFact & { entryId: string; currency: string }

/**
 * Decides what must stand in the books for a cause of the journal, or for every cause that has no posting yet, and
 * announces each. One posting per cause, however often it is planned; without books connected there is nothing to plan.
 * A payout becomes a deposit only once its list is complete.
 * @returns how many postings are new
 */
export async function planPostings(tx: Tx, cause?: { kind: PostedCause; id: string }): Promise<number> {
  const connection = await loadConnection(tx, 'accounting')
  if (connection === undefined) return 0
  const { postFrom } = Bounds.parse(connection.settings)
  const entries = await tx.rows<Entry>(sql`
    select e.id, e.cause_kind, e.cause_id, e.booked_on
    from journal_entries e
    where e.tenant_id = ${tx.tenantId} and e.cause_kind = any(${[...postedCauses]}::text[])
      ${cause === undefined ? sql`` : sql`and e.cause_kind = ${cause.kind} and e.cause_id = ${cause.id}`}
      ${postFrom === undefined ? sql`` : sql`and e.booked_on >= ${postFrom}`}
      and not exists (select 1 from postings p
        where p.tenant_id = ${tx.tenantId} and p.connection_id = ${connection.id} and p.cause_kind = e.cause_kind and p.cause_id = e.cause_id)
      and (e.cause_kind <> 'payout.paid' or exists (select 1 from payouts o
        where o.tenant_id = ${tx.tenantId} and o.id::text = e.cause_id and o.complete_at is not null))
    order by e.booked_on, e.id limit ${BATCH}`)
  if (entries.length === 0) return 0
  const lines = await tx.rows<Line>(sql`
    select entry_id, debit, credit, amount_minor, currency, client_id, invoice_id, attempt_id from journal_lines
    where tenant_id = ${tx.tenantId} and entry_id = any(${entries.map(({ id }) => id)}::uuid[]) order by entry_id, position`)
  const byEntry = Map.groupBy(lines, ({ entryId }) => entryId)
  const planned = entries.flatMap((entry) => {
    const own = byEntry.get(entry.id) ?? []
    const currency = own[0]?.currency ?? ''
    return postingsOf(entry.causeKind, own).map((posting) => ({ ...entry, ...posting, id: newId(), currency }))
  })
  const fresh = await tx.rows<{ id: string }>(sql`
    insert into postings (tenant_id, connection_id, state, created_at, id, kind, cause_kind, cause_id, amount_minor, currency, booked_on)
    select ${tx.tenantId}, ${connection.id}, 'waiting', ${now()}, * from unnest(
      ${planned.map(({ id }) => id)}::uuid[], ${planned.map(({ kind }) => kind)}::text[],
      ${planned.map(({ causeKind }) => causeKind)}::text[], ${planned.map(({ causeId }) => causeId)}::text[],
      ${planned.map(({ amountMinor }) => amountMinor)}::bigint[], ${planned.map(({ currency }) => currency)}::text[],
      ${planned.map(({ bookedOn }) => bookedOn)}::date[])
    on conflict (tenant_id, connection_id, kind, cause_kind, cause_id) do nothing
    returning id`)
  await wake(tx, fresh, (id) => id)
  await faultPoint('posting.planned')
  return fresh.length
}

/**
 * Looks after postings nobody is working on: plans what was never planned, and wakes what has waited for an hour. The
 * hour is part of the key, so that waking it by many hands wakes it once.
 */
export async function sweepPostings(tx: Tx): Promise<void> {
  await planPostings(tx)
  const connection = await loadConnection(tx, 'accounting')
  if (connection?.state !== 'connected') return
  const at = now()
  const idle = await tx.rows<{ id: string }>(sql`
    select p.id from postings p
    where p.tenant_id = ${tx.tenantId} and p.connection_id = ${connection.id} and p.state in ('waiting', 'retrying', 'checking')
      and p.created_at < ${new Date(at.getTime() - 3_600_000)} order by p.booked_on, p.id limit ${BATCH}`)
  const hour = at.toISOString().slice(0, 13)
  await wake(tx, idle, (id) => `${id}:swept:${hour}`)
}

/** Wakes every posting that waits, after what held them back was mended: a new connection, a chosen account. */
export async function wakePostings(tx: Tx, why: string): Promise<void> {
  const waiting = await tx.rows<{ id: string }>(sql`
    select id from postings where tenant_id = ${tx.tenantId} and state in ('waiting', 'retrying', 'checking') order by booked_on, id limit ${BATCH}`)
  const at = now().toISOString()
  await wake(tx, waiting, (id) => `${id}:${why}:${at}`)
}

/** Announces that these postings are due, each under a key that says why. */
export async function wake(tx: Tx, postings: readonly { id: string }[], keyOf: (id: string) => string): Promise<void> {
  await announceMany(
    tx,
    postings.map(({ id }) => ({ news: { kind: 'posting.due', postingId: id }, key: keyOf(id) })),
  )
}
