import 'server-only'
import type { z } from 'zod'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { InvoiceRow } from '@/lib/billing/invoice'
import { readLines, readRows } from '@/lib/billing/read-invoices'
import {
  type Invoice,
  type InvoiceExtras,
  type InvoiceList,
  type invoiceStatuses,
  toInvoice,
  toInvoiceSummary,
} from './invoice'
import { after, pageOf } from './paging'

/** What is left of it: of a credit memo what the PSA says, as on every screen. */
const balance = sql`case when i.kind = 'invoice' then i.balance_minor else i.psa_balance_minor end`

/**
 * When anything a reader can see of an invoice last changed. It is read off what happened rather than kept, so that no
 * writer can forget it.
 */
const changedAt = sql`greatest(i.created_at, i.sent_at, i.viewed_at, i.settled_at, i.voided_at,
  (select max(v.seen_at) from invoice_versions v where v.tenant_id = i.tenant_id and v.invoice_id = i.id),
  (select max(e.happened_at) from journal_lines l join journal_entries e on e.tenant_id = l.tenant_id and e.id = l.entry_id
    where l.tenant_id = i.tenant_id and l.invoice_id = i.id),
  (select max(a.state_at) from allocations o join attempts a on a.tenant_id = o.tenant_id and a.id = o.attempt_id
    where o.tenant_id = i.tenant_id and o.invoice_id = i.id))`

export type InvoicesWanted = {
  status?: (typeof invoiceStatuses)[number] | undefined
  client?: string | undefined
  number?: string | undefined
  updated_since?: string | undefined
  limit: number
  starting_after?: string | undefined
}

/** A page of invoices, newest first: their ids were made in order. */
export async function readInvoices(tx: Tx, wanted: InvoicesWanted): Promise<z.infer<typeof InvoiceList>> {
  const { status, client, number, updated_since: since, limit } = wanted
  const conditions = sql`
    ${status === undefined ? sql`` : status === 'void' ? sql`and i.state = 'void'` : status === 'paid' ? sql`and i.state = 'open' and ${balance} <= 0` : sql`and i.state = 'open' and ${balance} > 0`}
    ${client === undefined ? sql`` : sql`and i.client_id = ${client}`}
    ${number === undefined ? sql`` : sql`and i.number = ${number}`}
    ${since === undefined ? sql`` : sql`and ${changedAt} >= ${since}`}
    ${await after(tx, 'invoice', { table: sql`invoices`, alias: sql`i` }, wanted.starting_after)}`
  const found = await readRows(tx, { where: sql`true ${conditions}`, order: sql`i.id desc`, limit: limit + 1 })
  const { rows, has_more } = pageOf(found, limit)
  const extras = await extrasOf(tx, rows)
  return { object: 'list', data: rows.map((row) => toInvoiceSummary(row, extrasIn(extras, row))), has_more }
}

/** One invoice with its lines. */
export async function readInvoice(tx: Tx, id: string): Promise<Invoice | undefined> {
  const [row] = await readRows(tx, { where: sql`i.id = ${id}`, order: sql`i.id`, limit: 1 })
  if (row === undefined) return undefined
  const extras = extrasIn(await extrasOf(tx, [row]), row)
  const lines = await readLines(tx, id, row.total.currency, extras.version)
  return toInvoice(row, extras, lines.get(extras.version) ?? [])
}

async function extrasOf(tx: Tx, rows: readonly InvoiceRow[]): Promise<Map<string, InvoiceExtras>> {
  const found = await tx.rows<InvoiceExtras & { id: string }>(sql`
    select i.id, i.tax_minor, i.version, i.sent_at, i.viewed_at, i.settled_at, i.voided_at, i.created_at, ${changedAt} as updated_at
    from invoices i where i.tenant_id = ${tx.tenantId} and i.id = any(${rows.map(({ id }) => id)}::uuid[])`)
  return new Map(found.map((one) => [one.id, one]))
}

function extrasIn(extras: ReadonlyMap<string, InvoiceExtras>, { id }: InvoiceRow): InvoiceExtras {
  const found = extras.get(id)
  if (found === undefined) throw new Error(`invoice ${id} went away while it was read`)
  return found
}
