import 'server-only'
import { type Tx, withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { Accounting, BookInvoice } from '@/lib/connectors/contract'
import { money } from '@/lib/money/money'
import { matchBookInvoice } from '@/lib/settlement/match-book-invoice'
import type { PostingFacts } from '@/lib/settlement/posting-facts'

/** What a document needs to name in the books: by our ids, theirs. */
export type Resolved = { customers: Map<string, string>; invoices: Map<string, BookInvoice> }
export type Resolution = { ok: true; resolved: Resolved } | { ok: false; because: string }

/**
 * Finds the invoices and customers of a posting in the books, by number, total and customer. What was matched is
 * remembered: the next invoice of the same client must belong to the same customer.
 */
export async function resolveBooks<Secret>(
  tenantId: string,
  connector: Accounting<Secret>,
  secret: Secret,
  facts: PostingFacts,
  system: string,
): Promise<Resolution> {
  const { posting, invoices, clients } = facts
  const known = await withTenant(tenantId, (tx) =>
    readCustomers(
      tx,
      posting.connectionId,
      clients.map(({ id }) => id),
    ),
  )
  const found = await connector.findInvoices(
    secret,
    invoices.map(({ number }) => number),
  )
  const resolved: Resolved = { customers: new Map(known), invoices: new Map() }
  for (const invoice of invoices) {
    const customerExternalId = resolved.customers.get(invoice.clientId)
    const match = matchBookInvoice(
      {
        number: invoice.number,
        total: money(invoice.totalMinor, posting.currency),
        // Only a payment takes something off the invoice; what is taken back needs it found, not open.
        amount: money(posting.kind === 'payment' ? appliedTo(facts, invoice.id) : 0n, posting.currency),
        ...(customerExternalId === undefined ? {} : { customerExternalId }),
      },
      found,
      system,
    )
    if (!match.ok && posting.kind === 'payment') return match
    // What is taken back stands on the customer's account in any case; the tie-out names the invoice that differs.
    if (!match.ok) continue
    const other = [...resolved.customers].find(
      ([client, customer]) => customer === match.invoice.customerExternalId && client !== invoice.clientId,
    )
    if (other !== undefined)
      return {
        ok: false,
        because: `Invoice ${invoice.number} belongs to a customer in ${system} that is another client's.`,
      }
    resolved.invoices.set(invoice.id, match.invoice)
    resolved.customers.set(invoice.clientId, match.invoice.customerExternalId)
  }
  const nameless = clients.find(({ id }) => needsCustomer(facts, id) && !resolved.customers.has(id))
  if (nameless !== undefined)
    return { ok: false, because: `It is not known which customer ${nameless.name} is in ${system}.` }
  await withTenant(tenantId, (tx) => rememberMatches(tx, posting.connectionId, resolved))
  return { ok: true, resolved }
}

function appliedTo({ lines }: PostingFacts, invoiceId: string): bigint {
  return lines.reduce(
    (sum, line) => sum + (line.credit === 'receivable' && line.invoiceId === invoiceId ? line.amountMinor : 0n),
    0n,
  )
}

function needsCustomer({ lines }: PostingFacts, clientId: string): boolean {
  const onCustomer = new Set(['receivable', 'unapplied', 'billed'])
  return lines.some((line) => line.clientId === clientId && (onCustomer.has(line.debit) || onCustomer.has(line.credit)))
}

async function readCustomers(tx: Tx, connectionId: string, clientIds: string[]): Promise<[string, string][]> {
  const rows = await tx.rows<{ localId: string; externalId: string }>(sql`
    select local_id, external_id from external_refs
    where tenant_id = ${tx.tenantId} and connection_id = ${connectionId} and kind = 'customer' and local_id = any(${clientIds}::uuid[])`)
  return rows.map(({ localId, externalId }) => [localId, externalId])
}

/** An invoice that was made anew in the books has another id there: the newest match holds. */
async function rememberMatches(tx: Tx, connectionId: string, { customers, invoices }: Resolved): Promise<void> {
  const refs = [
    ...[...customers].map(([localId, externalId]) => ({ kind: 'customer', localId, externalId })),
    ...[...invoices].map(([localId, { externalId }]) => ({ kind: 'invoice', localId, externalId })),
  ]
  if (refs.length === 0) return
  await tx.run(sql`
    insert into external_refs (tenant_id, connection_id, kind, external_id, local_id)
    select ${tx.tenantId}, ${connectionId}, * from unnest(
      ${refs.map(({ kind }) => kind)}::text[], ${refs.map(({ externalId }) => externalId)}::text[], ${refs.map(({ localId }) => localId)}::uuid[])
    on conflict (tenant_id, connection_id, kind, local_id) do update set external_id = excluded.external_id
      where external_refs.external_id <> excluded.external_id`)
}
