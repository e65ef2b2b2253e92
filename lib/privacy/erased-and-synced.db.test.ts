import { afterAll, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { connectTenant, startConnectwiseWorld } from '@/lib/psa/connectwise-world.test.support'
import { syncPsa } from '@/lib/psa/sync-psa'
import { erasePerson } from './erase-person'
import { readErasureOutlook } from './read-erasures'

const world = await startConnectwiseWorld({ scale: 0.1 })
afterAll(() => world.stop())

test('the PSA still has them: staff are told before, and no sync brings them back', async () => {
  const { tenantId, connectionId } = await connectTenant(world)
  await syncPsa(tenantId, connectionId, { full: true })
  const [person] = await withTenant(tenantId, (tx) =>
    tx.rows<{ id: string; staffId: string }>(sql`
      select p.id, s.id as staff_id from contacts p join staff s on s.tenant_id = p.tenant_id and s.role = 'owner'
      where p.tenant_id = ${tx.tenantId} and p.is_billing order by p.id limit 1`),
  )
  const owner = { kind: 'staff', tenantId, staffId: person?.staffId ?? '', role: 'owner' } as const
  const id = person?.id ?? ''
  expect(await readErasureOutlook(owner, id)).toMatchObject({ psa: 'connectwise', isBilling: true })
  expect(await erasePerson(owner, id)).toEqual({ ok: true })
  const read = () =>
    withTenant(tenantId, (tx) => tx.row(sql`select * from contacts where tenant_id = ${tx.tenantId} and id = ${id}`))
  const erased = await read()
  expect(erased).toMatchObject({ name: 'Erased person', email: null, isBilling: false, source: {} })
  expect(await syncPsa(tenantId, connectionId, { full: true })).toMatchObject({ contacts: { changed: 0 } })
  expect(await read()).toEqual(erased)
})
