// npm run test:crash -- --seeds 200: many stories · --seed 7: one of them again · --first: once at every fault point
import { parseArgs } from 'node:util'
import { audit } from './audit.ts'
import { faultPoints, type Plan } from './crash-plan.ts'
import { openStage, type Stage } from './stage.ts'
import { atRandom, tell } from './story.ts'

/** The world grows with every story; a fresh one keeps the later ones as quick as the first. */
const storiesPerStage = 20

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string' },
    first: { type: 'boolean' },
    keep: { type: 'boolean' },
  },
})
const seeds =
  values.seed === undefined
    ? Array.from({ length: Number(values.seeds ?? 10) }, (_, at) => at + 1)
    : [Number(values.seed)]
const failed: number[] = []
let stage: Stage | undefined

for (const [at, seed] of seeds.entries()) {
  if (at % storiesPerStage === 0) {
    await stage?.close()
    stage = await openStage()
  }
  if (stage === undefined) break
  const plan = values.first ? ({ mode: 'first' } as const) : atRandom(seed)
  const before = stage.plan.kills().length
  const began = performance.now()
  const troubles = await once(stage, seed, plan)
  const kills = stage.plan.kills().length - before
  const took = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`seed ${seed}: ${kills} kills, ${troubles.length === 0 ? 'all well' : 'FAILED'}, ${took} s`)
  for (const trouble of troubles) console.log(`  ${trouble}`)
  if (troubles.length > 0) failed.push(seed)
  if (troubles.length > 0 && values.keep) {
    console.log(`kept for looking: ${process.env.DATABASE_URL} · ${stage.sandbox.urls.page} · ${stage.publicUrl}`)
    await new Promise((done) => process.once('SIGINT', done))
    break
  }
}
if (values.first) {
  const killedAt = new Set(stage?.plan.kills())
  console.log(
    `not reached: ${
      faultPoints()
        .filter((point) => !killedAt.has(point))
        .join(', ') || 'none'
    }`,
  )
}
await stage?.close()
console.log(failed.length === 0 ? `${seeds.length} stories, all well` : `failed: seeds ${failed.join(', ')}`)
process.exit(failed.length === 0 ? 0 : 1)

async function once(on: Stage, seed: number, plan: Plan): Promise<string[]> {
  try {
    const payer = await tell(on, seed, plan)
    return await audit(on, payer.told)
  } catch (error) {
    on.plan.set({ mode: 'calm' })
    return [error instanceof Error ? `${error.message} ${error.cause ?? ''} ${error.stack}` : String(error)]
  }
}
