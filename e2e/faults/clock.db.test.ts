import { afterEach, expect, test } from 'vitest'
import { windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { tick } from '@/lib/jobs/schedule'
import { makeMsp } from '../support/msp.ts'

const { tenantId } = await makeMsp('clock')
afterEach(() => windClock(0))

/** The clock of the machine. */
function setClock(iso: string): void {
  windClock(new Date(iso).getTime() - Date.now())
}

async function nights(of = tenantId): Promise<string[]> {
  const rows = await withTenant(of, (tx) =>
    tx.rows<{ on: string }>(sql`
      select payload->>'on' as on from events where tenant_id = ${tx.tenantId} and kind = 'clock.nightly' order by 1`),
  )
  return rows.map(({ on }) => on)
}

test('fault 26: the clock looked at by many at once, and again and again, makes one nightly round', async () => {
  setClock('2026-11-10T17:00:00Z')
  await Promise.all([tick(), tick(), tick(), tick()])
  await tick()
  expect(await nights()).toEqual(['2026-11-10'])
})

test('one MSP whose clock cannot be read keeps no other waiting', async () => {
  const broken = await makeMsp('aaa-broken')
  const other = await makeMsp('zzz-other')
  await withTenant(broken.tenantId, (tx) =>
    tx.run(sql`update tenants set time_zone = 'Nowhere/At_All' where id = ${tx.tenantId}`),
  )
  setClock('2026-11-10T18:00:00Z')
  await tick()
  expect(await nights(broken.tenantId)).toEqual([])
  expect(await nights(other.tenantId)).toEqual(['2026-11-10'])
  expect(await nights()).toEqual(['2026-11-10'])
})

test('fault 27: a process that slept over midnight catches up once, also after days', async () => {
  setClock('2026-11-11T14:00:00Z')
  await tick()
  await tick()
  setClock('2026-11-15T14:00:00Z')
  await Promise.all([tick(), tick()])
  expect(await nights()).toEqual(['2026-11-10', '2026-11-11', '2026-11-15'])
})

test('fault 28: a clock ten minutes ahead, behind, and stepping back over midnight runs no night twice', async () => {
  const midnight = new Date('2026-11-17T05:00:00Z').getTime()
  for (const minutes of [-10, 10, -10, 10, 0, 5]) {
    setClock(new Date(midnight + minutes * 60_000).toISOString())
    await tick()
  }
  expect(await nights()).toEqual(['2026-11-10', '2026-11-11', '2026-11-15', '2026-11-16', '2026-11-17'])
})

test('fault 29: nights that daylight saving makes 23 or 25 hours long, month ends and a leap day come once each', async () => {
  const before = (await nights()).length
  // Every hour from before the change to after it: March 14 and November 7 2027, and the end of February 2028.
  for (const from of ['2027-03-13T12:00:00Z', '2027-11-06T12:00:00Z', '2028-02-28T12:00:00Z'])
    for (let hours = 0; hours < 48; hours += 1) {
      setClock(new Date(new Date(from).getTime() + hours * 3_600_000).toISOString())
      await tick()
    }
  expect((await nights()).slice(before)).toEqual([
    ...['2027-03-13', '2027-03-14', '2027-03-15'],
    ...['2027-11-06', '2027-11-07', '2027-11-08'],
    ...['2028-02-28', '2028-02-29', '2028-03-01'],
  ])
})
