import { sql } from '@/lib/base/sql'
import { ago, followUpMs, type InsideCheck } from './inside-check'

const hour = 60 * 60_000
const day = 24 * hour

export const checksOfPayments: InsideCheck[] = [
  {
    invariant: 'I1',
    says: 'The journal has another amount for this payment than was charged',
    find: (tx) => sql`
      select 'attempt' as kind, a.id::text as id, a.amount_minor || ' ' || a.currency as expected, coalesce(p.minor, 0) || ' ' || coalesce(p.currency, a.currency) as actual
      from attempts a left join (
        select e.cause_id, min(l.currency) as currency, sum(l.amount_minor) as minor
        from journal_entries e join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
        where e.tenant_id = ${tx.tenantId} and l.tenant_id = ${tx.tenantId} and e.cause_kind = 'payment.succeeded' and l.debit = 'clearing'
        group by e.cause_id) p on p.cause_id = a.id::text
      where a.tenant_id = ${tx.tenantId} and a.succeeded_at is not null and (p.minor is distinct from a.amount_minor or p.currency is distinct from a.currency)`,
  },
  {
    invariant: 'I1',
    says: 'The journal has a payment that was never charged',
    find: (tx) => sql`
      select 'attempt' as kind, e.cause_id as id, 'a charge' as expected, coalesce(a.state, 'none') as actual
      from journal_entries e left join attempts a on a.tenant_id = e.tenant_id and a.id::text = e.cause_id
      where e.tenant_id = ${tx.tenantId} and e.cause_kind = 'payment.succeeded' and (a.id is null or a.succeeded_at is null or a.charge_id is null)`,
  },
  {
    invariant: 'I2',
    says: 'More was paid for this invoice than it asks, and the rest is not a credit',
    find: (tx) => sql`
      select 'invoice' as kind, i.id::text as id, case when i.state = 'void' then 0 else i.total_minor end::text as expected, p.minor::text as actual
      from invoices i join (
        select l.invoice_id, sum(case when l.credit = 'receivable' then l.amount_minor else -l.amount_minor end) as minor
        from journal_lines l
        where l.tenant_id = ${tx.tenantId} and l.invoice_id is not null and 'receivable' in (l.debit, l.credit) and 'billed' not in (l.debit, l.credit)
        group by l.invoice_id) p on p.invoice_id = i.id
      where i.tenant_id = ${tx.tenantId} and (p.minor > case when i.state = 'void' then 0 else i.total_minor end or p.minor < 0)`,
  },
  {
    invariant: 'I2',
    says: 'Two charges answer to one attempt, or one charge to two',
    find: (tx) => sql`
      select 'charge' as kind, a.charge_id as id, '1' as expected, count(*)::text as actual
      from attempts a where a.tenant_id = ${tx.tenantId} and a.charge_id is not null group by a.charge_id having count(*) > 1`,
  },
  {
    invariant: 'I7',
    says: 'This payment waits longer than it may, and nobody was told',
    find: (tx) => sql`
      select 'attempt' as kind, a.id::text as id, 'settled or raised' as expected, a.state || ' since ' || to_char(a.state_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as actual
      from attempts a
      where a.tenant_id = ${tx.tenantId} and a.state in ('created', 'sent', 'requires_action', 'processing', 'unknown')
        and a.state_at < case
          when a.state = 'unknown' then ${ago(hour)}::timestamptz
          when a.state in ('created', 'sent') then ${ago(6 * hour)}::timestamptz
          when a.state = 'processing' or a.waits_for = 'deposits' then ${ago(14 * day)}::timestamptz
          else ${ago(6 * hour)}::timestamptz end
        and not exists (select 1 from exceptions x where x.tenant_id = ${tx.tenantId} and x.subject_id = a.id::text and x.closed_at is null)`,
  },
  {
    invariant: 'I10',
    says: 'This payment has not exactly one receipt',
    find: (tx) => sql`
      select 'attempt' as kind, a.id::text as id, '1' as expected, m.count::text as actual
      from attempts a join clients c on c.tenant_id = a.tenant_id and c.id = a.client_id
      cross join lateral (select count(*) from messages m where m.tenant_id = ${tx.tenantId} and m.attempt_id = a.id and m.kind = 'payment_received') m
      where a.tenant_id = ${tx.tenantId} and a.succeeded_at is not null and m.count <> 1
        and (m.count > 1 or (a.succeeded_at < ${ago(followUpMs)} and a.receipt_email is not null))`,
  },
  {
    invariant: 'I11',
    says: 'What counts as refunded is not the sum of the refunds',
    find: (tx) => sql`
      select 'attempt' as kind, a.id::text as id, coalesce(r.minor, 0)::text as expected, a.refunded_minor::text as actual
      from attempts a left join (
        select l.attempt_id, sum(case when l.credit = 'clearing' then l.amount_minor else -l.amount_minor end) as minor
        from journal_entries e join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
        where e.tenant_id = ${tx.tenantId} and l.tenant_id = ${tx.tenantId} and e.cause_kind in ('refund.succeeded', 'refund.reversed') group by l.attempt_id) r on r.attempt_id = a.id
      where a.tenant_id = ${tx.tenantId} and a.refunded_minor <> coalesce(r.minor, 0)`,
  },
  {
    invariant: 'I11',
    says: 'An invoice is held by an attempt that is over, or free though one is under way',
    find: (tx) => sql`
      select 'invoice' as kind, l.invoice_id::text as id, (a.state in ('created', 'sent', 'requires_action', 'processing', 'unknown'))::text as expected, l.in_flight::text as actual
      from allocations l join attempts a on a.tenant_id = l.tenant_id and a.id = l.attempt_id
      where l.tenant_id = ${tx.tenantId} and a.tenant_id = ${tx.tenantId} and l.in_flight <> (a.state in ('created', 'sent', 'requires_action', 'processing', 'unknown'))`,
  },
  {
    invariant: 'I12',
    says: 'The record of this attempt does not lead from its beginning to its state',
    find: (tx) => sql`
      select 'attempt' as kind, a.id::text as id, a.state as expected, coalesce(t.path, 'nothing') as actual
      from attempts a left join lateral (
        select string_agg(coalesce(s.from_state, 'nothing') || ' to ' || s.to_state, ', ' order by s.id) as path,
          count(*) filter (where s.from_state is null) as starts,
          (array_agg(s.to_state order by s.id desc))[1] as last,
          bool_and(s.from_state is not distinct from s.before) as joined
        from (select x.id, x.at, x.from_state, x.to_state, lag(x.to_state) over (order by x.id) as before
          from attempt_transitions x where x.tenant_id = ${tx.tenantId} and x.attempt_id = a.id) s) t on true
      where a.tenant_id = ${tx.tenantId} and (t.last is distinct from a.state or t.starts <> 1 or not t.joined)`,
  },
  {
    invariant: 'I13',
    says: 'An attempt made a move that does not exist',
    find: (tx) => sql`
      select 'attempt' as kind, t.attempt_id::text as id, 'a listed move' as expected, coalesce(t.from_state, 'nothing') || ' to ' || t.to_state as actual
      from attempt_transitions t
      where t.tenant_id = ${tx.tenantId} and not case when t.from_state is null then t.to_state = 'created'
        else exists (select 1 from attempt_moves m where m.from_state = t.from_state and m.to_state = t.to_state) end`,
  },
]
