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
  return tenantId
}

const clientsOf = (tenantId: string) =>
  withTenant(tenantId, (tx) => tx.rows<{ id: string; locale: string }>(sql`select id, locale from clients order by id`))

test('an MSP that speaks English writes to its clients in Quebec in French, to the others in its own language', async () => {
  const tenantId = await mirrored(quebec)
  const clients = await clientsOf(tenantId)
  expect(clients.length).toBeGreaterThan(0)
  for (const { id } of clients) {
    expect(await withTenant(tenantId, (tx) => billingContact(tx, id))).toMatchObject({ locale: 'fr-CA' })
  }
  const here = await clientsOf(await mirrored(newYork))
  expect(new Set(here.map(({ locale }) => locale))).toEqual(new Set(['en-US']))
})
