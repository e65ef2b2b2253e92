import { expect, test } from 'vitest'
import { acrossTenants, withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { money } from '@/lib/money/money'
import { createTenant } from '@/lib/tenancy/across-tenants'
import type { Entry } from './entry'
import { record } from './record'

const { tenantId } = await createTenant({
  slug: 'larkfield',
  name: 'Larkfield IT',
  legalName: 'Larkfield IT LLC',
  timeZone: 'America/New_York',
  locale: 'en-US',
  currency: 'USD',
  brand: {},
  settings: {},
  owner: { email: 'renee@larkfield.example', name: 'Renee Okafor' },
})

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
