import 'server-only'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { PostingRow } from './posting-facts'

/** What makes an invoice owed again that a payment had paid. */
const reopeningCauses = ['refund.succeeded', 'payment.returned', 'dispute.lost'] as const

/**
 * How many refunds, returns and lost disputes had opened an invoice again before this posting took something off it, and
 * are not in the books yet. There it still counts as paid until they are, and would take no more.
 */
export async function countUnpostedReopenings(tx: Tx, posting: PostingRow): Promise<number> {
  const row = await tx.row<{ count: number }>(sql`
    select count(*)::int as count
    from journal_entries mine
    join journal_lines paid on paid.tenant_id = mine.tenant_id and paid.entry_id = mine.id and paid.credit = 'receivable'
    join journal_lines opened on opened.tenant_id = paid.tenant_id and opened.invoice_id = paid.invoice_id
      and opened.debit = 'receivable' and opened.entry_id < mine.id
    join journal_entries e on e.tenant_id = opened.tenant_id and e.id = opened.entry_id and e.cause_kind = any(${[...reopeningCauses]}::text[])
    join connections c on c.tenant_id = e.tenant_id and c.id = ${posting.connectionId}
    left join postings p on p.tenant_id = e.tenant_id and p.connection_id = c.id and p.cause_kind = e.cause_kind and p.cause_id = e.cause_id
    where mine.tenant_id = ${tx.tenantId} and mine.cause_kind = ${posting.causeKind} and mine.cause_id = ${posting.causeId}
      and p.state is distinct from 'posted'
      and (p.id is not null or e.booked_on >= coalesce((c.settings ->> 'postFrom')::date, '-infinity'))`)
  return row?.count ?? 0
}

/** Postings that wait because this one had yet to open their invoice again in the books. */
export async function readReopened(
  tx: Tx,
  { connectionId, causeKind, causeId }: PostingRow,
): Promise<{ id: string }[]> {
  if (!reopeningCauses.some((one) => one === causeKind)) return []
  return tx.rows<{ id: string }>(sql`
    select distinct p.id
    from journal_entries mine
    join journal_lines opened on opened.tenant_id = mine.tenant_id and opened.entry_id = mine.id and opened.debit = 'receivable'
    join journal_lines paid on paid.tenant_id = opened.tenant_id and paid.invoice_id = opened.invoice_id
      and paid.credit = 'receivable' and paid.entry_id > mine.id
    join journal_entries e on e.tenant_id = paid.tenant_id and e.id = paid.entry_id
    join postings p on p.tenant_id = e.tenant_id and p.connection_id = ${connectionId} and p.cause_kind = e.cause_kind
      and p.cause_id = e.cause_id and p.kind in ('payment', 'reversal') and p.state in ('waiting', 'checking')
    where mine.tenant_id = ${tx.tenantId} and mine.cause_kind = ${causeKind} and mine.cause_id = ${causeId}`)
}
