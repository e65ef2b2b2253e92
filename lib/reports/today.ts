import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { type ExceptionCause, exceptionCauses } from '@/lib/events/exception-cause'
import { type Money, money } from '@/lib/money/money'
import { bankCountryOf, isBankingDay } from '@/lib/payments/banking-days'
import { getTenant } from '@/lib/tenancy/queries'
import { type MoneyOnItsWay, moneyOnItsWay } from './money-on-its-way'

export type ExceptionView = {
  id: string
  cause: ExceptionCause
  subjectKind: string
  subjectId: string
  clientId?: string
  clientName?: string
  amount?: Money
  detail: string
  nextStep: string
  owner?: { id: string; name: string }
  openedAt: Date
}

export type ExceptionGroup = { cause: ExceptionCause; exceptions: ExceptionView[] }

export type Today = {
  on: PlainDate
  timeZone: string
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
  /** In the order of urgency; within one cause the oldest first. At most 100. */
  needsPerson: ExceptionGroup[]
}

/** The first page staff see: four statements. */
export async function getToday(actor: Actor): Promise<Today> {
  return withTenant(actor.tenantId, async (tx) => {
    const { timeZone, currency } = await getTenant(tx)
    const on = todayIn(timeZone)
    const figures = await readFigures(tx, on, timeZone, currency)
    const onItsWay = moneyOnItsWay(await debitsOnTheirWay(tx, currency), currency, on, (day) =>
      isBankingDay(day, bankCountryOf(currency)),
    )
    return { on, timeZone, figures, onItsWay, needsPerson: await openExceptions(tx) }
  })
}

async function readFigures(tx: Tx, on: PlainDate, timeZone: string, currency: string): Promise<Today['figures']> {
  const month = `${on.slice(0, 7)}-01`
  const row = await tx.row<{
    collected: bigint
    throughStripe: bigint
    overdue: bigint
    toCollect: bigint
    daysToPay: number | null
    daysToPayBefore: number | null
  }>(sql`
    with paid as (
      select coalesce(sum(case when l.credit = 'receivable' or l.credit = 'unapplied' then l.amount_minor else -l.amount_minor end), 0)::bigint as minor,
        coalesce(sum(case when l.debit = 'clearing' then l.amount_minor when l.credit = 'clearing' then -l.amount_minor else 0 end), 0)::bigint as stripe
      from journal_entries e join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
      where e.tenant_id = ${tx.tenantId} and l.tenant_id = ${tx.tenantId} and e.booked_on >= ${month} and e.booked_on <= ${on}
        and l.currency = ${currency}
        and ((l.debit in ('clearing', 'bank') and l.credit in ('receivable', 'unapplied'))
          or (l.credit in ('clearing', 'bank') and l.debit in ('receivable', 'unapplied')))
    ), owed as (
      select coalesce(sum(i.balance_minor - coalesce(f.amount_minor, 0)), 0)::bigint as open,
        coalesce(sum(i.balance_minor - coalesce(f.amount_minor, 0)) filter (where i.due_on < ${on}), 0)::bigint as late
      from invoices i
      left join allocations f on f.tenant_id = i.tenant_id and f.invoice_id = i.id and f.in_flight
      where i.tenant_id = ${tx.tenantId} and i.balance_minor > 0 and i.kind = 'invoice' and i.currency = ${currency}
    ), speed as (
      select i.settled_at >= (${month}::date)::timestamp at time zone ${timeZone} as this_month,
        (sum(i.total_minor * ((i.settled_at at time zone ${timeZone})::date - i.issued_on)) / nullif(sum(i.total_minor), 0))::float8 as days
      from invoices i
      where i.tenant_id = ${tx.tenantId} and i.kind = 'invoice' and i.currency = ${currency}
        and i.settled_at >= (${month}::date - interval '1 month') at time zone ${timeZone}
      group by 1
    )
    select paid.minor as collected, paid.stripe as through_stripe, owed.late as overdue, owed.open as to_collect,
      (select days from speed where this_month) as days_to_pay, (select days from speed where not this_month) as days_to_pay_before
    from paid, owed`)
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

async function debitsOnTheirWay(tx: Tx, currency: string) {
  return tx.rows<{ clearsOn: PlainDate | null; minor: bigint; count: number }>(sql`
    select clears_on, sum(amount_minor)::bigint as minor, count(*)::int as count from attempts
    where tenant_id = ${tx.tenantId} and state = 'processing' and currency = ${currency} group by clears_on`)
}

/** Open exceptions, grouped by cause. */
async function openExceptions(tx: Tx): Promise<ExceptionGroup[]> {
  const rows = await tx.rows<{
    id: string
    cause: ExceptionCause
    subjectKind: string
    subjectId: string
    clientId: string | null
    clientName: string | null
    amountMinor: bigint | null
    currency: string | null
    detail: string
    nextStep: string
    ownerId: string | null
    ownerName: string | null
    openedAt: Date
  }>(sql`
    select e.id, e.cause, e.subject_kind, e.subject_id, e.client_id, c.name as client_name, e.amount_minor, e.currency, e.detail, e.next_step,
      e.owner_id, s.name as owner_name, e.opened_at
    from exceptions e
    left join clients c on c.tenant_id = e.tenant_id and c.id = e.client_id
    left join staff s on s.tenant_id = e.tenant_id and s.id = e.owner_id
    where e.tenant_id = ${tx.tenantId} and e.closed_at is null
    order by array_position(${[...exceptionCauses]}::text[], e.cause), e.opened_at, e.id limit 100`)
  const groups = new Map<ExceptionCause, ExceptionView[]>()
  for (const { clientId, clientName, amountMinor, currency, ownerId, ownerName, ...rest } of rows) {
    const view: ExceptionView = {
      ...rest,
      ...(clientId === null ? {} : { clientId }),
      ...(clientName === null ? {} : { clientName }),
      ...(amountMinor === null || currency === null ? {} : { amount: money(amountMinor, currency) }),
      ...(ownerId === null || ownerName === null ? {} : { owner: { id: ownerId, name: ownerName } }),
    }
    groups.set(rest.cause, [...(groups.get(rest.cause) ?? []), view])
  }
  return [...groups].map(([cause, exceptions]) => ({ cause, exceptions }))
}
