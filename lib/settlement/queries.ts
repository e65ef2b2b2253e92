import 'server-only'
import type { Actor } from '@/lib/access/actor'
import type { PlainDate } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { sql } from '@/lib/base/sql'
import { type Money, money } from '@/lib/money/money'
import type { PayoutItem, PayoutState } from './payout-view'
import type { PostedCause, PostingKind, PostingState } from './posting'
import { type TieOut, TieOutFigures } from './tie-out-figures'

const PAGE = 50

/** Where the next page begins. Dates as text, so that it survives an address. */
export type After = { at: string; id: string }
export type Listed<Item> = { items: Item[]; next?: After }

/** Fifty payouts, newest first. @throws Fault not-found for anyone but staff */
export async function listPayouts(actor: Actor, { after }: { after?: After } = {}): Promise<Listed<PayoutItem>> {
  requireStaff(actor)
  const rows = await withTenant(actor.tenantId, (tx) =>
    tx.rows<{
      id: string
      payoutId: string
      state: PayoutState
      amountMinor: bigint
      currency: string
      arrivesOn: PlainDate
      isComplete: boolean
      movementCount: number
      feeMinor: bigint
      postingState: PostingState | null
      externalId: string | null
      error: string | null
    }>(sql`
      select o.id, o.payout_id, o.state, o.amount_minor, o.currency, o.arrives_on, o.complete_at is not null as is_complete,
        coalesce(b.movements, 0)::int as movement_count, coalesce(b.fee, 0)::bigint as fee_minor, p.state as posting_state, p.external_id, p.error
      from (select * from payouts where tenant_id = ${tx.tenantId}
          ${after === undefined ? sql`` : sql`and (arrives_on, id) < (${after.at}::date, ${after.id}::uuid)`}
        order by arrives_on desc, id desc limit ${PAGE + 1}) o
      left join lateral (
        select count(*) filter (where category <> 'payout') as movements, sum(case when category = 'fee' then fee_minor - amount_minor else fee_minor end) as fee
        from balance_transactions where tenant_id = ${tx.tenantId} and payout_id = o.id) b on true
      left join lateral (
        select state, external_id, error from postings
        where tenant_id = ${tx.tenantId} and kind = 'deposit' and cause_kind = 'payout.paid' and cause_id = o.id::text
        order by created_at desc limit 1) p on true
      order by o.arrives_on desc, o.id desc`),
  )
  return page(
    rows,
    ({ arrivesOn, id }) => ({ at: arrivesOn, id }),
    (row) => ({
      id: row.id,
      payoutId: row.payoutId,
      state: row.state,
      amount: money(row.amountMinor, row.currency),
      arrivesOn: row.arrivesOn,
      isComplete: row.isComplete,
      movementCount: row.movementCount,
      fees: money(row.feeMinor, row.currency),
      ...(row.postingState === null
        ? {}
        : {
            deposit: { state: row.postingState, ...given('externalId', row.externalId), ...given('error', row.error) },
          }),
    }),
  )
}

/** The last tie-out, if there was one. */
export async function latestTieOut(actor: Actor): Promise<TieOut | undefined> {
  requireStaff(actor)
  const row = await withTenant(actor.tenantId, (tx) =>
    tx.row<{ id: string; at: Date; figures: unknown; gapMinor: bigint }>(sql`
      select id, at, figures, gap_minor from tie_outs where tenant_id = ${tx.tenantId} order by at desc, id desc limit 1`),
  )
  if (row === undefined) return undefined
  const { gaps, ...figures } = TieOutFigures.parse(row.figures)
  return { id: row.id, at: row.at, gaps: gaps ?? [money(row.gapMinor, figures.currency)], ...figures }
}

export type PostingView = {
  id: string
  kind: PostingKind
  causeKind: PostedCause
  causeId: string
  state: PostingState
  amount: Money
  bookedOn: PlainDate
  externalKind?: string
  externalId?: string
  error?: string
  createdAt: Date
  postedAt?: Date
  clientName?: string
  /** Set where the posting belongs to one payment. */
  attemptId?: string
}

/** Fifty postings, newest first, of all states or some. */
export async function listPostings(
  actor: Actor,
  { states, after }: { states?: PostingState[]; after?: After } = {},
): Promise<Listed<PostingView>> {
  requireStaff(actor)
  type Row = Omit<
    PostingView,
    'amount' | 'externalKind' | 'externalId' | 'error' | 'postedAt' | 'clientName' | 'attemptId'
  > & {
    amountMinor: bigint
    currency: string
    externalKind: string | null
    externalId: string | null
    error: string | null
    postedAt: Date | null
    clientName: string | null
    attemptId: string | null
  }
  const rows = await withTenant(actor.tenantId, (tx) =>
    tx.rows<Row>(sql`
      select p.id, p.kind, p.cause_kind, p.cause_id, p.state, p.amount_minor, p.currency, p.booked_on, p.external_kind, p.external_id, p.error,
        p.created_at, p.posted_at, c.name as client_name, a.id as attempt_id
      from postings p
      left join refunds r on r.tenant_id = p.tenant_id and p.cause_kind like 'refund.%' and r.id = p.cause_id::uuid
      left join disputes d on d.tenant_id = p.tenant_id and p.cause_kind in ('payment.returned', 'dispute.opened', 'dispute.won', 'dispute.lost') and d.id = p.cause_id::uuid
      left join attempts a on a.tenant_id = p.tenant_id
        and a.id = coalesce(r.attempt_id, d.attempt_id, case when p.cause_kind = 'payment.succeeded' then p.cause_id::uuid end)
      left join clients c on c.tenant_id = a.tenant_id and c.id = a.client_id
      where p.tenant_id = ${tx.tenantId}
        ${states === undefined ? sql`` : sql`and p.state = any(${states}::text[])`}
        ${after === undefined ? sql`` : sql`and (p.created_at, p.id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
      order by p.created_at desc, p.id desc limit ${PAGE + 1}`),
  )
  return page(
    rows,
    newest,
    ({ amountMinor, currency, externalKind, externalId, error, postedAt, clientName, attemptId, ...row }) => ({
      ...row,
      amount: money(amountMinor, currency),
      ...given('externalKind', externalKind),
      ...given('externalId', externalId),
      ...given('error', error),
      ...given('postedAt', postedAt),
      ...given('clientName', clientName),
      ...given('attemptId', attemptId),
    }),
  )
}

export type WriteBackState = 'waiting' | 'in_step' | 'retrying' | 'checking' | 'needs_you'
export type WriteBackView = {
  id: string
  attemptId: string
  invoiceId: string
  number: string
  clientName: string
  /** What should stand in the PSA, and what does. */
  amount: Money
  written: Money
  paidOn: PlainDate
  state: WriteBackState
  externalId?: string
  error?: string
  createdAt: Date
  doneAt?: Date
}

/** Fifty write-backs, newest first, of all states or some, or those of one payment. */
export async function listWriteBacks(
  actor: Actor,
  { states, attemptId, after }: { states?: WriteBackState[]; attemptId?: string; after?: After } = {},
): Promise<Listed<WriteBackView>> {
  requireStaff(actor)
  type Row = Omit<WriteBackView, 'amount' | 'written' | 'externalId' | 'error' | 'doneAt'> & {
    amountMinor: bigint
    writtenMinor: bigint
    currency: string
    externalId: string | null
    error: string | null
    doneAt: Date | null
  }
  const rows = await withTenant(actor.tenantId, (tx) =>
    tx.rows<Row>(sql`
      select w.id, w.attempt_id, w.invoice_id, i.number, c.name as client_name, w.amount_minor, w.written_minor, w.currency, w.paid_on, w.state,
        w.external_id, w.error, w.created_at, w.done_at
      from write_backs w
      join invoices i on i.tenant_id = w.tenant_id and i.id = w.invoice_id
      join clients c on c.tenant_id = i.tenant_id and c.id = i.client_id
      where w.tenant_id = ${tx.tenantId}
        ${states === undefined ? sql`` : sql`and w.state = any(${states}::text[])`}
        ${attemptId === undefined ? sql`` : sql`and w.attempt_id = ${attemptId}`}
        ${after === undefined ? sql`` : sql`and (w.created_at, w.id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
      order by w.created_at desc, w.id desc limit ${PAGE + 1}`),
  )
  return page(rows, newest, ({ amountMinor, writtenMinor, currency, externalId, error, doneAt, ...row }) => ({
    ...row,
    amount: money(amountMinor, currency),
    written: money(writtenMinor, currency),
    ...given('externalId', externalId),
    ...given('error', error),
    ...given('doneAt', doneAt),
  }))
}

export function requireStaff(actor: Actor): void {
  if (actor.kind !== 'staff' && actor.kind !== 'system') throw new Fault('not-found', 'No such page')
}

function newest({ createdAt, id }: { createdAt: Date; id: string }): After {
  return { at: createdAt.toISOString(), id }
}

function page<Row, Item>(rows: Row[], keyOf: (row: Row) => After, toItem: (row: Row) => Item): Listed<Item> {
  const shown = rows.slice(0, PAGE)
  const last = shown.at(-1)
  const items = shown.map(toItem)
  return rows.length > PAGE && last !== undefined ? { items, next: keyOf(last) } : { items }
}

/** A property that is there or not, for what the database calls null. */
export function given<Key extends string, Value>(key: Key, value: Value | null): { [K in Key]?: Value } {
  return (value === null ? {} : { [key]: value }) as { [K in Key]?: Value }
}
