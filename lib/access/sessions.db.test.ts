import { afterEach, expect, test } from 'vitest'
import { now, windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { makeMsp } from '../../e2e/support/msp.ts'
import { closeSession, openSession, readSession } from './session'
import { listSessions, type Person, revokeOwnSessions, revokeSession } from './sessions'
import { browserName } from './user-agent'

const msp = await makeMsp('larkfield')
const { tenantId, staffId } = msp
const clientId = await msp.makeClient()
const contactId = await withTenant(tenantId, async (tx) => {
  const row = await tx.row<{ id: string }>(sql`select id from contacts where tenant_id = ${tx.tenantId}`)
  return row?.id ?? ''
})
const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'
const where = { userAgent: chrome, address: '203.0.113.9' }
const minuteMs = 60_000
afterEach(() => windClock(0))

const openFor = (audience: 'staff' | 'contact', personId: string) =>
  withTenant(tenantId, (tx) => openSession(tx, audience, personId, where))

async function open(audience: 'staff' | 'contact' = 'staff'): Promise<{ cookie: string; actor: Person }> {
  const cookie = await openFor(audience, audience === 'staff' ? staffId : contactId)
  const actor = await readSession(audience, cookie)
  if (actor?.kind !== 'staff' && actor?.kind !== 'contact') throw new Error('not signed in')
  return { cookie, actor }
}
const run = (statement: ReturnType<typeof sql>) => withTenant(tenantId, (tx) => tx.run(statement))

test('a person sees where they are signed in, and nobody else’s', async () => {
  const [first, second] = [await open(), await open()]
  const client = await open('contact')
  const seen = await listSessions(second.actor)
  expect(seen.map(({ id, isHere }) => [id, isHere])).toEqual([
    [second.actor.sessionId, true],
    [first.actor.sessionId, false],
  ])
  expect(seen[0]).toMatchObject(where)
  expect((await listSessions(client.actor)).map(({ id }) => id)).toEqual([client.actor.sessionId])
})

test('a session that was ended elsewhere opens nothing any more; another person’s cannot be ended', async () => {
  const [mine, lost, client] = [await open(), await open(), await open('contact')]
  expect(await revokeSession(mine.actor, lost.actor.sessionId ?? '')).toBe(true)
  expect(await revokeSession(mine.actor, lost.actor.sessionId ?? '')).toBe(false)
  expect(await readSession('staff', lost.cookie)).toBeUndefined()
  expect(await revokeSession(mine.actor, client.actor.sessionId ?? '')).toBe(false)
  expect(await revokeSession(client.actor, mine.actor.sessionId ?? '')).toBe(false)
  expect(await revokeSession(mine.actor, newId())).toBe(false)
  expect(await revokeSession(mine.actor, 'made-up')).toBe(false)
  const other = await makeMsp('boreal')
  const stranger = { kind: 'staff', tenantId: other.tenantId, staffId: other.staffId, role: 'owner' } as const
  expect(await revokeSession(stranger, mine.actor.sessionId ?? '')).toBe(false)
  expect(await readSession('staff', mine.cookie)).toMatchObject({ staffId })
  expect(await readSession('contact', client.cookie)).toMatchObject({ contactId, clientId })
})

test('signing out everywhere ends all of one’s own, and leaves the others', async () => {
  const [one, two, client] = [await open(), await open(), await open('contact')]
  await revokeOwnSessions(two.actor)
  expect(await readSession('staff', one.cookie)).toBeUndefined()
  expect(await readSession('staff', two.cookie)).toBeUndefined()
  expect(await readSession('contact', client.cookie)).toMatchObject({ contactId })
})

test('with another role one signs in anew, under a new id', async () => {
  const { cookie } = await open()
  await run(sql`update staff set role = 'viewer' where tenant_id = ${tenantId} and id = ${staffId}`)
  expect(await readSession('staff', cookie)).toBeUndefined()
  const again = await open()
  expect(again.actor.role).toBe('viewer')
  expect(again.cookie).not.toBe(cookie)
  await run(sql`update staff set role = 'owner' where tenant_id = ${tenantId} and id = ${staffId}`)
  expect(await readSession('staff', again.cookie)).toBeUndefined()
})

test('disabling a person ends their sessions at once, and opens no other', async () => {
  const { cookie } = await open()
  await run(sql`update staff set disabled_at = ${now()} where tenant_id = ${tenantId} and id = ${staffId}`)
  expect(await readSession('staff', cookie)).toBeUndefined()
  await expect(openFor('staff', staffId)).rejects.toMatchObject({ kind: 'not-found' })
  await run(sql`update staff set disabled_at = null where tenant_id = ${tenantId} and id = ${staffId}`)
  const client = await open('contact')
  await run(sql`update contacts set gone_at = ${now()} where tenant_id = ${tenantId} and id = ${contactId}`)
  expect(await readSession('contact', client.cookie)).toBeUndefined()
  await expect(openFor('contact', contactId)).rejects.toMatchObject({ kind: 'not-found' })
  await run(sql`update contacts set gone_at = null where tenant_id = ${tenantId} and id = ${contactId}`)
})

test('a session ends when it was not used for an hour, and after twelve hours however much it was', async () => {
  const { cookie } = await open()
  for (let minute = 59; minute < 12 * 60; minute += 59) {
    windClock(minute * minuteMs)
    expect(await readSession('staff', cookie), `after ${minute} minutes`).toMatchObject({ staffId })
  }
  windClock(12 * 60 * minuteMs + 1000)
  expect(await readSession('staff', cookie)).toBeUndefined()
  const idle = await open()
  windClock(13 * 60 * minuteMs + 2000)
  expect(await readSession('staff', idle.cookie)).toBeUndefined()
  expect(await listSessions(idle.actor)).toEqual([])
})

test('signing out ends it on the server; a cookie of another kind opens nothing', async () => {
  const { cookie } = await open()
  expect(await readSession('contact', cookie)).toBeUndefined()
  await closeSession(cookie)
  await closeSession(cookie)
  expect(await readSession('staff', cookie)).toBeUndefined()
  const trail = await withTenant(tenantId, (tx) =>
    tx.rows<{ action: string }>(
      sql`select distinct action from audit_entries where tenant_id = ${tx.tenantId} order by 1`,
    ),
  )
  expect(trail.map(({ action }) => action)).toEqual([
    'session.closed',
    'session.opened',
    'session.revoked',
    'sessions.revoked',
  ])
})

test('a browser is named as its owner knows it', () => {
  expect(browserName(chrome)).toEqual({ browser: 'Chrome', system: 'Linux' })
  const phone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1'
  expect(browserName(phone)).toEqual({ browser: 'Safari', system: 'iPhone' })
  expect(browserName('curl/8')).toEqual({ browser: undefined, system: undefined })
})
