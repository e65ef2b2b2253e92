import 'server-only'
import type { PlainDate } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { type Money, money } from '@/lib/money/money'
import { bankCountryOf, isBankingDay } from '@/lib/payments/banking-days'
import { type MoneyOnItsWay, moneyOnItsWay } from './money-on-its-way'

/** Where the MSP stands in one currency; amounts of two are never added. */
export type Standing = {
  figures: {
    /** What clients paid this month, by Stripe and otherwise, less what went back. */
    collected: Money
    throughStripe: Money
    overdue: Money
    /** Open and not on its way. */
    toCollect: Money
    /** Σ amount × days ÷ Σ amount over the invoices settled in the month. */
    daysToPay?: number
    daysToPayBefore?: number
  }
  onItsWay: MoneyOnItsWay
}

type Row = {
  currency: string
  collected: bigint
  throughStripe: bigint
  overdue: bigint
  toCollect: bigint
  daysToPay: number | null
  daysToPayBefore: number | null
}
type Debit = { currency: string; clearsOn: PlainDate | null; minor: bigint; count: number }

/** In the MSP's own currency first, then in every other that something is owed, paid or on its way in. */
export async function readStandings(
  tx: Tx,
  when: { on: PlainDate; timeZone: string },
  own: string,
): Promise<{ own: Standing; others: Standing[] }> {
  const figures = new Map((await readFigures(tx, when)).map((row) => [row.currency, row]))
  const debits = Map.groupBy(await debitsOnTheirWay(tx), ({ currency }) => currency)
  const standingIn = (currency: string): Standing => ({
    figures: toFigures(figures.get(currency), currency),
    onItsWay: moneyOnItsWay(debits.get(currency) ?? [], currency, when.on, (day) =>
      isBankingDay(day, bankCountryOf(currency)),
    ),
  })
  const others = [...new Set([...figures.keys(), ...debits.keys()])].filter((currency) => currency !== own).sort()
  return { own: standingIn(own), others: others.map(standingIn).filter(saysSomething) }
}

function readFigures(tx: Tx, { on, timeZone }: { on: PlainDate; timeZone: string }): Promise<Row[]> {
  const month = `${on.slice(0, 7)}-01`
  return tx.rows<Row>(sql`
    with paid as (
      select l.currency, sum(case when l.credit = 'receivable' or l.credit = 'unapplied' then l.amount_minor else -l.amount_minor end)::bigint as minor,
        sum(case when l.debit = 'clearing' then l.amount_minor when l.credit = 'clearing' then -l.amount_minor else 0 end)::bigint as stripe
      from journal_entries e join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
      where e.tenant_id = ${tx.tenantId} and l.tenant_id = ${tx.tenantId} and e.booked_on >= ${month} and e.booked_on <= ${on}
        and ((l.debit in ('clearing', 'bank') and l.credit in ('receivable', 'unapplied'))
          or (l.credit in ('clearing', 'bank') and l.debit in ('receivable', 'unapplied')))
      group by l.currency
    ), owed as (
      select i.currency, sum(i.balance_minor - coalesce(f.amount_minor, 0))::bigint as open,
        sum(i.balance_minor - coalesce(f.amount_minor, 0)) filter (where i.due_on < ${on})::bigint as late
      from invoices i
      left join allocations f on f.tenant_id = i.tenant_id and f.invoice_id = i.id and f.in_flight
      where i.tenant_id = ${tx.tenantId} and i.balance_minor > 0 and i.kind = 'invoice'
      group by i.currency
    ), settled as (
      select i.currency, i.total_minor, (i.settled_at at time zone ${timeZone})::date - i.issued_on as days,
        i.settled_at >= (${month}::date)::timestamp at time zone ${timeZone} as this_month
      from invoices i
      where i.tenant_id = ${tx.tenantId} and i.kind = 'invoice'
        and i.settled_at >= (${month}::date - interval '1 month') at time zone ${timeZone}
    ), speed as (
      select currency,
        (sum(total_minor * days) filter (where this_month) / nullif(sum(total_minor) filter (where this_month), 0))::float8 as days,
        (sum(total_minor * days) filter (where not this_month) / nullif(sum(total_minor) filter (where not this_month), 0))::float8 as before
      from settled group by currency
    )
    select currency, coalesce(paid.minor, 0)::bigint as collected, coalesce(paid.stripe, 0)::bigint as through_stripe,
      coalesce(owed.late, 0)::bigint as overdue, coalesce(owed.open, 0)::bigint as to_collect,
      speed.days as days_to_pay, speed.before as days_to_pay_before
    from paid full join owed using (currency) full join speed using (currency)`)
}

function toFigures(row: Row | undefined, currency: string): Standing['figures'] {
  const inCurrency = (minor: bigint | undefined) => money(minor ?? 0n, currency)
  return {
    collected: inCurrency(row?.collected),
    throughStripe: inCurrency(row?.throughStripe),
    overdue: inCurrency(row?.overdue),
    toCollect: inCurrency(row?.toCollect),
    ...(row?.daysToPay == null ? {} : { daysToPay: row.daysToPay }),
    ...(row?.daysToPayBefore == null ? {} : { daysToPayBefore: row.daysToPayBefore }),
  }
}

function debitsOnTheirWay(tx: Tx): Promise<Debit[]> {
  return tx.rows<Debit>(sql`
    select currency, clears_on, sum(amount_minor)::bigint as minor, count(*)::int as count from attempts
    where tenant_id = ${tx.tenantId} and state = 'processing' group by currency, clears_on`)
}

/** A currency in which nothing is owed any more, and nothing was paid of late, is not worth a line. */
function saysSomething({ figures, onItsWay }: Standing): boolean {
  const { collected, throughStripe, toCollect, daysToPay } = figures
  const isMoved = [collected, throughStripe, toCollect].some(({ minor }) => minor !== 0n)
  return isMoved || onItsWay.count > 0 || daysToPay !== undefined
}
