import { afterAll, expect, test } from 'vitest'
import { audit } from './audit.ts'
import { faultPoints } from './crash-plan.ts'
import { openStage } from './stage.ts'
import { tell } from './story.ts'

const stage = await openStage()
afterAll(() => stage.close())

const seeds = (process.env.CRASH_SEEDS ?? '1,2,3,4,5,6,7,8,9,10').split(',').map(Number)

test('fault 1, 2, 3, 4, 5: killed once at every fault point, everything still happens exactly once', async () => {
  const payer = await tell(stage, 1, { mode: 'first' })
  expect(await audit(stage, payer.told)).toEqual([])
  const killedAt = new Set(stage.plan.kills())
  expect(faultPoints().filter((point) => !killedAt.has(point))).toEqual([])
})

for (const seed of seeds)
  test(`seed ${seed}: killed and failed at random, everything still happens exactly once`, async () => {
    const payer = await tell(stage, seed, { mode: 'random', seed, killRate: 0.006, waitRate: 0.05 })
    expect(await audit(stage, payer.told), `npm run test:crash -- --seed ${seed} tells it again`).toEqual([])
  })
