import { startSandboxProcess } from '../scripts/demo/sandbox-process.ts'
import { startCharger } from './charge/charger.ts'
import type { ChargeRun } from './charge/run-charges.ts'
import { layGround } from './ground/database.ts'
import { runTopic } from './ground/topic.ts'
import { rounded } from './measure/figures.ts'
import { limitFinding, ratioFinding } from './measure/finding.ts'
import { inTurn } from './measure/rounds.ts'

/** A quarter of a second per answer, and enough charges under way never to wait for one another. */
const LATENCY_MS = 250
const AT_ONCE = 100
const SECONDS = 12

await runTopic(async (crew, tell) => {
  const sandbox = await startSandboxProcess(crew, { portBase: 0, scale: 0.05 })
  await layGround(crew, sandbox)
  const { url, account } = sandbox.services.stripe
  await post(`${sandbox.urls.page}/faults/stripe`, { latencyMs: LATENCY_MS })
  for (const rate of [25, 100]) {
    const charger = startCharger(crew, 'product', { STRIPE_ACCOUNT: account, STRIPE_RATE: String(rate) })
    let refused = 0
    let calls = 0
    const rounds = await inTurn({
      rounds: 1,
      secondsMax: SECONDS * 2,
      warmUp: false,
      product: async () => {
        await post(`${url}/_sandbox/rate-limit`, { perSecond: 0 })
        await charger.prepare({ count: rate * SECONDS, pace: { inFlight: AT_ONCE }, openedBefore: true })
        await post(`${url}/_sandbox/rate-limit`, { perSecond: rate })
        const before = await requests(url)
        const run = await charger.run()
        const after = await requests(url)
        calls = after.total - before.total
        refused = (after.byStatus['429'] ?? 0) - (before.byStatus['429'] ?? 0)
        return run
      },
      floor: async () => rate,
    })
    tell(
      ratioFinding(`charge-rate.${rate}`, rounds, {
        unit: 'charges/s between 5 % and 95 % done, beside what Stripe allows',
        goal: '>= 0.97',
        product: ({ product }) => sustained(product),
        floor: ({ floor }) => floor,
        detail: { calls, refused, latencyMs: LATENCY_MS, failures: rounds.pairs.at(-1)?.product.failures ?? 0 },
      }),
    )
    tell(
      limitFinding(`charge-rate.${rate}-refused`, rounds, {
        unit: 'share of calls answered 429',
        goal: '<= 0.001',
        value: rounded(refused / calls),
      }),
    )
  }
})

function sustained({ doneAtMs }: ChargeRun): number {
  const sorted = doneAtMs.toSorted((a, b) => a - b)
  const [from, to] = [Math.floor(sorted.length * 0.05), Math.floor(sorted.length * 0.95)]
  return ((to - from) / ((sorted[to] ?? 0) - (sorted[from] ?? 0))) * 1000
}

async function requests(url: string): Promise<{ total: number; byStatus: Record<string, number> }> {
  return (await fetch(`${url}/_sandbox/requests`)).json() as Promise<{
    total: number
    byStatus: Record<string, number>
  }>
}

async function post(url: string, body: object): Promise<void> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
}
