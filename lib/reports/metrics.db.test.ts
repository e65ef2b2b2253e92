import { expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import { makeMsp } from '../../e2e/support/msp.ts'
import { readMetrics } from './metrics'

const [one, other] = [await makeMsp('one'), await makeMsp('other')]

/** A tie-out as it is written down; without `gaps` as it was when only the own currency was compared. */
async function tiedOut(tenantId: string, at: string, ownMinor: bigint, gaps?: Record<string, bigint>): Promise<void> {
  const told = gaps && Object.entries(gaps).map(([currency, minor]) => ({ currency, minor: String(minor) }))
  const figures = { currency: 'USD', comparisons: [], differences: [], unasked: [], ...(told && { gaps: told }) }
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      insert into tie_outs (tenant_id, id, at, figures, gap_minor) values (${tenantId}, ${newId()}, ${at}, ${json(figures)}, ${ownMinor})`),
  )
}

const gapLines = async () =>
  (await readMetrics()).split('\n').filter((line) => line.startsWith('closeloop_tie_out_gap_minor'))

test('the gap is told by currency: the latest of every MSP, each added to its own', async () => {
  expect(await gapLines()).toEqual([])
  await tiedOut(one.tenantId, '2026-11-20T15:00:00Z', 99_999n, { USD: 99_999n, CAD: 88_888n })
  await tiedOut(one.tenantId, '2026-11-20T15:15:00Z', 0n, { USD: 0n, CAD: 1_234n })
  await tiedOut(other.tenantId, '2026-11-20T15:10:00Z', 250n)
  expect(await gapLines()).toEqual([
    'closeloop_tie_out_gap_minor{currency="CAD"} 1234',
    'closeloop_tie_out_gap_minor{currency="USD"} 250',
  ])
})
