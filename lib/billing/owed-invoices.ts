import 'server-only'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { InvoiceRow } from './invoice'
import { readRows } from './read-invoices'

/** So many are read; nobody owes as many. */
const owedMax = 1_000

/** A client's open invoices in its currency, oldest first. Who may see them has been settled already. */
export function owedInvoices(tx: Tx, clientId: string): Promise<InvoiceRow[]> {
  return readRows(tx, {
    where: sql`i.client_id = ${clientId} and i.currency = c.currency and i.kind = 'invoice' and i.balance_minor > 0`,
    order: sql`i.due_on, i.id`,
    limit: owedMax,
  })
}
