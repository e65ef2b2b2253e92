// @ts-nocheck
import { once } from 'node:events'
import { Crew } from '../scripts/demo/crew.ts'
import { layGround } from './ground/database.ts'
import { startCharger } from './charge/charger.ts'
import { look, cpuMs } from './measure/processes.ts'
const crew = new Crew({ logFolder: '/tmp/bench-profile-logs', graceMs: 5000 })
const ground = await layGround(crew)
await ground.owner.query(`alter system set pg_stat_statements.track='all'`); await ground.owner.query(`alter system set pg_stat_statements.track_planning=on`); await ground.owner.query('select pg_reload_conf()')
const child = crew.start('stripe', ['bench/charge/fake-stripe.ts'], { ...process.env, FAKE_LATENCY_MS: '0' })
const [url] = await once(child, 'message')
const c = startCharger(crew, 'product', { STRIPE_SECRET_KEY: 'sk_test_bench', STRIPE_PUBLISHABLE_KEY: '', STRIPE_RATE: '100000', STRIPE_API_URL: url, STRIPE_ACCOUNT: 'acct_x', ...(process.env.PROF ? {NODE_OPTIONS: '--cpu-prof --cpu-prof-dir=/tmp/prof --import=/tmp/onterm.mjs'} : {}) })
const K = Number(process.env.K ?? 8)
for (let r = 0; r < 3; r++) {
  await ground.owner.query('truncate graphile_worker._private_jobs')
  await c.prepare({ count: 500, pace: { inFlight: K }, openedBefore: false })
  await ground.owner.query('select pg_stat_statements_reset()')
  const before = look()
  const run = await c.run()
  const pg = cpuMs(before, look(), ground.postgresPid)
  console.log({ wall: run.wallMs, node: run.nodeMs / 500, pg: pg / 500, failures: run.failures, rate: 500 / run.wallMs * 1000 })
}
const { rows } = await ground.owner.query(`select toplevel, calls, round(total_exec_time::numeric,1) as ms, round(total_plan_time::numeric,1) as plan, plans, rows, left(regexp_replace(query,'\\s+',' ','g'),150) q from pg_stat_statements where calls >= 400 order by total_exec_time desc limit 50`)
console.log('exec', rows.filter((r:any)=>r.toplevel).reduce((s:number,r:any)=>s+Number(r.ms),0), 'plan', rows.reduce((s:number,r:any)=>s+Number(r.plan),0))
for (const r of rows) console.log(r.toplevel ? 'T' : ' ', String(r.calls).padStart(6), String(r.ms).padStart(9), String(r.plan).padStart(9), String(r.plans).padStart(5), String(r.rows).padStart(7), r.q)
await crew.stop(); process.exit(0)
