import { expect, test } from 'vitest'
import { makeMsp } from '../../e2e/support/msp.ts'
import { withTenant } from './db'
import { sql } from './sql'

const { tenantId, staffId } = await makeMsp('larkfield')
const other = await withTenant(tenantId, (tx) =>
  tx.row<{ id: string }>(
    sql`insert into staff (tenant_id, email, name, role) values (${tx.tenantId}, 'marcus@larkfield.example', '', 'finance') returning id`,
  ),
)

test('of two transactions that wait for each other one gives way, is run again, and both are done once', async () => {
  const rows = [staffId, other?.id ?? '']
  let runs = 0
  let met = () => {}
  const bothHoldOne = new Promise<void>((resolve) => {
    met = resolve
  })
  const inOrder = (ids: string[], mark: string) =>
    withTenant(tenantId, async (tx) => {
      runs += 1
      for (const [at, id] of ids.entries()) {
        await tx.run(sql`update staff set name = name || ${mark} where tenant_id = ${tx.tenantId} and id = ${id}`)
        if (at === 0 && runs === 2) met()
        if (at === 0) await bothHoldOne
      }
    })
  await withTenant(tenantId, (tx) => tx.run(sql`update staff set name = '' where tenant_id = ${tx.tenantId}`))
  await Promise.all([inOrder(rows, 'a'), inOrder(rows.toReversed(), 'b')])
  expect(runs).toBe(3)
  const names = await withTenant(tenantId, (tx) =>
    tx.rows<{ name: string }>(sql`select name from staff where tenant_id = ${tx.tenantId}`),
  )
  expect(names.map(({ name }) => [...name].toSorted().join(''))).toEqual(['ab', 'ab'])
})

test('any other failure is told at once: the work is not run again', async () => {
  let runs = 0
  const failing = withTenant(tenantId, async (tx) => {
    runs += 1
    await tx.run(
      sql`insert into staff (tenant_id, email, name, role) values (${tx.tenantId}, 'x@example.com', 'X', 'nobody')`,
    )
    await tx.run(sql`select 1 / 0`)
  })
  await expect(failing).rejects.toThrow()
  expect(runs).toBe(1)
})
