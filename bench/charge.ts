import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Crew } from '../scripts/demo/crew.ts'
import { startCharger } from './charge/charger.ts'
import { hasPgbench, pgbench } from './charge/pgbench.ts'
import type { ChargeRun } from './charge/run-charges.ts'
import { layGround } from './ground/database.ts'
import { runTopic } from './ground/topic.ts'
import { latencyOf, median, percentile, rounded } from './measure/figures.ts'
import { limitFinding, ratioFinding } from './measure/finding.ts'
import { cpuMs, look } from './measure/processes.ts'
import { inTurn } from './measure/rounds.ts'

const AT_ONCE = 32
const SECONDS = 2
/** One second per answer at a hundred a second: a hundred under way (Little's law). */
const STEADY = { perSecond: 100, latencyMs: 1000, count: 400 }

await runTopic(async (crew, tell) => {
  const { databaseUrl, owner } = await layGround(crew)
  await owner.query(readFileSync(join(import.meta.dirname, 'charge/floor-tables.sql'), 'utf8'))
  const settings = { STRIPE_SECRET_KEY: 'sk_test_bench', STRIPE_PUBLISHABLE_KEY: '', STRIPE_RATE: '100000' }
  const start = async (name: 'product' | 'raw', latencyMs: number, account: string) => {
    const STRIPE_API_URL = await startFakeStripe(crew, latencyMs)
    return startCharger(crew, name, { ...settings, STRIPE_API_URL, STRIPE_ACCOUNT: account })
  }

  const isPgbench = await hasPgbench()
  const fast = await start('product', 0, 'acct_fast')
  const raw = startCharger(crew, 'raw', { STRIPE_API_URL: '' })
  let count = 400
  const unthrottled = await inTurn({
    rounds: 5,
    secondsMax: 30,
    product: async () => {
      await fast.prepare({ count, pace: { inFlight: AT_ONCE }, openedBefore: false })
      const before = look()
      const run = successful(await fast.run())
      const cpuMsEach = cpuMs(before, look(), process.pid) / run.doneAtMs.length
      count = Math.max(100, Math.round((run.doneAtMs.length / run.wallMs) * 1000 * SECONDS))
      return { ...run, cpuMsEach }
    },
    floor: async () => {
      if (!isPgbench) await raw.prepare({ count: 4000, pace: { inFlight: AT_ONCE }, openedBefore: true })
      const before = look()
      const rate = isPgbench ? await pgbench(databaseUrl, SECONDS) : perSecond(await raw.run())
      const charges = isPgbench ? rate * SECONDS : 4000
      return { perSecond: rate, cpuMsEach: cpuMs(before, look(), process.pid) / charges }
    },
  })
  tell(
    ratioFinding('charge.unthrottled-cpu', unthrottled, {
      unit: 'ms of CPU per charge, of all that takes part: ours, the database, the stand-in',
      goal: '<= 5',
      product: ({ product }) => product.cpuMsEach,
      floor: ({ floor }) => floor.cpuMsEach,
    }),
  )
  tell(
    ratioFinding('charge.unthrottled', unthrottled, {
      unit: `charges/s, ${AT_ONCE} at once, Stripe answers at once`,
      goal: '>= 0.2',
      product: ({ product }) => perSecond(product),
      floor: ({ floor }) => floor.perSecond,
      detail: {
        floorIs: isPgbench ? 'pgbench, 32 sessions, prepared' : 'pg clients in a process of their own',
        cpuPerChargeMs: rounded(
          median(unthrottled.pairs.map(({ product }) => product.nodeMs / product.doneAtMs.length)),
        ),
      },
    }),
  )

  const slow = await start('product', STEADY.latencyMs, 'acct_slow')
  const slowRaw = await start('raw', STEADY.latencyMs, '')
  const order = { count: STEADY.count, pace: { perSecond: STEADY.perSecond }, openedBefore: false }
  const steady = await inTurn({
    rounds: 3,
    secondsMax: 25,
    product: async () => {
      await slow.prepare(order)
      return successful(await slow.run())
    },
    floor: async () => {
      await slowRaw.prepare(order)
      return successful(await slowRaw.run())
    },
  })
  const own = steady.pairs.flatMap(({ product }) => product.ownMs)
  const ownOfRaw = steady.pairs.flatMap(({ floor }) => floor.ownMs)
  const detail = { product: figuresOf(own), raw: figuresOf(ownOfRaw) }
  const unit = 'ms of our own per charge, 100 under way'
  for (const [name, part, goal] of [
    ['charge.overhead-p50', 0.5, '<= 5'],
    ['charge.overhead-p95', 0.95, '<= 25'],
  ] as const)
    tell(
      limitFinding(name, steady, {
        unit,
        goal,
        value: percentile(own, part),
        floor: percentile(ownOfRaw, part),
        detail,
      }),
    )
  tell(
    ratioFinding('charge.cpu', steady, {
      unit: 'ms of node CPU per charge, beside the hand-written loop',
      goal: '<= 3',
      product: ({ product }) => product.nodeMs / STEADY.count,
      floor: ({ floor }) => floor.nodeMs / STEADY.count,
    }),
  )
})

function figuresOf(values: readonly number[]) {
  const { p50, p95, p99 } = latencyOf(values)
  return { p50: rounded(p50), p95: rounded(p95), p99: rounded(p99) }
}

function perSecond({ doneAtMs, wallMs }: ChargeRun): number {
  return (doneAtMs.length / wallMs) * 1000
}

function successful(run: ChargeRun): ChargeRun {
  if (run.failures > 0)
    throw new Error(`${run.failures} of ${run.doneAtMs.length} charges failed: ${run.failure ?? 'not paid'}`)
  return run
}

async function startFakeStripe(crew: Crew, latencyMs: number): Promise<string> {
  const env = { ...process.env, FAKE_LATENCY_MS: String(latencyMs) }
  const child = crew.start(`stripe ${latencyMs} ms`, ['bench/charge/fake-stripe.ts'], env)
  const [url] = (await once(child, 'message')) as [string]
  return url
}
