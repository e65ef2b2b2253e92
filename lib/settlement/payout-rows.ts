import 'server-only'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { causeOf, type PayoutRow, type RowPosting, type RowSource } from './payout-row'

type Row = RowSource & {
  balanceTransactionId: string
  amountMinor: bigint
  feeMinor: bigint
  clientName: string | null
  numbers: string[]
}

/** What is in a payout, each row with its documents in the books. Three statements, however long the list. */
export async function readPayoutRows(tx: Tx, payoutId: string, connectionId: string | undefined): Promise<PayoutRow[]> {
  const rows = await tx.rows<Row>(sql`
    select b.balance_transaction_id, b.category, b.attempt_id, b.amount_minor, b.fee_minor,
      r.id as refund_id, d.id as dispute_id, d.kind as dispute_kind, o.id as payout_id, c.name as client_name,
      array(select i.number from allocations l join invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
        where l.tenant_id = b.tenant_id and l.attempt_id = b.attempt_id order by i.number) as numbers
    from balance_transactions b
    left join refunds r on r.tenant_id = b.tenant_id and r.refund_id = b.source_id
    left join disputes d on d.tenant_id = b.tenant_id and d.dispute_id = b.source_id
    left join payouts o on o.tenant_id = b.tenant_id and o.account = b.account and o.payout_id = b.source_id
    left join attempts a on a.tenant_id = b.tenant_id and a.id = b.attempt_id
    left join clients c on c.tenant_id = a.tenant_id and c.id = a.client_id
    where b.tenant_id = ${tx.tenantId} and b.payout_id = ${payoutId} and b.category <> 'payout'
    order by b.created_at, b.balance_transaction_id`)
  const sources = rows.map((row) => ({ row, cause: causeOf(row) }))
  const postings = connectionId === undefined ? [] : await readPostings(tx, connectionId, sources)
  const byCause = Map.groupBy(postings, ({ causeKind, causeId }) => `${causeKind} ${causeId}`)
  return sources.map(({ row, cause }) => ({
    balanceTransactionId: row.balanceTransactionId,
    category: row.category,
    amountMinor: row.amountMinor,
    feeMinor: row.feeMinor,
    about: aboutOf(row),
    isOurs: row.attemptId !== null,
    postings: cause === undefined ? [] : (byCause.get(`${cause.kind} ${cause.id}`) ?? []),
    ...(cause === undefined ? {} : { cause }),
  }))
}

function readPostings(
  tx: Tx,
  connectionId: string,
  sources: { cause: PayoutRow['cause'] }[],
): Promise<(RowPosting & { causeKind: string; causeId: string })[]> {
  const causes = sources.flatMap(({ cause }) => (cause === undefined ? [] : [cause]))
  return tx.rows(sql`
    select p.cause_kind, p.cause_id, p.kind, p.state, p.amount_minor, p.external_kind, p.external_id, p.external_tag
    from postings p
    join unnest(${causes.map(({ kind }) => kind)}::text[], ${causes.map(({ id }) => id)}::text[]) as c (kind, id)
      on c.kind = p.cause_kind and c.id = p.cause_id
    where p.tenant_id = ${tx.tenantId} and p.connection_id = ${connectionId} order by p.kind`)
}

function aboutOf({ clientName, numbers, category }: Row): string {
  if (clientName === null) return category.replaceAll('_', ' ')
  const shown = numbers.length > 3 ? [...numbers.slice(0, 3), `and ${numbers.length - 3} more`] : numbers
  return [clientName, ...shown].join(', ')
}
