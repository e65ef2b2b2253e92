import { afterAll, afterEach, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { loadConnection, saveSecret } from '@/lib/connectors/connection'
import { connectPsa } from './connect-psa'
import {
  connectTenant,
  type InvoiceThere,
  invoiceHere,
  openExceptions,
  startConnectwiseWorld,
} from './connectwise-world.test.support'
import { syncPsa } from './sync-psa'

// Several pages of invoices, so that something can happen between them.
const PAGE_SIZE = 250
const world = await startConnectwiseWorld({ scale: 0.4 })
const { faults, options } = world.service
const draw = faults.draw.bind(faults)
const { tenantId, connectionId, staff } = await connectTenant(world)

afterAll(() => world.stop())
afterEach(() => {
  faults.draw = draw
  faults.clear()
  options.retryAfterSeconds = 2
})

const invoicesThere = async () => (await world.control<{ invoices: InvoiceThere[] }>('GET', 'invoices')).invoices
const countHere = async () =>
  (
    await withTenant(tenantId, (tx) =>
      tx.row<{ n: number }>(sql`select count(*)::int as n from invoices where state = 'open'`),
    )
  )?.n
const stream = (name: string) =>
  withTenant(tenantId, (tx) =>
    tx.row<{ cursor: { page?: string; since?: string } | null; lastError: string | null; readCount: number }>(
      sql`select cursor, last_error, read_count from sync_streams where stream = ${name}`,
    ),
  )
const full = () => syncPsa(tenantId, connectionId, { full: true })

/**
 * Does something when the second page of invoices is asked for: the third call to that list, after the first page and
 * the question for the newest change.
 */
function atSecondPage(act: () => void): void {
  let lists = 0
  faults.draw = (method, path) => {
    if (method === 'GET' && path.endsWith('/finance/invoices')) lists += 1
    if (lists === 3) {
      faults.draw = draw
      act()
    }
    return draw(method, path)
  }
}

test('fault 42: the PSA breaks off in the middle; the next run goes on where it stood, no gap, no duplicate', async () => {
  atSecondPage(() => faults.rules.push({ kind: 'error-before', match: 'GET .*/(products|entries|payments)' }))
  await expect(full()).rejects.toMatchObject({ cure: 'retry' })
  const stopped = await stream('invoices')
  expect(stopped).toMatchObject({ cursor: { page: expect.any(String) }, lastError: expect.stringMatching(/^500/) })
  expect(await countHere()).toBe(PAGE_SIZE)
  faults.clear()
  const all = await invoicesThere()
  expect(await full()).toMatchObject({ invoices: { read: all.length - PAGE_SIZE } })
  expect(await countHere()).toBe(all.length)
  expect(await stream('invoices')).toMatchObject({ cursor: { since: expect.any(String) }, lastError: null })
})

test('fault 42: a page that times out, breaks off or comes as an error once is asked for again', async () => {
  faults.holdMs = 20
  const kinds = ['timeout-before', 'truncated', 'reset-before', 'error-before'] as const
  faults.rules = kinds.map((kind) => ({ kind, match: 'GET .*/finance/invoices$', times: 1 }))
  faults.rules.push({ kind: 'reset-after', match: 'GET .*/payments$', rate: 0.05 })
  // Two failures in a row are borne, a third is not: the four kinds need two runs.
  await full().catch(() => undefined)
  expect(await full()).toMatchObject({ invoices: { changed: 0 } })
  expect(await countHere()).toBe((await invoicesThere()).length)
})

test('fault 41: a 429 with Retry-After is obeyed, shortly by waiting, else by telling when', async () => {
  options.retryAfterSeconds = 1
  faults.rules = [{ kind: 'rate-limit', match: 'GET .*/company/companies$', times: 1 }]
  const began = performance.now()
  expect(await full()).toMatchObject({ clients: { changed: 0 } })
  expect(performance.now() - began).toBeGreaterThanOrEqual(1000)
  options.retryAfterSeconds = 60
  faults.rules = [{ kind: 'rate-limit', match: 'GET .*/finance/invoices$' }]
  await expect(full()).rejects.toMatchObject({ cure: 'retry', retryAfterMs: 60_000 })
})

test('fault 41: a 429 without Retry-After in the middle keeps the cursor', async () => {
  options.retryAfterSeconds = null
  atSecondPage(() => faults.rules.push({ kind: 'rate-limit', match: 'GET .*/procurement/products$' }))
  await expect(full()).rejects.toMatchObject({ cure: 'retry', retryAfterMs: undefined })
  expect(await stream('invoices')).toMatchObject({ cursor: { page: expect.any(String) } })
  faults.clear()
  expect(await full()).toMatchObject({ invoices: { read: expect.any(Number) } })
  expect(await countHere()).toBe((await invoicesThere()).length)
})

test('fault 43: invoices deleted, added and changed between two pages leave no gap', async () => {
  const before = await invoicesThere()
  const [gone, touched] = before.slice(10, 12)
  await withTenant(tenantId, (tx) => tx.run(sql`update sync_streams set cursor = null`))
  const meddling = Promise.withResolvers<InvoiceThere>()
  atSecondPage(() => {
    faults.latencyMs = 300 // the second page is answered after all of this
    const meddle = async () => {
      await world.control('DELETE', `invoices/${gone?.id}`)
      await world.control('PATCH', `invoices/${touched?.id}`, {
        title: 'Changed behind the reader',
        dueOn: '2031-01-31',
      })
      return world.control<InvoiceThere>('POST', 'invoices', {
        client: 'Hadley & Moss Architects',
        lines: [{ description: 'Cable', unitPriceCents: 1_500 }],
      })
    }
    meddle().then(meddling.resolve, meddling.reject)
  })
  const syncing = full()
  const added = await meddling.promise
  faults.clear()
  await syncing
  await syncPsa(tenantId, connectionId, { full: false })
  expect(await invoiceHere(tenantId, gone?.id ?? 0)).toMatchObject({ state: 'void' })
  expect(await invoiceHere(tenantId, added.id)).toMatchObject({ state: 'open' })
  const due = await withTenant(tenantId, async (tx) => {
    const { id } = await invoiceHere(tenantId, touched?.id ?? 0)
    return tx.row(sql`select due_on from invoices where id = ${id}`)
  })
  expect(due).toEqual({ dueOn: '2031-01-31' })
  const ids = await withTenant(tenantId, (tx) =>
    tx.rows<{ externalId: string }>(sql`
      select r.external_id from external_refs r join invoices i on i.id = r.local_id where i.state = 'open' and r.kind = 'invoice'`),
  )
  expect(new Set(ids.map(({ externalId }) => Number(externalId)))).toEqual(
    new Set((await invoicesThere()).map(({ id }) => id)),
  )
})

test('fault 44: an HTML page instead of a list is a failure, and nothing is voided', async () => {
  const before = await countHere()
  faults.rules = [{ kind: 'html', match: 'GET .*/finance/invoices$' }]
  await expect(full()).rejects.toMatchObject({
    cure: 'retry',
    message: expect.stringMatching(/^Expected JSON, got text\/html/),
  })
  expect(await countHere()).toBe(before)
})

test('fault 44: when more than 5 % vanish at once nothing is voided, and a person is asked', async () => {
  const before = await countHere()
  const doomed = (await invoicesThere()).slice(-60, -20)
  for (const { id } of doomed) await world.control('DELETE', `invoices/${id}`)
  expect(await full()).toMatchObject({ voided: 0 })
  expect(await syncPsa(tenantId, connectionId, { full: false })).toMatchObject({ voided: 0 })
  expect(await countHere()).toBe(before)
  expect(await openExceptions(tenantId)).toContainEqual(
    expect.stringMatching(/^sync-suspicious: .*no longer lists \d+ of the/),
  )
})

test('fault 48: credentials that are no good pause the connection, without a storm, until it is connected again', async () => {
  await withTenant(tenantId, (tx) => saveSecret(tx, connectionId, { ...world.credentials, privateKey: 'revoked' }))
  expect(await full()).toBe('paused')
  expect(await withTenant(tenantId, (tx) => loadConnection(tx, 'psa'))).toMatchObject({ state: 'needs_reconnect' })
  expect(await openExceptions(tenantId)).toContainEqual(
    expect.stringMatching(/^reconnect: Larkfield IT no longer accepts/),
  )
  const calls = countCalls()
  expect(await full()).toBe('paused')
  expect(await syncPsa(tenantId, connectionId, { full: false })).toBe('paused')
  expect(calls()).toBe(0)
  expect(await connectPsa(staff, 'connectwise', world.credentials)).toMatchObject({ ok: true, connectionId })
  expect(await syncPsa(tenantId, connectionId, { full: false })).not.toBe('paused')
  expect((await openExceptions(tenantId)).filter((one) => one.startsWith('reconnect'))).toEqual([])
})

test('a key that lacks rights is connected, and what it lacks is said in words', async () => {
  const { limited } = world.service.credentials
  const connected = await connectPsa(staff, 'connectwise', { ...world.credentials, ...limited })
  expect(connected).toMatchObject({
    ok: true,
    checked: { missing: ['Finance > Invoicing: add, edit and delete', 'System > API callbacks: add and delete'] },
  })
})

test('wrong keys, a wrong company and no answer are told apart when connecting', async () => {
  const wrong = await connectPsa(staff, 'connectwise', { ...world.credentials, privateKey: 'wrong' })
  expect(wrong).toMatchObject({
    ok: false,
    because: 'credentials',
    reason: expect.stringMatching(/keys are not known/),
  })
  const nobody = await connectPsa(staff, 'connectwise', { ...world.credentials, companyId: 'nobody' })
  expect(nobody).toMatchObject({
    ok: false,
    because: 'credentials',
    reason: expect.stringMatching(/no company "nobody"/),
  })
  const closed = await connectPsa(staff, 'connectwise', { ...world.credentials, baseUrl: 'http://127.0.0.1:9' })
  expect(closed).toMatchObject({ ok: false, because: 'unreachable' })
})

test('an upgrade that moves the API to another path is found again', async () => {
  options.codebase = 'v2026_2'
  options.aliasAccepted = false
  expect(await syncPsa(tenantId, connectionId, { full: false })).toMatchObject({
    clients: { read: expect.any(Number) },
  })
})

/** Counts what arrives at the stand-in from now on. */
function countCalls(): () => number {
  let calls = 0
  faults.draw = (method, path) => {
    calls += 1
    return draw(method, path)
  }
  return () => calls
}
