import { afterAll, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { billingContact } from '@/lib/billing/queries'
import { connectTenant, startConnectwiseWorld } from './connectwise-world.test.support'
import { syncPsa } from './sync-psa'

const worlds = await Promise.all([
  startConnectwiseWorld({ scale: 0.1 }),
  startConnectwiseWorld({ scale: 0.1, msp: 'boreal' }),
])
const [newYork, quebec] = worlds
afterAll(() => Promise.all(worlds.map((world) => world.stop())))

async function mirrored(world: (typeof worlds)[0]) {
  const { tenantId, connectionId } = await connectTenant(world)
  await syncPsa(tenantId, connectionId, { full: true })
  return { tenantId, connectionId }
}

const there = await mirrored(quebec)

const clientsOf = (tenantId: string) =>
  withTenant(tenantId, (tx) => tx.rows<{ id: string; locale: string }>(sql`select id, locale from clients order by id`))

test('an MSP that speaks English writes to its clients in Quebec in French, to the others in its own language', async () => {
  const { tenantId } = there
  const clients = await clientsOf(tenantId)
  expect(clients.length).toBeGreaterThan(0)
  for (const { id } of clients) {
    expect(await withTenant(tenantId, (tx) => billingContact(tx, id))).toMatchObject({ locale: 'fr-CA' })
  }
  const here = await clientsOf((await mirrored(newYork)).tenantId)
  expect(new Set(here.map(({ locale }) => locale))).toEqual(new Set(['en-US']))
})

test('a client mirrored before its language was asked for is written once more, and then left alone', async () => {
  const { tenantId, connectionId } = there
  const [client] = await clientsOf(tenantId)
  // As such a row stands: in the MSP's language, under a hash of fewer facts.
  await withTenant(tenantId, (tx) =>
    tx.run(
      sql`update clients set locale = 'en-US', source_hash = 'before' where tenant_id = ${tenantId} and id = ${client?.id}`,
    ),
  )
  const again = () => syncPsa(tenantId, connectionId, { full: true })
  expect(await again()).toMatchObject({ clients: { changed: 1 } })
  expect((await clientsOf(tenantId))[0]).toEqual({ id: client?.id, locale: 'fr-CA' })
  expect(await again()).toMatchObject({ clients: { changed: 0 } })
})
