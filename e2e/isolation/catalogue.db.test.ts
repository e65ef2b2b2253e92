import { expect, test } from 'vitest'
import { acrossTenants } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'

/** Tables that belong to no tenant, each with its reason. */
const shared: Record<string, string> = {
  _prisma_migrations: 'the history of the schema',
  attempt_moves: 'a rule, the same for all',
  rate_limits: 'counts under hashed keys',
  stray_events: 'news whose sender is no tenant of ours',
}

type Table = { name: string; key: string[]; isForced: boolean; policies: string[]; owner: string }

const tables = await acrossTenants((tx) =>
  tx.rows<Table>(sql`
    select c.relname::text as name, c.relrowsecurity and c.relforcerowsecurity as is_forced, pg_get_userbyid(c.relowner)::text as owner,
      array(select p.polname::text from pg_policy p where p.polrelid = c.oid order by 1) as policies,
      array(select a.attname::text from pg_index i cross join lateral unnest(i.indkey) with ordinality as k(attnum, at)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum where i.indrelid = c.oid and i.indisprimary order by k.at) as key
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`),
)
const ofTenants = tables.filter(({ name }) => !(name in shared) && name !== 'tenants')

test('every table is a tenant’s, or stands on the short list with a reason', () => {
  expect(ofTenants.filter(({ key }) => key[0] !== 'tenant_id').map(({ name }) => name)).toEqual([])
  expect(ofTenants.length).toBeGreaterThan(30)
})

test('row-level security is forced on every tenant’s table, with one policy for the application', () => {
  const open = [...ofTenants, ...tables.filter(({ name }) => name === 'tenants')].filter(
    ({ isForced, policies }) => !isForced || policies.join() !== 'of_system,of_tenant',
  )
  expect(open).toEqual([])
})

test('the application owns nothing, bypasses nothing and may not become anybody else', async () => {
  expect(tables.filter(({ owner }) => owner.startsWith('closeloop_'))).toEqual([])
  const roles = await acrossTenants((tx) =>
    tx.rows(sql`
      select rolname from pg_roles where rolname like 'closeloop_%' and (rolsuper or rolbypassrls or rolcanlogin or rolcreaterole or rolcreatedb)`),
  )
  expect(roles).toEqual([])
})

test('every reference between tenants’ tables carries the tenant: a row cannot point into another', async () => {
  const loose = await acrossTenants((tx) =>
    tx.rows(sql`
      select f.conname::text as name from pg_constraint f
      where f.contype = 'f' and f.connamespace = 'public'::regnamespace
        and not exists (select 1 from pg_attribute a where a.attrelid = f.conrelid and a.attname = 'tenant_id' and a.attnum = any(f.conkey))`),
  )
  expect(loose).toEqual([])
})

test('every unique rule of a tenant’s table is the tenant’s own, but for accounts and host names that must not be shared', async () => {
  const wide = await acrossTenants((tx) =>
    tx.rows<{ name: string }>(sql`
      select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
      where i.indisunique and c.relnamespace = 'public'::regnamespace
        and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
        and not exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnum = i.indkey[0])`),
  )
  expect(wide.map(({ name }) => name)).toEqual(['connections_one_tenant', 'custom_hosts_one_tenant'])
})

test('what is append-only can be changed by nobody who serves requests', async () => {
  const writable = await acrossTenants((tx) =>
    tx.rows(sql`
      select table_name, grantee, privilege_type from information_schema.role_table_grants
      where grantee like 'closeloop_%' and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
        and table_name in ('journal_entries', 'journal_lines', 'journal_seals', 'invoice_versions', 'invoice_lines', 'audit_entries', 'attempt_transitions', 'tie_outs',
          'webhook_events', 'webhook_tries')`),
  )
  expect(writable).toEqual([])
})
