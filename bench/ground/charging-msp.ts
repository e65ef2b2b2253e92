import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { saveConnection } from '@/lib/connectors/connection'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import { createTenant, findTenantBySlug } from '@/lib/tenancy/across-tenants'

export type ChargingMsp = { tenantId: string; slug: string; clientIds: string[] }

const CLIENTS = 40

/** An MSP with a Stripe account and clients, and nothing to pay yet; the one that another process made, where one did. */
export async function makeChargingMsp(account: string): Promise<ChargingMsp> {
  const slug = account.replaceAll('_', '-').toLowerCase()
  const known = await findTenantBySlug(slug)
  if (known !== undefined) return { tenantId: known, slug, clientIds: await clientsOf(known) }
  const { tenantId } = await createTenant({
    slug,
    name: 'Larkfield IT',
    legalName: 'Larkfield IT, Inc.',
    timeZone: 'America/New_York',
    locale: 'en-US',
    currency: 'USD',
    brand: {},
    settings: {},
    owner: { email: `renee@${slug}.example`, name: 'Renee Okafor' },
  })
  const clientIds = Array.from({ length: CLIENTS }, newId)
  await withTenant(tenantId, async (tx) => {
    await saveConnection(tx, {
      kind: 'payments',
      connector: 'stripe',
      secret: { mode: 'connect', account },
      account,
      accountName: 'Larkfield IT',
      missing: [],
    })
    await tx.run(sql`
      insert into clients (tenant_id, id, name, currency, source_hash, source)
      select ${tx.tenantId}, id, 'Client ' || id, 'USD', '', '{}' from unnest(${clientIds}::uuid[]) as made (id)`)
  })
  return { tenantId, slug, clientIds }
}

async function clientsOf(tenantId: string): Promise<string[]> {
  const rows = await withTenant(tenantId, (tx) =>
    tx.rows<{ id: string }>(sql`select id from clients where tenant_id = ${tx.tenantId}`),
  )
  return rows.map(({ id }) => id)
}

/** Open invoices over the clients, mirrored in the journal as a sync would. @returns their ids */
export async function makeInvoices({ tenantId, clientIds }: ChargingMsp, count: number): Promise<string[]> {
  const invoices = Array.from({ length: count }, (_, at) => {
    return { id: newId(), clientId: clientIds[at % clientIds.length] ?? '', minor: 10_000n + BigInt(at) }
  })
  const ids = invoices.map(({ id }) => id)
  const minors = invoices.map(({ minor }) => minor)
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      insert into invoices (tenant_id, id, client_id, kind, number, state, psa_type, psa_status, issued_on, due_on, currency, tax_minor, total_minor, psa_balance_minor, version, source_hash)
      select ${tx.tenantId}, id, client_id, 'invoice', right(id::text, 8), 'open', 'Standard', 'Sent', '2026-11-02', '2026-12-02', 'USD', 0, minor, minor, 1, ''
      from unnest(${ids}::uuid[], ${invoices.map(({ clientId }) => clientId)}::uuid[], ${minors}::bigint[]) as made (id, client_id, minor)`)
    await record(
      tx,
      invoices.map(({ id, clientId, minor }) => ({
        cause: { kind: 'invoice.mirrored' as const, id },
        happenedAt: new Date(),
        bookedOn: '2026-11-02',
        movements: [
          {
            debit: 'receivable' as const,
            credit: 'billed' as const,
            amount: money(minor, 'USD'),
            clientId,
            invoiceId: id,
          },
        ],
      })),
    )
  })
  return ids
}
