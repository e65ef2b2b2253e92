import { afterAll, expect, test } from 'vitest'
import { audit } from './audit.ts'
import { openStage } from './stage.ts'
import { atRandom, tell } from './story.ts'

let stage = await openStage()
afterAll(() => stage.close())

for (let seed = 1; seed <= 10; seed += 1)
  test(`fault 1, 2, 3, 4, 5, seed ${seed}: killed and failed at random, everything still happens exactly once`, async () => {
    try {
      const payer = await tell(stage, seed, atRandom(seed))
      const found = await audit(stage, payer.told)
      expect(found, `npm run test:crash -- --seed ${seed} tells it again:\n${found.join('\n')}\n`).toEqual([])
    } catch (error) {
      // What this story left behind is not laid at the door of the next.
      await stage.close()
      stage = await openStage()
      throw error
    }
  })
