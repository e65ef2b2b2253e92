import 'server-only'
import { type Actor, maySeeInvoice, onlyInvoices } from '@/lib/access/actor'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { usableCredit } from '@/lib/billing/apply-credit'
import type { InvoiceRow } from '@/lib/billing/invoice'
import { readRows } from '@/lib/billing/read-invoices'
import { type Money, money } from '@/lib/money/money'
import { getTenant } from '@/lib/tenancy/queries'
import { payRulesOf } from './pay-rules'
import { oldestFirst, type Payable, type PayRules } from './plan-order'

/** Whoever pays for one client. */
export type Payer = Extract<Actor, { clientId: string }>

/**
 * What a payment could take on each of these invoices now, by id: those with nothing to take are left out.
 * @throws Fault not-found when one of them is not there, or not the actor’s to see
 */
export async function payableNow(actor: Actor, ids: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await withTenant(actor.tenantId, (tx) =>
    tx.rows<{ id: string; clientId: string; payableMinor: Payable['payableMinor'] }>(sql`
      select i.id, i.client_id,
        case when i.kind <> 'invoice' or exists (
            select 1 from allocations l where l.tenant_id = i.tenant_id and l.invoice_id = i.id and l.in_flight) then 0
          else i.balance_minor - coalesce((
            select sum(h.amount_minor) from invoice_holds h
            where h.tenant_id = i.tenant_id and h.invoice_id = i.id and h.closed_at is null), 0) end::bigint as payable_minor
      from invoices i where i.tenant_id = ${tx.tenantId} and i.id = any(${ids.filter(isId)}::uuid[])`),
  )
  const seen = rows.filter((row) => maySeeInvoice(actor, row))
  if (ids.some((id) => !seen.some((row) => row.id === id))) throw new Fault('not-found', 'No such invoice')
  return new Map(seen.flatMap(({ id, payableMinor }) => (payableMinor > 0n ? [[id, payableMinor] as const] : [])))
}

/** What somebody may pay now, and by which rules. */
export type Offer = {
  /** Oldest first, in one currency; with what is payable and what is on hold of each. */
  invoices: { invoice: InvoiceRow; payable: Money; held: Money }[]
  currency: string
  /** The client’s credit that is free and may be used, in that currency. */
  creditMinor: bigint
  rules: PayRules
}

/** So many invoices one payment takes. */
const offeredMax = 100

/**
 * The invoices a payment of this client can take: open, not whole on hold, no other payment under way, in one
 * currency.
 * @param wanted ids from the address; undefined for all
 * @param inCurrency without it that of the oldest
 */
export async function readOffer(
  actor: Payer,
  wanted: readonly string[] | undefined,
  inCurrency?: string,
): Promise<Offer> {
  const only = onlyInvoices(actor)
  const ids = wanted === undefined ? only : only === undefined ? wanted : wanted.filter((id) => only.includes(id))
  // The link of a statement opens whatever is open, and asks for none of it by name.
  const isNamed = wanted !== undefined || (only !== undefined && !(actor.kind === 'link' && 'invoiceIds' in actor))
  return withTenant(actor.tenantId, async (tx) => {
    const rows = await readRows(tx, {
      where: sql`i.client_id = ${actor.clientId} and i.kind = 'invoice' and i.balance_minor > 0
        ${ids === undefined ? sql`` : sql`and i.id = any(${ids.filter(isId)}::uuid[])`}
        ${inCurrency === undefined ? sql`` : sql`and i.currency = ${inCurrency}`}
        and not exists (select 1 from allocations l where l.tenant_id = i.tenant_id and l.invoice_id = i.id and l.in_flight)`,
      order: sql`i.due_on, i.id`,
      limit: offeredMax,
    })
    const holds = await heldOf(
      tx,
      rows.map(({ id }) => id),
    )
    const { settings, currency: usual } = await getTenant(tx)
    const currency = inCurrency ?? rows[0]?.balance.currency ?? usual
    const invoices = rows.flatMap((invoice) => {
      const heldMinor = holds.get(invoice.id) ?? 0n
      const payableMinor = invoice.balance.minor - heldMinor
      if (payableMinor <= 0n || invoice.balance.currency !== currency) return []
      // What is set for a date is paid now only when it is named.
      if (!isNamed && invoice.status === 'scheduled') return []
      return [{ invoice, payable: money(payableMinor, currency), held: money(heldMinor, currency) }]
    })
    const byAge = oldestFirst(invoices.map((one) => ({ ...one, ...one.invoice, invoiceId: one.invoice.id })))
    return {
      invoices: byAge.map(({ invoice, payable, held }) => ({ invoice, payable, held })),
      currency,
      creditMinor: await usableCredit(tx, actor.clientId, currency, settings),
      rules: payRulesOf(settings),
    }
  })
}

/** What is on hold of each of these invoices; those with nothing on hold are left out. */
async function heldOf(tx: Tx, ids: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await tx.rows<{ invoiceId: string; minor: bigint }>(sql`
    select invoice_id, sum(amount_minor)::bigint as minor from invoice_holds
    where tenant_id = ${tx.tenantId} and invoice_id = any(${[...ids]}::uuid[]) and closed_at is null group by invoice_id`)
  return new Map(rows.map(({ invoiceId, minor }) => [invoiceId, minor]))
}
