import { createHmac } from 'node:crypto'
import { closeDatabase } from '@/lib/base/db'
import { makeChargingMsp } from './ground/charging-msp.ts'
import { layGround } from './ground/database.ts'
import { runTopic } from './ground/topic.ts'
import { latencyOf, rounded } from './measure/figures.ts'
import { ratioFinding } from './measure/finding.ts'
import { inTurn } from './measure/rounds.ts'
import { type Ask, type Served, serve } from './web/serve.ts'
import { startBareNext, startProductWeb } from './web/start-web.ts'

const SECRET = 'whsec_bench'
const ACCOUNT = 'acct_webhook'
const LOAD = { count: 800, alone: 100, atOnce: 8 }

await runTopic(async (crew, tell) => {
  const { owner, env, databaseUrl } = await layGround(crew)
  crew.take({ name: 'the connections of the product', exited: new Promise(() => {}), stop: closeDatabase })
  await owner.query(
    'create schema floor; create table floor.events (id text primary key, kind text not null, payload jsonb not null, received_at timestamptz not null)',
  )
  await makeChargingMsp(ACCOUNT)
  await closeDatabase()
  const bare = await startBareNext(crew, { DATABASE_URL: databaseUrl, WEBHOOK_SECRET: SECRET })
  const web = await startProductWeb(crew, { ...env, STRIPE_WEBHOOK_SECRETS: SECRET })

  const measure = (of: typeof web, path: string, round: number) =>
    serve(of, (at) => signedEvent(path, `evt_${round}x${at}`), LOAD)
  const rounds = await inTurn({
    rounds: 5,
    secondsMax: 40,
    product: async (round) => {
      // What a worker would have taken off the queue meanwhile.
      await owner.query('truncate graphile_worker._private_jobs')
      return measure(web, '/api/webhooks/stripe', round)
    },
    floor: (round) => measure(bare, '/webhook', round),
  })
  const { rows } = await owner.query<{ kept: string }>(
    "select count(*)::text as kept from events where source = 'stripe'",
  )
  tell(
    ratioFinding('webhook.cpu', rounds, {
      unit: 'us of CPU of the web process per event of 2 kB',
      goal: '<= 1.5',
      product: ({ product }) => product.cpuMs * 1000,
      floor: ({ floor }) => floor.cpuMs * 1000,
      detail: {
        product: figures(rounds.pairs.map(({ product }) => product)),
        floor: figures(rounds.pairs.map(({ floor }) => floor)),
        kept: Number(rows[0]?.kept),
      },
    }),
  )
})

function figures(served: readonly Served[]) {
  const { p50, p95, p99 } = latencyOf(served.flatMap(({ latenciesMs }) => latenciesMs))
  return { p50: rounded(p50), p95: rounded(p95), p99: rounded(p99) }
}

/** An event as Stripe sends it, of the usual size, signed for this second. */
function signedEvent(path: string, id: string): Ask {
  const body = JSON.stringify({
    id,
    object: 'event',
    account: ACCOUNT,
    api_version: '2026-10-28.endive',
    created: 1_795_000_000,
    livemode: false,
    type: 'payment_intent.succeeded',
    data: {
      object: {
        id: 'pi_bench',
        object: 'payment_intent',
        amount: 10_000,
        currency: 'usd',
        description: 'x'.repeat(1_700),
      },
    },
  })
  const time = Math.floor(Date.now() / 1000)
  const signature = createHmac('sha256', SECRET).update(`${time}.${body}`).digest('hex')
  return {
    path,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': `t=${time},v1=${signature}` },
    body,
  }
}
