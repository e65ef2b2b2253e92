import pg from 'pg'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { createTenant } from '@/lib/tenancy/across-tenants'
import {
  disconnect,
  freshSecret,
  getConnection,
  loadConnection,
  needsReconnect,
  readSecret,
  saveConnection,
  saveSettings,
} from './connection'

const tenant = (slug: string) =>
  createTenant({
    ...{ slug, name: slug, legalName: slug, timeZone: 'America/New_York', locale: 'en-US', currency: 'USD' },
    ...{ brand: {}, settings: {}, owner: { email: `renee@${slug}.example`, name: 'Renee Okafor' } },
  })
const { tenantId } = await tenant('larkfield')
const { tenantId: otherTenantId } = await tenant('boreal')

const books = (account: string, token = 't1') => ({
  ...{ kind: 'accounting' as const, connector: 'quickbooks-online', account, accountName: 'Larkfield Books' },
  ...{ secret: { token, staleAt: 0 }, missing: [] },
})
const save = (account: string, token?: string, of = tenantId) =>
  withTenant(of, (tx) => saveConnection(tx, books(account, token)))

test('the secret is stored sealed, opens for its own connection and nowhere else', async () => {
  const id = await save('realm-1', 'very-secret')
  const stored = await withTenant(tenantId, (tx) =>
    tx.row<{ secret: string }>(sql`select secret from connections where id = ${id}`),
  )
  expect(stored?.secret).not.toContain('very-secret')
  expect(await withTenant(tenantId, (tx) => readSecret(tx, id))).toEqual({ token: 'very-secret', staleAt: 0 })
  await expect(withTenant(otherTenantId, (tx) => readSecret(tx, id))).rejects.toMatchObject({ kind: 'not-found' })
})

test('the same account again renews the secret and keeps the connection, even after it was disconnected', async () => {
  const id = await save('realm-1', 'old')
  await withTenant(tenantId, (tx) => saveSettings(tx, id, { mapping: { bank: '35' } }))
  await withTenant(tenantId, (tx) => disconnect(tx, id))
  expect(await withTenant(tenantId, (tx) => loadConnection(tx, 'accounting'))).toBeUndefined()
  await expect(withTenant(tenantId, (tx) => readSecret(tx, id))).rejects.toMatchObject({ kind: 'not-found' })
  expect(await save('realm-1', 'new')).toBe(id)
  expect(await withTenant(tenantId, (tx) => readSecret(tx, id))).toMatchObject({ token: 'new' })
  expect(await withTenant(tenantId, (tx) => getConnection(tx, id))).toMatchObject({
    state: 'connected',
    settings: { mapping: { bank: '35' } },
  })
})

test('one live connection of a kind, and an account belongs to one tenant', async () => {
  await expect(save('realm-2')).rejects.toMatchObject({ kind: 'conflict' })
  await expect(save('realm-1', 't', otherTenantId)).rejects.toMatchObject({ kind: 'conflict' })
})

test('fault 48: credentials that are no good are put before a person once, and connecting settles it', async () => {
  const id = await save('realm-1')
  for (const _ of [1, 2]) await withTenant(tenantId, (tx) => needsReconnect(tx, id, 'The token was revoked'))
  const open = () => withTenant(tenantId, (tx) => tx.rows(sql`select cause from exceptions where closed_at is null`))
  expect(await open()).toEqual([{ cause: 'reconnect' }])
  expect(await withTenant(tenantId, (tx) => loadConnection(tx, 'accounting'))).toMatchObject({
    state: 'needs_reconnect',
    lastFault: 'The token was revoked',
  })
  await save('realm-1')
  expect(await open()).toEqual([])
})

/** How many sessions wait for a row that another holds; only the owner of the tables sees what others do. */
async function sessionsWaiting(): Promise<number> {
  const owner = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await owner.connect()
  const { rowCount } = await owner.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  await owner.end()
  return rowCount ?? 0
}

test('fault 47: of many that find the token stale one refreshes it, and all use its successor', async () => {
  const id = await save('realm-1', 'stale')
  const Secret = z.object({ token: z.string(), staleAt: z.number() })
  let refreshed = 0
  const oauth = {
    parse: (stored: unknown) => Secret.parse(stored),
    isStale: ({ token }: z.infer<typeof Secret>) => token === 'stale',
    refresh: async () => {
      refreshed += 1
      const mine = refreshed
      // The answer comes when the other three are there too: they wait for the row, or are at it themselves.
      await vi.waitUntil(async () => refreshed > 1 || (await sessionsWaiting()) === 3, { timeout: 10_000 })
      return { token: `fresh-${mine}`, staleAt: 1 }
    },
  }
  const secrets = await Promise.all([1, 2, 3, 4].map(() => freshSecret(tenantId, id, oauth)))
  expect(secrets.map(({ token }) => token)).toEqual(['fresh-1', 'fresh-1', 'fresh-1', 'fresh-1'])
  expect(refreshed).toBe(1)
  expect(await withTenant(tenantId, (tx) => readSecret(tx, id))).toMatchObject({ token: 'fresh-1' })
})
