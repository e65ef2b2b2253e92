import pg from 'pg'
import { now } from '@/lib/base/clock'
import { closeDatabase, withTenant } from '@/lib/base/db'
import { saveAgreements } from '@/lib/billing/save-agreements'
import { saveClients } from '@/lib/billing/save-clients'
import { saveInvoices } from '@/lib/billing/save-invoices'
import { psaById } from '@/lib/psa/registry'
import { Crew } from '../scripts/demo/crew.ts'
import { startSandboxProcess } from '../scripts/demo/sandbox-process.ts'
import { layGround } from './ground/database.ts'
import { makeSyncedMsp } from './ground/synced-msp.ts'
import { costOf } from './measure/cost.ts'

const emit = pg.Client.prototype.emit
;(pg.Client.prototype as any).emit = function (this: any, name: string, ...rest: any[]) {
  if (name === 'notice' && process.env.PLANS && show) console.log(rest[0].message)
  return emit.call(this, name, ...rest)
}
let show = false
const crew = new Crew({ logFolder: '/tmp/bench-profile-logs', graceMs: 5000 })
const sandbox = await startSandboxProcess(crew, { portBase: 0, scale: 1.33 })
const ground = await layGround(crew, sandbox)
const { url: baseUrl, companyId, publicKey, privateKey } = sandbox.services.connectwise
const psa = psaById('connectwise').open({ baseUrl, companyId, publicKey, privateKey })
const pagesOf = async (pull: any) => {
  const out: any[] = []
  for await (const { items } of pull) out.push(items)
  return out
}
const clients = (await pagesOf(psa.pullClients(undefined))).flat()
const agreements = (await pagesOf(psa.pullAgreements(undefined))).flat()
const pages = await pagesOf(psa.pullInvoices(undefined))
console.log(
  'pages',
  pages.map((p) => p.length),
  'lines',
  pages.flat().reduce((s: number, i: any) => s + i.lines.length, 0),
  'payments',
  pages.flat().reduce((s: number, i: any) => s + i.payments.length, 0),
)
await ground.owner.query(`alter system set pg_stat_statements.track='all'`)
await ground.owner.query('select pg_reload_conf()')
if (process.env.PLANS)
  for (const x of [
    "session_preload_libraries='auto_explain'",
    'auto_explain.log_min_duration=3',
    'auto_explain.log_analyze=on',
    'auto_explain.log_triggers=on',
    'auto_explain.log_level=notice',
    'auto_explain.log_parameter_max_length=0',
  ])
    await ground.owner.query('alter system set ' + x)
await ground.owner.query('select pg_reload_conf()')
await closeDatabase()
for (let r = 0; r < 4; r++) {
  show = r === 3
  const msp = await makeSyncedMsp(sandbox.services)
  await withTenant(msp.tenantId, async (tx) => {
    await saveClients(tx, msp.connectionId, clients)
    await saveAgreements(tx, msp.connectionId, agreements)
  })
  await ground.owner.query('select pg_stat_statements_reset()')
  const cost = await costOf(async () => {
    for (const page of pages) await withTenant(msp.tenantId, (tx) => saveInvoices(tx, msp.connectionId, page, now()))
  }, ground.postgresPid)
  console.log(cost)
  for (const x of (await ground.owner.query(`select toplevel, calls, round(total_exec_time::numeric,1) as ms, rows, left(regexp_replace(query,'\\s+',' ','g'),130) q from pg_stat_statements order by total_exec_time desc limit 8`)).rows) console.log(x.toplevel ? 'T' : ' ', String(x.calls).padStart(6), String(x.ms).padStart(9), String(x.rows).padStart(7), x.q)
}
const { rows } = await ground.owner.query(
  `select toplevel, calls, round(total_exec_time::numeric,1) as ms, rows, left(regexp_replace(query,'\\s+',' ','g'),150) q from pg_stat_statements order by total_exec_time desc limit 40`,
)
for (const r of rows)
  console.log(
    r.toplevel ? 'T' : ' ',
    String(r.calls).padStart(6),
    String(r.ms).padStart(9),
    String(r.rows).padStart(7),
    r.q,
  )
await closeDatabase()
await crew.stop()
process.exit(0)
