import { expect, test } from 'vitest'
import { acrossTenants, type Tx, withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { money } from '@/lib/money/money'
import { createTenant } from '@/lib/tenancy/across-tenants'
import type { Account } from './account'
import type { CauseKind, Entry } from './entry'
import { record } from './record'

const msp = {
  slug: 'larkfield',
  name: 'Larkfield IT',
  legalName: 'Larkfield IT LLC',
  timeZone: 'America/New_York',
  locale: 'en-US',
  currency: 'USD',
  brand: {},
  settings: {},
  owner: { email: 'renee@larkfield.example', name: 'Renee Okafor' },
} as const
const { tenantId } = await createTenant(msp)

const entry = (id: string): Entry => ({
  cause: { kind: 'fee.charged', id },
  happenedAt: new Date('2026-11-20T15:00:00Z'),
  bookedOn: '2026-11-20',
  movements: [{ debit: 'processor_fees', credit: 'clearing', amount: money(145n, 'USD') }],
})

test('the same cause posts once, however often it is reported', async () => {
  const first = await withTenant(tenantId, (tx) => record(tx, [entry('txn_1'), entry('txn_2')]))
  const second = await withTenant(tenantId, (tx) => record(tx, [entry('txn_2'), entry('txn_3')]))
  expect([...first]).toEqual(['fee.charged txn_1', 'fee.charged txn_2'])
  expect([...second]).toEqual(['fee.charged txn_3'])
})

test('nothing in the journal is edited, by nobody', async () => {
  for (const statement of [
    sql`update journal_lines set amount_minor = 1`,
    sql`delete from journal_lines`,
    sql`update journal_entries set note = 'x'`,
    sql`delete from journal_entries`,
  ]) {
    await expect(withTenant(tenantId, (tx) => tx.run(statement))).rejects.toThrow(/permission denied|append-only/)
    await expect(acrossTenants((tx) => tx.run(statement))).rejects.toThrow(/permission denied|append-only/)
  }
})

test('without a tenant set, or with another, there is nothing to see', async () => {
  const elsewhere = await withTenant('00000000-0000-7000-8000-000000000000', (tx) =>
    tx.rows(sql`select * from journal_entries`),
  )
  expect(elsewhere).toEqual([])
})

/** Rows of a table that this transaction has looked at so far, by whatever plan. */
async function rowsLookedAt(tx: Tx, table: string): Promise<number> {
  const row = await tx.row<{ read: bigint }>(sql`
    select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::bigint as read
    from pg_stat_xact_user_tables where relname = ${table}`)
  return Number(row?.read ?? 0n)
}

/** Invoices of 100 each, billed, on which so much counts as paid already; answers the entries that pay them. */
async function makeInvoices(tx: Tx, count: number, settledMinor = 0n): Promise<Entry[]> {
  const clientId = newId()
  await tx.run(sql`
    insert into clients (tenant_id, id, name, currency, locale, source_hash, source)
    values (${tx.tenantId}, ${clientId}, 'Hadley Moss', 'USD', 'en-US', '', '{}')`)
  const ids = Array.from({ length: count }, newId)
  await tx.run(sql`
    insert into invoices (tenant_id, id, client_id, kind, number, state, psa_type, psa_status, issued_on, due_on, currency, tax_minor, total_minor, psa_balance_minor, settled_minor, version, source_hash)
    select ${tx.tenantId}, id, ${clientId}, 'invoice', id::text, 'open', 'Standard', 'Sent', '2026-11-01', '2026-12-01', 'USD', 0, 100, 0, ${settledMinor}, 1, ''
    from unnest(${ids}::uuid[]) as made (id)`)
  const of = (kind: CauseKind, debit: Account, credit: Account) =>
    ids.map((invoiceId): Entry => {
      const movement = { debit, credit, amount: money(100n, 'USD'), clientId, invoiceId }
      return { ...entry(invoiceId), cause: { kind, id: invoiceId }, movements: [movement] }
    })
  await record(tx, of('invoice.mirrored', 'receivable', 'billed'))
  return of('recorded.paid', 'bank', 'receivable')
}

test('a page of payments looks at its own invoices only, also for a tenant that the statistics do not know yet', async () => {
  await withTenant(tenantId, async (tx) => record(tx, await makeInvoices(tx, 300)))
  await acrossTenants((tx) => tx.run(sql`select refresh_statistics()`))
  const other = await createTenant({
    ...msp,
    slug: 'brightwater',
    owner: { email: 'a@brightwater.example', name: 'A' },
  })
  const read = await withTenant(other.tenantId, async (tx) => {
    const entries = await makeInvoices(tx, 300)
    const tables = ['invoices', 'journal_entries', 'journal_lines']
    const look = async () => {
      let sum = 0
      for (const table of tables) sum += await rowsLookedAt(tx, table)
      return sum
    }
    const before = await look()
    await record(tx, entries)
    return (await look()) - before
  })
  const paid = await withTenant(other.tenantId, (tx) =>
    tx.row<{ count: bigint }>(sql`select count(*) from invoices where settled_minor = 100 and settled_at is not null`),
  )
  expect(paid?.count).toBe(300n)
  // Each invoice, entry and line a few times, by its key; not each for each: that would be 90,000.
  expect(read).toBeLessThan(300 * 15)
})

test('what was counted on an invoice when it came in is not counted again, and what comes later is', async () => {
  const [whole] = await withTenant(tenantId, (tx) => makeInvoices(tx, 1, 60n))
  const pay = (minor: bigint) =>
    withTenant(tenantId, async (tx) => {
      const movements = (whole?.movements ?? []).map((one) => ({ ...one, amount: money(minor, 'USD') }))
      await record(tx, [{ ...entry(newId()), movements }])
      // `place` moves with every writing of the row.
      return tx.row<{ settledMinor: bigint; place: string }>(sql`
        select settled_minor, ctid::text as place from invoices
        where tenant_id = ${tx.tenantId} and id = ${whole?.movements[0]?.invoiceId}`)
    })
  const counted = await pay(60n)
  const later = await pay(30n)
  expect(counted?.settledMinor).toBe(60n)
  expect(later?.settledMinor).toBe(90n)
  expect(later?.place).not.toBe(counted?.place)
  await expect(pay(30n)).rejects.toThrow(/invoices_balance/)
})
