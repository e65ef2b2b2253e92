import { expect, test } from 'vitest'
import { acrossTenants } from './db'
import { Sql, sql } from './sql'

type Key = { name: string; key: string; columns: string[] }

/** The plan that a session would keep for finding one row of this table, as the check of a foreign key does. */
async function planOf({ name, columns }: Key): Promise<string> {
  const conditions = columns.map((column, at) => `x.${column} = $${at + 1}`).join(' and ')
  const statement = `explain (generic_plan, costs off) select 1 from ${name} x where ${conditions}`
  const lines = await acrossTenants((tx) => tx.rows<Record<string, string>>(new Sql([statement], [])))
  return lines.flatMap(Object.values).join('\n')
}

/** Filled by people, one row at a time: PostgreSQL has looked at them again long before a wrong plan could cost anything. */
const slow = [
  'methods',
  'mandates',
  'setups',
  'scheduled_payments',
  'scheduled_parts',
  'autopays',
  'agreement_methods',
  'sessions',
  'sign_ins',
  'staff_identities',
  'checkout_session_invoices',
  'approvals',
  // Prisma's own: as long as the list of migrations, and read whole at every start.
  '_prisma_migrations',
  'portal_views',
  'mail_wordings',
  'hold_messages',
  'papers',
  'erasures',
]
/** Nothing finds a row of these by its key, and none is another's foreign key: they are read in the order of their time. */
const read = ['audit_entries']

test('a row is looked up by its primary key also while tables are empty: a first sync reads no tenant row by row', async () => {
  const keys = await acrossTenants((tx) =>
    tx.rows<Key>(sql`
      select c.conrelid::regclass::text as name, c.conname as key, array_agg(quote_ident(a.attname) order by a.attnum) as columns
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
      where c.contype = 'p' and c.connamespace = 'public'::regnamespace and has_table_privilege(c.conrelid, 'select')
      group by c.conrelid, c.conname`),
  )
  expect(keys.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['clients', 'invoices', 'attempts', 'journal_entries']),
  )
  const others: string[] = []
  for (const key of keys.filter(({ name }) => ![...slow, ...read].includes(name))) {
    const plan = await planOf(key)
    if (!plan.includes(` using ${key.key} on `)) others.push(`${key.name}: ${plan}`)
  }
  expect(others).toEqual([])
})
