import 'server-only'
import { now, type PlainDate, todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { type Sql, sql } from '@/lib/base/sql'
import { money } from '@/lib/money/money'
import {
  daysOverdue,
  groupLines,
  type InvoiceGroup,
  type InvoiceKind,
  type InvoiceRow,
  type InvoiceView,
  invoiceStatus,
  lastAttemptOf,
} from './invoice'

type Row = {
  id: string
  clientId: string
  clientName: string
  agreementName: string | null
  kind: InvoiceKind
  number: string
  state: 'open' | 'void'
  issuedOn: PlainDate
  dueOn: PlainDate
  currency: string
  taxMinor: bigint
  totalMinor: bigint
  balanceMinor: bigint
  version: number
  psaType: string
  psaStatus: string
  sentAt: Date | null
  viewedAt: Date | null
  settledAt: Date | null
  timeZone: string
  attemptState: string | null
  methodType: string | null
  origin: string | null
  attemptMinor: bigint | null
  isScheduled: boolean
}

/** Which invoices, in which order; conditions and order name the invoice `i`, its client `c` and its tenant `t`. */
export type Wanted = { where: Sql; order: Sql; limit: number }

/**
 * Everything of invoices but their lines, with the attempt that is on its way or came last. A credit memo's balance is
 * the PSA's. The attempts of a page are looked up together: one by one, each look-up walks the index from its root.
 */
function invoiceRows(tx: Tx, { where, order, limit }: Wanted): Sql {
  return sql`
  with page as materialized (
    select i.id, i.client_id, c.name as client_name, g.name as agreement_name, i.kind, i.number, i.state, i.issued_on, i.due_on,
      i.currency, i.tax_minor, i.total_minor, case when i.kind = 'invoice' then i.balance_minor else i.psa_balance_minor end as balance_minor,
      i.version, i.psa_type, i.psa_status, i.sent_at, i.viewed_at, i.settled_at, t.time_zone
    from invoices i
    join tenants t on t.id = i.tenant_id
    join clients c on c.tenant_id = i.tenant_id and c.id = i.client_id
    left join agreements g on g.tenant_id = i.tenant_id and g.id = i.agreement_id
    where i.tenant_id = ${tx.tenantId} and ${where} order by ${order} limit ${limit}),
  last as (
    select distinct on (l.invoice_id) l.invoice_id, a.state as attempt_state, a.method_type, a.origin, l.amount_minor + l.credit_minor as attempt_minor
    from allocations l join attempts a on a.tenant_id = l.tenant_id and a.id = l.attempt_id
    where l.tenant_id = ${tx.tenantId} and l.invoice_id = any(array(select id from page))
    order by l.invoice_id, l.in_flight desc, a.created_at desc)
  select i.*, last.attempt_state, last.method_type, last.origin, last.attempt_minor,
    exists (select 1 from scheduled_parts p where p.tenant_id = ${tx.tenantId} and p.invoice_id = i.id and p.is_open) as is_scheduled
  from page i left join last on last.invoice_id = i.id order by ${order}`
}

/** Rows of a list. */
export async function readRows(tx: Tx, wanted: Wanted): Promise<InvoiceRow[]> {
  return (await tx.rows<Row>(invoiceRows(tx, wanted))).map(toRow)
}

/** One invoice with its lines, in two statements. */
export async function readView(tx: Tx, invoiceId: string): Promise<InvoiceView | undefined> {
  const row = await tx.row<Row>(invoiceRows(tx, { where: sql`i.id = ${invoiceId}`, order: sql`i.id`, limit: 1 }))
  if (row === undefined) return undefined
  const lines = await readLines(tx, invoiceId, row.currency, row.version)
  const { state, currency, version, psaType, psaStatus, sentAt, viewedAt, settledAt } = row
  return {
    ...toRow(row),
    state,
    currency,
    tax: money(row.taxMinor, currency),
    version,
    groups: lines.get(version) ?? [],
    psaType,
    psaStatus,
    ...(sentAt === null ? {} : { sentAt }),
    ...(viewedAt === null ? {} : { viewedAt }),
    ...(settledAt === null ? {} : { settledAt }),
  }
}

/** Lines by version, of one version or of all. */
export async function readLines(
  tx: Tx,
  invoiceId: string,
  currency: string,
  version?: number,
): Promise<Map<number, InvoiceGroup[]>> {
  const rows = await tx.rows<Line>(sql`
    select version, position, heading, description, trim_scale(quantity)::text as quantity, unit_price_minor, amount_minor, taxable
    from invoice_lines
    where tenant_id = ${tx.tenantId} and invoice_id = ${invoiceId} ${version === undefined ? sql`` : sql`and version = ${version}`}
    order by version, position`)
  const byVersion = Map.groupBy(rows, (line) => line.version)
  return new Map(
    [...byVersion].map(([at, lines]) => {
      const views = lines.map(({ position, heading, description, quantity, unitPriceMinor, amountMinor, taxable }) => {
        const prices = { unitPrice: money(unitPriceMinor, currency), amount: money(amountMinor, currency) }
        return { position, heading, description, quantity, taxable, ...prices }
      })
      return [at, groupLines(views, currency)]
    }),
  )
}

type Line = {
  version: number
  position: number
  heading: string
  description: string
  quantity: string
  unitPriceMinor: bigint
  amountMinor: bigint
  taxable: boolean
}

function toRow(row: Row): InvoiceRow {
  const { id, clientId, clientName, agreementName, kind, number, issuedOn, dueOn, currency, totalMinor, balanceMinor } =
    row
  const today = todayIn(row.timeZone, now())
  const { attemptState, methodType, origin, attemptMinor, sentAt, viewedAt } = row
  const lastAttempt =
    attemptState === null ? 'done' : lastAttemptOf({ state: attemptState, methodType, origin: origin ?? '' })
  const facts = {
    ...{ state: row.state, totalMinor, balanceMinor, dueOn, lastAttempt },
    isScheduled: row.isScheduled,
    inFlightMinor: lastAttempt === 'in_flight' ? (attemptMinor ?? 0n) : 0n,
    ...(sentAt === null ? {} : { sentAt }),
    ...(viewedAt === null ? {} : { viewedAt }),
  }
  return {
    ...{ id, clientId, clientName, kind, number, issuedOn, dueOn },
    status: invoiceStatus(facts, today),
    daysOverdue: kind === 'invoice' ? daysOverdue(facts, today) : 0,
    total: money(totalMinor, currency),
    balance: money(balanceMinor, currency),
    ...(agreementName === null ? {} : { agreementName }),
  }
}
