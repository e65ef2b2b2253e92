import { afterAll, expect, test } from 'vitest'
import { audit } from './audit.ts'
import { openStage } from './stage.ts'
import { atRandom, tell } from './story.ts'

const stage = await openStage()
afterAll(() => stage.close())

for (let seed = 1; seed <= 10; seed += 1)
  test(`fault 1, 2, 3, 4, 5, seed ${seed}: killed and failed at random, everything still happens exactly once`, async () => {
    const payer = await tell(stage, seed, atRandom(seed))
    expect(await audit(stage, payer.told), `npm run test:crash -- --seed ${seed} tells it again`).toEqual([])
  })
