import 'server-only'
import type { PlainDate } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { InvoiceKind } from './invoice'
import type { Mirrored, RecordedRow, Snapshot } from './settle-invoice'

/** An invoice as it stands, locked, with all that decides how a new snapshot changes the journal. */
export type Locked = Mirrored & {
  number: string
  currency: string
  version: number
  contentHash: string
  /** When the current version was written, or the invoice voided. */
  seenAt: Date
  unfinished: Snapshot['unfinished']
}

/** Locks invoices, in order of id as everywhere, and reads how the journal has them. */
export async function lockInvoices(
  tx: Tx,
  connectionId: string,
  ids: readonly string[],
  readAt: Date,
): Promise<Map<string, Locked>> {
  if (ids.length === 0) return new Map()
  // Each version by its key, which "offset 0" holds the planner to: of a tenant not yet in the statistics it believes that
  // one row is all, and a join then reads all versions of the tenant once per invoice.
  const locked = await tx.rows<Row>(sql`
    select i.id, i.client_id, i.kind, i.number, i.state, i.currency, i.total_minor, i.settled_minor, i.version, v.source_hash as content_hash,
      greatest(v.seen_at, i.voided_at) as seen_at
    from invoices i cross join lateral (
      select source_hash, seen_at from invoice_versions
      where tenant_id = i.tenant_id and invoice_id = i.id and version = i.version offset 0) v
    where i.tenant_id = ${tx.tenantId} and i.id = any(${ids}::uuid[]) order by i.id for update of i`)
  const recorded = await tx.rows<RecordedColumns>(sql`
    select id, external_id, invoice_id, credit_invoice_id, amount_minor, paid_on, attempt_id, gone_at,
      (seen_at >= ${readAt} or coalesce(gone_at >= ${readAt}, false)) as is_fresher
    from recorded_payments
    where tenant_id = ${tx.tenantId} and connection_id = ${connectionId} and invoice_id = any(${ids}::uuid[]) order by id`)
  const creditedOf = await creditUnder(tx, ids)
  const unfinished = await tx.rows<{ invoiceId: string; amountMinor: bigint; paidOn: PlainDate }>(sql`
    select invoice_id, written_minor as amount_minor, paid_on from write_backs
    where tenant_id = ${tx.tenantId} and invoice_id = any(${ids}::uuid[]) and external_id is null and written_minor > 0`)
  const rowsOf = Map.groupBy(recorded, ({ invoiceId }) => invoiceId)
  const unfinishedOf = Map.groupBy(unfinished, ({ invoiceId }) => invoiceId)
  return new Map(
    locked.map((row) => {
      const rows = (rowsOf.get(row.id) ?? []).map(toRecorded)
      const parkedMinor = row.kind === 'invoice' ? (creditedOf.get(row.id) ?? 0n) : 0n
      return [row.id, { ...row, recorded: rows, parkedMinor, unfinished: unfinishedOf.get(row.id) ?? [] }]
    }),
  )
}

/**
 * What stands as credit under each invoice's name: paid beyond its total, or on one that is void. Credit applied to it,
 * by the PSA or by us, left the client's credit under its name as well; what remains beyond that is meant.
 */
export async function creditUnder(tx: Tx, ids: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await tx.rows<{ invoiceId: string; minor: bigint }>(sql`
    select invoice_id, sum(minor)::bigint as minor from (
      select invoice_id, case when credit = 'unapplied' then amount_minor else -amount_minor end as minor
      from journal_lines
      where tenant_id = ${tx.tenantId} and invoice_id = any(${ids}::uuid[]) and 'unapplied' in (debit, credit)
      union all
      select invoice_id, amount_minor from recorded_payments
      where tenant_id = ${tx.tenantId} and invoice_id = any(${ids}::uuid[]) and credit_invoice_id is not null and gone_at is null
      union all
      select invoice_id, amount_minor - withdrawn_minor from credit_applications
      where tenant_id = ${tx.tenantId} and invoice_id = any(${ids}::uuid[])) under
    group by invoice_id`)
  return new Map(rows.map(({ invoiceId, minor }) => [invoiceId, minor]))
}

type Row = {
  id: string
  clientId: string
  kind: InvoiceKind
  number: string
  state: 'open' | 'void'
  currency: string
  totalMinor: bigint
  settledMinor: bigint
  version: number
  contentHash: string
  seenAt: Date
}

type RecordedColumns = {
  id: string
  externalId: string
  invoiceId: string
  creditInvoiceId: string | null
  amountMinor: bigint
  paidOn: PlainDate
  attemptId: string | null
  goneAt: Date | null
  isFresher: boolean
}

function toRecorded(row: RecordedColumns): RecordedRow {
  const { id, externalId, amountMinor, paidOn, isFresher } = row
  const { creditInvoiceId, attemptId, goneAt } = row
  const is = { isCredit: creditInvoiceId !== null, isOurs: attemptId !== null, isGone: goneAt !== null, isFresher }
  return { id, externalId, amountMinor, paidOn, ...is }
}
