import { afterAll, expect, test, vi } from 'vitest'
import { openSession, readSession } from '@/lib/access/session'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { billingContact } from '@/lib/billing/queries'
import { connectTenant, openExceptions, startConnectwiseWorld } from './connectwise-world.test.support'
import { dropContact } from './sweep-contacts'
import { syncPsa } from './sync-psa'

const world = await startConnectwiseWorld({ scale: 0.2 })
afterAll(() => world.stop())
const { tenantId, connectionId } = await connectTenant(world)
await syncPsa(tenantId, connectionId, { full: true })

type Person = { id: string; externalId: string; clientId: string; isBilling: boolean; isGone: boolean }

const people = (externalId?: string) =>
  withTenant(tenantId, (tx) =>
    tx.rows<Person>(sql`
      select p.id, r.external_id, p.client_id, p.is_billing, p.gone_at is not null as is_gone
      from contacts p join external_refs r on r.tenant_id = p.tenant_id and r.kind = 'contact' and r.local_id = p.id
      where p.tenant_id = ${tx.tenantId} ${externalId === undefined ? sql`` : sql`and r.external_id = ${externalId}`}
      order by r.external_id::int`),
  )
const remove = (externalId: string) => world.control('DELETE', `contacts/${externalId}`)

/** Somebody who gets their company's invoices and has colleagues, one after the other. */
async function someone(at: number): Promise<Person> {
  const all = (await people()).filter(({ isGone }) => !isGone)
  const hasColleague = (one: Person) => all.some(({ id, clientId }) => id !== one.id && clientId === one.clientId)
  const found = all.filter((one) => one.isBilling && hasColleague(one))[at]
  if (found === undefined) throw new Error('there is nobody like that')
  return found
}

test('whoever is deleted in the PSA loses their way in with the call that says so; the invoices go to a colleague', async () => {
  const person = await someone(0)
  const cookie = await withTenant(tenantId, (tx) => openSession(tx, 'contact', person.id))
  expect(await readSession('contact', cookie)).toMatchObject({ contactId: person.id })
  // A call is no more than a hint: nobody is lost whom the PSA still has.
  await dropContact(tenantId, connectionId, person.externalId)
  expect(await people(person.externalId)).toMatchObject([{ isGone: false, isBilling: true }])
  const before = await withTenant(tenantId, (tx) => billingContact(tx, person.clientId))
  await remove(person.externalId)
  await dropContact(tenantId, connectionId, person.externalId)
  expect(await people(person.externalId)).toMatchObject([{ isGone: true, isBilling: false }])
  expect(await readSession('contact', cookie)).toBeUndefined()
  const after = await withTenant(tenantId, (tx) => billingContact(tx, person.clientId))
  expect(after?.email).not.toBe(before?.email)
})

test('a deletion nobody was told of is noticed by the next whole reading, and by no shorter one', async () => {
  const person = await someone(0)
  await remove(person.externalId)
  await syncPsa(tenantId, connectionId, { full: false })
  expect(await people(person.externalId)).toMatchObject([{ isGone: false }])
  await syncPsa(tenantId, connectionId, { full: true })
  expect(await people(person.externalId)).toMatchObject([{ isGone: true }])
  expect(await openExceptions(tenantId)).not.toContainEqual(expect.stringContaining('sync-suspicious'))
})

test('whoever the PSA knows again is known again, also when nothing about them changed', async () => {
  const person = await someone(0)
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      update contacts set gone_at = now(), is_billing = false, source_hash = ''
      where tenant_id = ${tx.tenantId} and id = ${person.id}`),
  )
  await syncPsa(tenantId, connectionId, { full: true })
  expect(await people(person.externalId)).toMatchObject([{ isGone: false, isBilling: true }])
})

test('a list that misses many at once is not believed: nobody loses their way in, and staff are told', async () => {
  vi.stubEnv('SANDBOX_TRACE', '')
  const all = (await people()).filter(({ isGone }) => !isGone)
  for (const { externalId } of all.slice(0, Math.ceil(all.length / 2))) await remove(externalId)
  await syncPsa(tenantId, connectionId, { full: true })
  expect((await people()).filter(({ isGone }) => !isGone)).toHaveLength(all.length)
  expect(await openExceptions(tenantId)).toContainEqual(expect.stringContaining('contacts we know. Nobody lost their'))
})
