import { sql } from '@/lib/base/sql'
import { ago, followUpMs, type InsideCheck } from './inside-check'

export const checksOfBooks: InsideCheck[] = [
  {
    invariant: 'I3',
    says: 'This entry of the journal has no lines, or lines that cannot be',
    find: (tx) => sql`
      select 'journal_entry' as kind, e.id::text as id, 'lines that balance' as expected, count(l.position) || ' lines' as actual
      from journal_entries e left join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
      where e.tenant_id = ${tx.tenantId}
      group by e.id having count(l.position) = 0 or bool_or(l.amount_minor <= 0 or l.debit = l.credit) or count(distinct l.currency) > 1`,
  },
  {
    invariant: 'I4',
    says: 'The invoice asks for another sum than the journal billed',
    find: (tx) => sql`
      select 'invoice' as kind, i.id::text as id, coalesce(b.minor, 0)::text as expected, case when i.state = 'void' then 0 when i.kind = 'credit_memo' then 0 else i.total_minor end::text as actual
      from invoices i left join (
        select l.invoice_id, sum(case when l.debit = 'receivable' then l.amount_minor else -l.amount_minor end) as minor
        from journal_lines l where l.tenant_id = ${tx.tenantId} and 'billed' in (l.debit, l.credit) and 'receivable' in (l.debit, l.credit) group by l.invoice_id) b on b.invoice_id = i.id
      where i.tenant_id = ${tx.tenantId} and i.kind = 'invoice' and coalesce(b.minor, 0) <> case when i.state = 'void' then 0 else i.total_minor end`,
  },
  {
    invariant: 'I4',
    says: 'The invoice counts another sum as settled than the journal moved',
    find: (tx) => sql`
      select 'invoice' as kind, i.id::text as id, coalesce(p.minor, 0)::text as expected, i.settled_minor::text as actual
      from invoices i left join (
        select l.invoice_id, sum(case when l.credit = 'receivable' then l.amount_minor else -l.amount_minor end) as minor
        from journal_lines l where l.tenant_id = ${tx.tenantId} and 'receivable' in (l.debit, l.credit) and 'billed' not in (l.debit, l.credit) group by l.invoice_id) p on p.invoice_id = i.id
      where i.tenant_id = ${tx.tenantId} and i.settled_minor <> coalesce(p.minor, 0)`,
  },
  {
    invariant: 'I5',
    says: 'The journal cleared another amount than Stripe booked',
    find: (tx) => sql`
      select 'balance_transaction' as kind, b.balance_transaction_id as id, b.amount_minor::text as expected, coalesce(sum(l.amount_minor), 0)::text as actual
      from balance_transactions b
      left join journal_entries e on e.tenant_id = b.tenant_id and e.cause_kind = 'payment.succeeded' and e.cause_id = b.attempt_id::text
      left join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id and l.debit = 'clearing'
      where b.tenant_id = ${tx.tenantId} and b.category = 'charge' and b.attempt_id is not null
      group by b.balance_transaction_id, b.amount_minor having coalesce(sum(l.amount_minor), 0) <> b.amount_minor`,
  },
  {
    invariant: 'I5',
    says: 'The journal has another fee than Stripe took',
    find: (tx) => sql`
      select 'balance_transaction' as kind, b.balance_transaction_id as id, b.fee_minor::text as expected,
        coalesce(sum(case when l.credit = 'clearing' then l.amount_minor else -l.amount_minor end), 0)::text as actual
      from balance_transactions b
      left join journal_entries e on e.tenant_id = b.tenant_id and e.cause_kind = 'fee.charged' and e.cause_id = b.balance_transaction_id
      left join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
      where b.tenant_id = ${tx.tenantId} and b.attempt_id is not null and b.category <> 'fee'
      group by b.balance_transaction_id, b.fee_minor
      having coalesce(sum(case when l.credit = 'clearing' then l.amount_minor else -l.amount_minor end), 0) <> b.fee_minor`,
  },
  {
    invariant: 'I5',
    says: 'The journal has another amount for this payout than reached the bank',
    find: (tx) => sql`
      select 'payout' as kind, p.payout_id as id, p.amount_minor::text as expected,
        coalesce(sum(case when l.debit = 'bank' then l.amount_minor when l.credit = 'bank' then -l.amount_minor end), 0)::text as actual
      from payouts p
      join journal_entries e on e.tenant_id = p.tenant_id and e.cause_kind = 'payout.paid' and e.cause_id = p.id::text
      left join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
      where p.tenant_id = ${tx.tenantId} and e.tenant_id = ${tx.tenantId}
      group by p.payout_id, p.amount_minor
      having coalesce(sum(case when l.debit = 'bank' then l.amount_minor when l.credit = 'bank' then -l.amount_minor end), 0) <> p.amount_minor`,
  },
  {
    invariant: 'I6',
    says: 'Gross less fee is not net',
    find: (tx) => sql`
      select 'balance_transaction' as kind, b.balance_transaction_id as id, (b.amount_minor - b.fee_minor)::text as expected, b.net_minor::text as actual
      from balance_transactions b where b.tenant_id = ${tx.tenantId} and b.amount_minor - b.fee_minor <> b.net_minor`,
  },
  {
    invariant: 'I6',
    says: 'What is in this payout does not add up to it',
    find: (tx) => sql`
      select 'payout' as kind, p.payout_id as id, p.amount_minor::text as expected, coalesce(sum(b.net_minor), 0)::text as actual
      from payouts p left join balance_transactions b on b.tenant_id = p.tenant_id and b.payout_id = p.id and b.category <> 'payout'
      where p.tenant_id = ${tx.tenantId} and p.complete_at is not null
      group by p.payout_id, p.amount_minor having coalesce(sum(b.net_minor), 0) <> p.amount_minor`,
  },
  {
    invariant: 'I8',
    says: 'One row in the PSA stands for two payments of ours',
    find: (tx) => sql`
      select 'write_back' as kind, w.external_id as id, '1' as expected, count(*)::text as actual
      from write_backs w where w.tenant_id = ${tx.tenantId} and w.external_id is not null and w.written_minor > 0
      group by w.external_id having count(*) > 1`,
  },
  {
    invariant: 'I8',
    says: 'One document in the books stands for two postings of ours',
    find: (tx) => sql`
      select 'posting' as kind, p.external_kind || ' ' || p.external_id as id, '1' as expected, count(*)::text as actual
      from postings p where p.tenant_id = ${tx.tenantId} and p.external_id is not null and p.state = 'posted'
      group by p.connection_id, p.external_kind, p.external_id having count(*) > 1`,
  },
  {
    invariant: 'I8',
    says: 'What should stand in the PSA is not what the payment still pays',
    find: (tx) => sql`
      select 'write_back' as kind, w.id::text as id, greatest(coalesce(p.minor, 0) + coalesce(k.minor, 0), 0)::text as expected, w.amount_minor::text as actual
      from write_backs w join attempts a on a.tenant_id = w.tenant_id and a.id = w.attempt_id
      left join lateral (
        select sum(case when l.credit in ('receivable', 'unapplied') then l.amount_minor else -l.amount_minor end) as minor
        from journal_lines l
        where l.tenant_id = ${tx.tenantId} and l.attempt_id = w.attempt_id and l.invoice_id = w.invoice_id
          and (l.debit in ('receivable', 'unapplied')) <> (l.credit in ('receivable', 'unapplied'))) p on true
      left join lateral (
        select sum(c.amount_minor - c.withdrawn_minor) as minor from credit_applications c
        where c.tenant_id = ${tx.tenantId} and c.source_attempt_id = w.attempt_id and c.invoice_id = w.invoice_id) k on true
      where w.tenant_id = ${tx.tenantId} and a.tenant_id = ${tx.tenantId} and a.state_at < ${ago(followUpMs)} and w.amount_minor <> greatest(coalesce(p.minor, 0) + coalesce(k.minor, 0), 0)
        and not exists (select 1 from events v where v.tenant_id = ${tx.tenantId} and v.kind in ('credit.applied', 'credit.withdrawn') and v.state = 'waiting')`,
  },
  {
    invariant: 'I4',
    says: 'The journal applied another sum of credit than the applications say',
    find: (tx) => sql`
      select 'credit_application' as kind, c.order_id::text as id, sum(c.amount_minor)::text as expected, coalesce(min(j.minor), 0)::text as actual
      from credit_applications c left join lateral (
        select sum(l.amount_minor) as minor from journal_entries e join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
        where e.tenant_id = ${tx.tenantId} and l.tenant_id = ${tx.tenantId} and e.cause_kind = 'credit.applied' and e.cause_id = c.order_id::text
          and l.debit = 'unapplied' and l.credit = 'receivable') j on true
      where c.tenant_id = ${tx.tenantId}
      group by c.order_id having sum(c.amount_minor) <> coalesce(min(j.minor), 0)`,
  },
  {
    invariant: 'I2',
    says: 'Credit of this client still pays invoices though it is no more there',
    find: (tx) => sql`
      select 'client' as kind, c.client_id::text as id, 'at least 0' as expected, min(u.minor)::text as actual
      from credit_applications c join invoices i on i.tenant_id = c.tenant_id and i.id = c.invoice_id and i.settled_minor > 0
      cross join lateral (
        select coalesce(sum(case when l.credit = 'unapplied' then l.amount_minor else -l.amount_minor end), 0) as minor
        from journal_lines l where l.tenant_id = ${tx.tenantId} and l.client_id = c.client_id and l.currency = c.currency and (l.debit = 'unapplied' or l.credit = 'unapplied')) u
      where c.tenant_id = ${tx.tenantId} and c.withdrawn_minor < c.amount_minor
      group by c.client_id having min(u.minor) < 0`,
  },
  {
    invariant: 'I11',
    says: 'An entry is neither sealed nor waiting to be',
    find: (tx) => sql`
      select 'journal_entry' as kind, e.id::text as id, 'sealed or waiting' as expected, 'neither' as actual
      from journal_entries e
      where e.tenant_id = ${tx.tenantId} and e.id not in (
        select u.entry_id from journal_unsealed u where u.tenant_id = ${tx.tenantId}
        union all select unnest(s.entry_ids) from journal_seals s where s.tenant_id = ${tx.tenantId})`,
  },
]
