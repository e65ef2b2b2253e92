import type { PlainDate } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { type Sql, sql } from '@/lib/base/sql'
import type { CauseKind } from '@/lib/ledger/entry'
import type { StatementKind } from './statement'

/**
 * What moved the accounts of clients, as two queries to select from, after one named `client` (id, name, currency):
 * `moved` is each line until a period's end, `told` each entry within it that changed what a client owes. What is owed is
 * what stands on the invoices less the client's credit, so credit that pays an invoice moves nothing.
 */
export function statementMoves(tx: Tx, { from, to }: { from: PlainDate; to: PlainDate }): Sql {
  return sql`
    lines as (
      select c.id as client_id, l.entry_id, l.invoice_id, l.attempt_id, case when l.debit = 'receivable' then l.amount_minor else -l.amount_minor end as minor
      from client c
      join invoices i on i.tenant_id = ${tx.tenantId} and i.client_id = c.id
      join journal_lines l on l.tenant_id = ${tx.tenantId} and l.invoice_id = i.id and l.client_id = c.id and l.currency = c.currency
      where 'receivable' in (l.debit, l.credit)
      union all
      select c.id, l.entry_id, l.invoice_id, l.attempt_id, case when l.debit = 'unapplied' then l.amount_minor else -l.amount_minor end
      from client c join journal_lines l on l.tenant_id = ${tx.tenantId} and l.client_id = c.id and l.currency = c.currency
      where l.debit = 'unapplied' or l.credit = 'unapplied'),
    moved as (
      select l.client_id, e.id, e.booked_on, e.cause_kind, l.invoice_id, l.attempt_id, l.minor
      from lines l join journal_entries e on e.tenant_id = ${tx.tenantId} and e.id = l.entry_id and e.booked_on <= ${to}),
    told as (
      select m.client_id, m.id, m.booked_on, m.cause_kind, bool_or(i.kind = 'credit_memo') as is_credit, max(a.method_label) as method_label,
        array_remove(array_agg(distinct i.number order by i.number), null) as numbers, sum(m.minor)::bigint as minor
      from moved m
      left join invoices i on i.tenant_id = ${tx.tenantId} and i.id = m.invoice_id
      left join attempts a on a.tenant_id = ${tx.tenantId} and a.id = m.attempt_id
      where m.booked_on >= ${from} group by m.client_id, m.id, m.booked_on, m.cause_kind having sum(m.minor) <> 0)`
}

/** What an entry that was told is, to whom it is told. */
export function kindOf(cause: CauseKind | null, isCredit: boolean): StatementKind {
  switch (cause) {
    case 'invoice.mirrored':
      return isCredit ? 'credit_memo' : 'invoice'
    case 'invoice.changed':
      return 'invoice_changed'
    case 'invoice.voided':
      return 'invoice_voided'
    case 'payment.succeeded':
    case 'recorded.paid':
      return 'payment'
    case 'recorded.removed':
      return 'payment_removed'
    case 'refund.succeeded':
      return 'refund'
    case 'payment.returned':
    case 'dispute.lost':
      return 'returned'
    default:
      return 'adjustment'
  }
}
