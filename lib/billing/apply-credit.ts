import 'server-only'
import { now, type PlainDate } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import type { Movement } from '@/lib/ledger/entry'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import type { Settings } from '@/lib/tenancy/settings'

/** A client’s credit in one currency that no payment under way has reserved; never less than nothing. */
export async function freeCredit(tx: Tx, clientId: string, currency: string): Promise<bigint> {
  const row = await tx.row<{ minor: bigint }>(sql`
    select greatest(free_credit(${tx.tenantId}::uuid, ${clientId}::uuid, ${currency}), 0) as minor`)
  return row?.minor ?? 0n
}

/**
 * The part of it that may pay invoices at the checkout: money that came through us or was paid beyond an invoice; credit
 * memos of the PSA only where the MSP wants that, since they must be applied there too.
 */
export async function usableCredit(
  tx: Tx,
  clientId: string,
  currency: string,
  { useCreditMemos }: Pick<Settings, 'useCreditMemos'>,
): Promise<bigint> {
  const free = await freeCredit(tx, clientId, currency)
  if (useCreditMemos || free === 0n) return free
  const memos = await tx.row<{ minor: bigint }>(sql`
    select coalesce(sum(i.total_minor - coalesce((
        select sum(r.amount_minor) from recorded_payments r
        where r.tenant_id = i.tenant_id and r.credit_invoice_id = i.id and r.gone_at is null), 0)), 0)::bigint as minor
    from invoices i
    where i.tenant_id = ${tx.tenantId} and i.client_id = ${clientId} and i.currency = ${currency} and i.kind = 'credit_memo' and i.state = 'open'`)
  const own = free - (memos?.minor ?? 0n)
  return own > 0n ? own : 0n
}

type Order = {
  clientId: string
  currency: string
  /** The order the credit was part of; applied once. */
  orderId: string
  /** Wanted on each invoice: no more than it owes, its row locked by the caller. */
  shares: { invoiceId: string; minor: bigint }[]
  bookedOn: PlainDate
}

/**
 * Pays invoices with their client’s credit, as far as there still is some: what somebody has used up since it was
 * reserved is left open. Money that came through us and was kept goes first, the oldest first: it is ours to write to
 * the PSA. The rest is credit the PSA holds itself.
 * @returns how much was applied
 */
export async function applyCredit(tx: Tx, order: Order): Promise<bigint> {
  const { clientId, currency, orderId, bookedOn } = order
  const wanted = order.shares.filter(({ minor }) => minor > 0n)
  if (wanted.length === 0) return 0n
  let free = await freeCredit(tx, clientId, currency)
  const sources = await keptPayments(tx, clientId, currency)
  const pieces = wanted.flatMap(({ invoiceId, minor }) => {
    let left = least(minor, free)
    free -= left
    const parts = sources.flatMap((source) => {
      const part = least(left, source.minor)
      source.minor -= part
      left -= part
      return part > 0n ? [{ invoiceId, sourceAttemptId: source.attemptId as string | null, minor: part }] : []
    })
    return left > 0n ? [...parts, { invoiceId, sourceAttemptId: null, minor: left }] : parts
  })
  if (pieces.length === 0) return 0n
  const rows = pieces.map((piece) => ({ ...piece, id: newId() }))
  const at = now()
  await tx.run(sql`
    insert into credit_applications (tenant_id, id, revision_id, client_id, order_id, currency, applied_on, created_at, invoice_id, source_attempt_id, amount_minor)
    select ${tx.tenantId}, s.id, s.id, ${clientId}, ${orderId}, ${currency}, ${bookedOn}::date, ${at}, s.invoice_id, s.source_id, s.minor
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ invoiceId }) => invoiceId)}::uuid[],
      ${rows.map(({ sourceAttemptId }) => sourceAttemptId)}::uuid[], ${rows.map(({ minor }) => minor)}::bigint[]) as s (id, invoice_id, source_id, minor)`)
  const movements = rows.map(
    ({ invoiceId, minor }): Movement => ({
      ...{ debit: 'unapplied', credit: 'receivable', amount: money(minor, currency) },
      ...{ clientId, invoiceId },
    }),
  )
  await record(tx, [{ cause: { kind: 'credit.applied', id: orderId }, happenedAt: at, bookedOn, movements }])
  await announce(tx, { kind: 'credit.applied', orderId }, orderId)
  return rows.reduce((sum, { minor }) => sum + minor, 0n)
}

/** What payments of this client left as credit and no application has used yet, the oldest first. */
async function keptPayments(
  tx: Tx,
  clientId: string,
  currency: string,
): Promise<{ attemptId: string; minor: bigint }[]> {
  const rows = await tx.rows<{ attemptId: string; minor: bigint }>(sql`
    select attempt_id, sum(minor)::bigint as minor from (
      select attempt_id, case when credit = 'unapplied' then amount_minor else -amount_minor end as minor from journal_lines
      where tenant_id = ${tx.tenantId} and client_id = ${clientId} and currency = ${currency} 
        and (debit = 'unapplied' or credit = 'unapplied') and attempt_id is not null and invoice_id is null
      union all
      select source_attempt_id, withdrawn_minor - amount_minor from credit_applications
      where tenant_id = ${tx.tenantId} and client_id = ${clientId} and currency = ${currency} and source_attempt_id is not null) kept
    group by attempt_id having sum(minor) > 0 order by attempt_id`)
  return rows
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
