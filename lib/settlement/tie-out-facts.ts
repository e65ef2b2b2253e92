import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { KnownDocument } from '@/lib/connectors/contract'
import { postedCauses } from './posting'

/** Everything our own records say for the tie-out. A handful of statements, however many invoices there are. */

/** An invoice that somebody says is open, or that the books do. */
export type InvoiceSides = {
  id: string
  number: string
  clientId: string
  clientName: string
  currency: string
  totalMinor: bigint
  psaMinor: bigint
  journalMinor: bigint
  waitingMinor: bigint
  stuckMinor: bigint
  stuckWhy: string | null
  isOlder: boolean
  removedMinor: bigint
  recordedMinor: bigint
  /** The client's credit that pays it here, and the part of that which the PSA must apply by itself. */
  creditMinor: bigint
  psaCreditMinor: bigint
}

/** The currencies in which anything was ever billed or paid out. */
export async function readCurrencies(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ currency: string }>(sql`
    select currency from invoices where tenant_id = ${tx.tenantId} and kind = 'invoice'
    union select currency from payouts where tenant_id = ${tx.tenantId} order by currency`)
  return rows.map(({ currency }) => currency)
}

/** @param openInBooks numbers of the invoices the books call open */
export async function readInvoiceSides(
  tx: Tx,
  openInBooks: readonly string[],
  psaConnectionId: string | undefined,
): Promise<InvoiceSides[]> {
  return tx.rows<InvoiceSides>(sql`
    with picked as materialized (
      select i.id, i.number, i.client_id, c.name as client_name, i.currency, i.total_minor, i.psa_balance_minor
      from invoices i join clients c on c.tenant_id = i.tenant_id and c.id = i.client_id
      where i.tenant_id = ${tx.tenantId} and i.kind = 'invoice'
        and (i.balance_minor <> 0 or i.psa_balance_minor <> 0 or (i.state = 'open' and i.number = any(${[...openInBooks]}::text[])))),
    owed as (
      select l.invoice_id, sum(case when l.debit = 'receivable' then l.amount_minor else -l.amount_minor end)::bigint as minor
      from journal_lines l where l.tenant_id = ${tx.tenantId} and l.invoice_id in (select id from picked)
        and 'receivable' in (l.debit, l.credit) and not (l.debit = 'receivable' and l.credit = 'receivable')
      group by l.invoice_id),
    read as (
      select coalesce(max(finished_at), '-infinity') as at from sync_streams
      where tenant_id = ${tx.tenantId} and connection_id = ${psaConnectionId ?? null} and stream = 'invoices'),
    written as (
      select w.invoice_id,
        coalesce(sum(w.amount_minor - w.written_minor) filter (where w.state in ('waiting', 'retrying', 'checking')), 0)::bigint as waiting,
        coalesce(sum(w.amount_minor - w.written_minor) filter (where w.state = 'needs_you'), 0)::bigint as stuck,
        max(w.error) filter (where w.state = 'needs_you') as why,
        bool_or(w.done_at >= (select at from read)) as is_older
      from write_backs w where w.tenant_id = ${tx.tenantId} and w.invoice_id in (select id from picked) group by w.invoice_id),
    recorded as (
      select r.invoice_id,
        coalesce(sum(r.amount_minor) filter (where r.attempt_id is not null and r.gone_at is not null), 0)::bigint as removed,
        coalesce(sum(r.amount_minor) filter (where r.attempt_id is null and r.gone_at is null), 0)::bigint as others
      from recorded_payments r where r.tenant_id = ${tx.tenantId} and r.invoice_id in (select id from picked) group by r.invoice_id),
    credited as (
      select k.invoice_id, sum(k.amount_minor - k.withdrawn_minor)::bigint as minor,
        coalesce(sum(k.amount_minor - k.withdrawn_minor) filter (where k.source_attempt_id is null), 0)::bigint as psa
      from credit_applications k where k.tenant_id = ${tx.tenantId} and k.invoice_id in (select id from picked) group by k.invoice_id)
    select p.id, p.number, p.client_id, p.client_name, p.currency, p.total_minor, p.psa_balance_minor as psa_minor,
      coalesce(o.minor, 0) as journal_minor, coalesce(w.waiting, 0) as waiting_minor, coalesce(w.stuck, 0) as stuck_minor, w.why as stuck_why,
      coalesce(w.is_older, false) as is_older, coalesce(r.removed, 0) as removed_minor, coalesce(r.others, 0) as recorded_minor,
      coalesce(k.minor, 0) as credit_minor, coalesce(k.psa, 0) as psa_credit_minor
    from picked p left join owed o on o.invoice_id = p.id left join written w on w.invoice_id = p.id left join recorded r on r.invoice_id = p.id
    left join credited k on k.invoice_id = p.id
    order by p.number`)
}

/** What one of our causes took off an invoice (negative: put back), and how its image in the books stands. */
export type InvoiceEffect = {
  invoiceId: string
  minor: bigint
  postingId: string | null
  state: string | null
  error: string | null
  amountMinor: bigint | null
  externalKind: string | null
  externalId: string | null
  postedAt: Date | null
}

export async function readInvoiceEffects(
  tx: Tx,
  booksConnectionId: string,
  invoiceIds: readonly string[],
): Promise<InvoiceEffect[]> {
  return tx.rows<InvoiceEffect>(sql`
    select l.invoice_id, sum(case when l.credit = 'receivable' then l.amount_minor else -l.amount_minor end)::bigint as minor,
      p.id as posting_id, p.state, p.error, p.amount_minor, p.external_kind, p.external_id, p.posted_at
    from journal_lines l
    join journal_entries e on e.tenant_id = l.tenant_id and e.id = l.entry_id and e.cause_kind = any(${[...postedCauses]}::text[])
    left join postings p on p.tenant_id = e.tenant_id and p.connection_id = ${booksConnectionId}
      and p.cause_kind = e.cause_kind and p.cause_id = e.cause_id and p.kind <> 'surcharge'
    where l.tenant_id = ${tx.tenantId} and l.invoice_id = any(${[...invoiceIds]}::uuid[]) and 'receivable' in (l.debit, l.credit)
    group by l.invoice_id, p.id, p.state, p.error, p.amount_minor, p.external_kind, p.external_id, p.posted_at`)
}

/** Documents of ours that should stand in the books. Older ones show through the balances of their invoices. */
export async function readKnownDocuments(tx: Tx, booksConnectionId: string, since: Date): Promise<KnownDocument[]> {
  return tx.rows<KnownDocument>(sql`
    select external_kind, external_id from postings
    where tenant_id = ${tx.tenantId} and connection_id = ${booksConnectionId} and state = 'posted' and posted_at >= ${since}
    order by posted_at`)
}

/** A payout with its deposit in the books. */
export type PayoutSides = {
  id: string
  payoutId: string
  currency: string
  arrivesOn: string
  amountMinor: bigint
  /** By the journal. */
  bankMinor: bigint
  /** By the journal, of the rows in it. */
  feeMinor: bigint
  isComplete: boolean
  postingId: string | null
  state: string | null
  error: string | null
  externalKind: string | null
  externalId: string | null
  postedAt: Date | null
}

export async function readPayoutSides(tx: Tx, booksConnectionId: string | undefined): Promise<PayoutSides[]> {
  return tx.rows<PayoutSides>(sql`
    with banked as (
      select l.payout_id, sum(case when l.debit = 'bank' then l.amount_minor else -l.amount_minor end)::bigint as minor
      from journal_lines l where l.tenant_id = ${tx.tenantId} and l.payout_id is not null and 'bank' in (l.debit, l.credit)
      group by l.payout_id),
    charged as (
      select b.payout_id, sum(case when l.debit = 'processor_fees' then l.amount_minor else -l.amount_minor end)::bigint as minor
      from balance_transactions b
      join journal_entries e on e.tenant_id = b.tenant_id and e.cause_kind = 'fee.charged' and e.cause_id = b.balance_transaction_id
      join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
      where b.tenant_id = ${tx.tenantId} and b.payout_id is not null group by b.payout_id)
    select o.id, o.payout_id, o.currency, o.arrives_on, o.amount_minor, coalesce(k.minor, 0) as bank_minor, coalesce(f.minor, 0) as fee_minor,
      o.complete_at is not null as is_complete, p.id as posting_id, p.state, p.error, p.external_kind, p.external_id, p.posted_at
    from payouts o
    left join banked k on k.payout_id = o.id
    left join charged f on f.payout_id = o.id
    left join postings p on p.tenant_id = o.tenant_id and p.connection_id = ${booksConnectionId ?? null} and p.kind = 'deposit' and p.cause_id = o.id::text
    where o.tenant_id = ${tx.tenantId} and o.state = 'paid'
    order by o.arrives_on, o.id`)
}

/** What the journal says lies at Stripe in a currency, and what of Stripe's own figure is not in it yet, or never will be. */
export type ClearingSides = {
  currency: string
  journalMinor: bigint
  /** The journal's fees, all of them. */
  feeMinor: bigint
  /** Payouts that have left Stripe and not arrived: by so much Stripe holds less than the journal says. */
  leavingMinor: bigint
  /** Movements of ours that Stripe's book shows and the journal does not yet. */
  unbookedMinor: bigint
  /** Movements that did not come through us, net. */
  strangeMinor: bigint
  /** Payments whose row in Stripe's book has not been read: the figures are of different times. */
  isUnread: boolean
}

/** One row for each of these currencies. */
export async function readClearingSides(tx: Tx, currencies: readonly string[]): Promise<ClearingSides[]> {
  const lately = new Date(now().getTime() - 2 * 3_600_000)
  return tx.rows<ClearingSides>(sql`
    with journal as (
      select l.currency,
        sum(case when 'clearing' in (l.debit, l.credit) then case when l.debit = 'clearing' then l.amount_minor else -l.amount_minor end end)::bigint as clearing,
        sum(case when 'processor_fees' in (l.debit, l.credit) then case when l.debit = 'processor_fees' then l.amount_minor else -l.amount_minor end end)::bigint as fees
      from journal_lines l where l.tenant_id = ${tx.tenantId}
        and (l.debit in ('clearing', 'processor_fees') or l.credit in ('clearing', 'processor_fees'))
      group by l.currency),
    leaving as (
      select o.currency, sum(o.amount_minor)::bigint as minor from payouts o
      where o.tenant_id = ${tx.tenantId} and o.state in ('pending', 'in_transit') group by o.currency),
    rows as (
      select b.currency, b.amount_minor, b.net_minor, b.attempt_id,
        case b.category when 'charge' then 'payment.succeeded' when 'refund' then 'refund.succeeded' when 'refund_failure' then 'refund.reversed'
          when 'dispute' then case d.kind when 'return' then 'payment.returned' else 'dispute.opened' end when 'dispute_reversal' then 'dispute.won' end as cause_kind,
        case when b.category = 'charge' then b.attempt_id else coalesce(r.id, d.id) end as cause_id
      from balance_transactions b
      left join refunds r on r.tenant_id = b.tenant_id and r.refund_id = b.source_id
      left join disputes d on d.tenant_id = b.tenant_id and d.dispute_id = b.source_id
      where b.tenant_id = ${tx.tenantId} and b.category not in ('payout', 'payout_reversal', 'fee')),
    unbooked as (
      select x.currency, sum(x.amount_minor)::bigint as minor from rows x where x.attempt_id is not null and not exists (
        select 1 from journal_entries e where e.tenant_id = ${tx.tenantId} and e.cause_kind = x.cause_kind and e.cause_id = x.cause_id::text)
      group by x.currency),
    strange as (select x.currency, sum(x.net_minor)::bigint as minor from rows x where x.attempt_id is null group by x.currency)
    select c.currency, coalesce(j.clearing, 0)::bigint as journal_minor, coalesce(j.fees, 0)::bigint as fee_minor, coalesce(g.minor, 0)::bigint as leaving_minor,
      coalesce(u.minor, 0)::bigint as unbooked_minor, coalesce(s.minor, 0)::bigint as strange_minor,
      exists (select 1 from attempts a where a.tenant_id = ${tx.tenantId} and a.currency = c.currency and a.succeeded_at >= ${lately}
        and not exists (select 1 from balance_transactions b where b.tenant_id = a.tenant_id and b.attempt_id = a.id)) as is_unread
    from unnest(${[...currencies]}::text[]) as c (currency) left join journal j using (currency) left join leaving g using (currency)
    left join unbooked u using (currency) left join strange s using (currency)`)
}
