import 'server-only'
import type { Actor } from '@/lib/access/actor'
import type { InvoiceRow } from './invoice'
import { type InvoiceFilter, listInvoices } from './queries'

const batch = 500

/** Every invoice a list shows, page after page, in the list's order. */
export async function* exportInvoices(
  actor: Actor,
  wanted: { filter: InvoiceFilter; search: string },
): AsyncGenerator<InvoiceRow[]> {
  let after: string | undefined
  do {
    const page = await listInvoices(actor, { ...wanted, count: batch, ...(after === undefined ? {} : { after }) })
    yield page.items
    after = page.next
  } while (after !== undefined)
}
