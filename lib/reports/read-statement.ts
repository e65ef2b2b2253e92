import 'server-only'
import { type Actor, maySeeClient } from '@/lib/access/actor'
import type { PlainDate } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { sql } from '@/lib/base/sql'
import type { CauseKind } from '@/lib/ledger/entry'
import { money } from '@/lib/money/money'
import { addUpStatement, type Statement, type StatementKind } from './statement'

type Row = {
  clientName: string
  currency: string
  /** Null in the one row that holds what was before. */
  on: PlainDate | null
  causeKind: CauseKind | null
  isCredit: boolean | null
  numbers: string[] | null
  methodLabel: string | null
  minor: bigint
}

/**
 * A client's account between two dates, both counted in: from the journal, in one statement. What is owed is what stands
 * on the invoices less the client's credit, so credit that pays an invoice moves nothing.
 * @throws Fault not-found
 */
export async function readStatement(
  actor: Actor,
  clientId: string,
  { from, to }: { from: PlainDate; to: PlainDate },
): Promise<Statement> {
  if (!maySeeClient(actor, clientId)) throw new Fault('not-found', 'No such client')
  const rows = await withTenant(actor.tenantId, (tx) =>
    tx.rows<Row>(sql`
      with client as (select name, currency from clients where tenant_id = ${tx.tenantId} and id = ${clientId}),
      lines as (
        select l.entry_id, l.invoice_id, l.attempt_id, case when l.debit = 'receivable' then l.amount_minor else -l.amount_minor end as minor
        from invoices i join journal_lines l on l.tenant_id = i.tenant_id and l.invoice_id = i.id
        where i.tenant_id = ${tx.tenantId} and i.client_id = ${clientId} and l.client_id = ${clientId} and 'receivable' in (l.debit, l.credit)
          and l.currency = (select currency from client)
        union all
        select l.entry_id, l.invoice_id, l.attempt_id, case when l.debit = 'unapplied' then l.amount_minor else -l.amount_minor end
        from journal_lines l
        where l.tenant_id = ${tx.tenantId} and l.client_id = ${clientId} and (l.debit = 'unapplied' or l.credit = 'unapplied')
          and l.currency = (select currency from client)),
      moved as (
        select e.id, e.booked_on, e.cause_kind, l.invoice_id, l.attempt_id, l.minor
        from lines l join journal_entries e on e.tenant_id = ${tx.tenantId} and e.id = l.entry_id and e.booked_on <= ${to}),
      told as (
        select m.id, m.booked_on, m.cause_kind, bool_or(i.kind = 'credit_memo') as is_credit, max(a.method_label) as method_label,
          array_remove(array_agg(distinct i.number order by i.number), null) as numbers, sum(m.minor)::bigint as minor
        from moved m
        left join invoices i on i.tenant_id = ${tx.tenantId} and i.id = m.invoice_id
        left join attempts a on a.tenant_id = ${tx.tenantId} and a.id = m.attempt_id
        where m.booked_on >= ${from} group by m.id, m.booked_on, m.cause_kind having sum(m.minor) <> 0)
      select c.name as client_name, c.currency, null::date as "on", null as cause_kind, null::boolean as is_credit, null::text[] as numbers, null as method_label,
        (select coalesce(sum(minor), 0)::bigint from moved where booked_on < ${from}) as minor, null::uuid as id
      from client c
      union all
      select c.name, c.currency, t.booked_on, t.cause_kind, t.is_credit, t.numbers, t.method_label, t.minor, t.id from client c, told t
      order by 3 nulls first, 9`),
  )
  const [before, ...moves] = rows
  if (before === undefined) throw new Fault('not-found', 'No such client')
  const { clientName, currency } = before
  return addUpStatement(
    { clientName, from, to, opening: money(before.minor, currency) },
    moves.map(({ on, causeKind, isCredit, numbers, methodLabel, minor }) => ({
      on: on ?? from,
      kind: kindOf(causeKind, isCredit === true),
      numbers: numbers ?? [],
      amount: money(minor, currency),
      ...(methodLabel === null ? {} : { methodLabel }),
    })),
  )
}

function kindOf(cause: CauseKind | null, isCredit: boolean): StatementKind {
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
