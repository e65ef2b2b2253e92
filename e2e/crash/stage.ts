import { chmodSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { openSession } from '@/lib/access/session'
import { now, todayIn, windClock } from '@/lib/base/clock'
import { closeDatabase, withTenant } from '@/lib/base/db'
import { startSandbox } from '../../sandbox/start.ts'
import { connectMsp } from '../../scripts/demo/connect-msp.ts'
import { awaitFirstSync } from '../../scripts/demo/first-sync.ts'
import { freshDatabase } from '../../scripts/demo/fresh-database.ts'
import { registerPlatformWebhook } from '../../scripts/demo/platform-webhook.ts'
import { productEnv } from '../../scripts/demo/product-env.ts'
import { newSecretKeys } from '../../scripts/demo/stack.ts'
import { buildWeb, isBuilt } from '../../scripts/demo/web-build.ts'
import { freePort } from '../../scripts/ports.ts'
import { startPostgres } from '../../scripts/postgres.ts'
import { CrashPlan } from './crash-plan.ts'
import { Supervisor } from './supervisor.ts'
import { until } from './until.ts'

const dayMs = 86_400_000
/** A Monday without holidays near it. */
const startAt = new Date('2026-11-09T15:00:00Z')
const timeZone = 'America/New_York'
const anyPort = { page: 0, stripe: 0, connectwise: 0, bank: 0, quickbooksOnline: 0, smtp: 0, mailbox: 0 }

export type Stage = Awaited<ReturnType<typeof openStage>>

/** Everything as in production, the real web and worker included, both armed; the world outside runs in this process. */
export async function openStage() {
  const closers: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one()
  }
  try {
    return { ...(await bringUp(closers)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function bringUp(closers: (() => Promise<unknown>)[]) {
  // CRASH_BUILD names a build to take as it is, for trying something again quickly.
  const buildFolder = process.env.CRASH_BUILD ?? ['.next-test', '.next'].find(isBuilt) ?? '.next-test'
  if (process.env.CRASH_BUILD === undefined && !isBuilt(buildFolder)) await buildWeb(buildFolder)
  const folder = mkdtempSync(join(tmpdir(), 'closeloop-crash-'))
  chmodSync(folder, 0o755) // the database's own user passes through
  closers.push(() => rm(folder, { recursive: true, force: true }))
  const dataFolder = join(folder, 'postgres')
  let server = await startPostgres({ folder: dataFolder, durable: false })
  closers.push(() => server.stop())
  const databaseUrl = await freshDatabase(server.url('postgres'), 'closeloop_crash')
  const sandbox = await startSandbox({ msp: 'boreal', seed: 'crash', startAt, ports: anyPort })
  closers.push(sandbox.stop)

  const publicUrl = `http://localhost:${await freePort()}`
  const settings = { databaseUrl, publicUrl, secretKeys: newSecretKeys(), sandbox: { ...sandbox, moved: [] } }
  Object.assign(process.env, productEnv({ ...settings, webhookSecret: '' }), { LOG_LEVEL: 'silent' })
  closers.push(closeDatabase)
  /** This process reads the same clock as the product. */
  const follow = () => windClock(sandbox.clock.now().getTime() - Date.now())
  follow()
  const webhookSecret = await registerPlatformWebhook(sandbox.services.stripe.secretKey, publicUrl)

  const plan = new CrashPlan(join(folder, 'plan'))
  const { web, worker } = supervise({
    env: { ...productEnv({ ...settings, webhookSecret }), CRASH_FOLDER: plan.folder, NEXT_DIST_DIR: buildFolder },
    port: new URL(publicUrl).port,
    logs: process.env.CRASH_LOGS ?? join(folder, 'log'),
  })
  const database = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  database.on('error', () => {}) // a session that was cut off is replaced by the next question
  closers.push(() => database.end())
  /** Asks the database, and once more if that was just restarted. */
  const rows = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> => {
    const ask = () => database.query<Row>(text, values)
    return (await ask().catch(ask)).rows
  }
  const webIsUp = () =>
    until('the web process to answer', async () => {
      const answer = await fetch(`${publicUrl}/api/health`).catch(() => undefined)
      return answer?.ok === true
    })

  web.start()
  closers.push(() => web.stop())
  await webIsUp()
  const { owner: staff, account } = await connectMsp(sandbox.services)
  worker.start()
  closers.push(() => worker.stop())
  await awaitFirstSync(staff.tenantId, () => {})

  /**
   * Waits until nothing is left to do. When nobody has anything to do but wait, what waits for the nearest time is done
   * now: the tries are as many as they would be, only the waiting in between is left out.
   */
  const drain = async () => {
    let quiet = 0
    const isQuiet = async () => {
      const [left] = await rows<{ jobs: number; later: number }>(jobsLeft)
      if (left !== undefined && left.jobs > 0 && left.jobs === left.later) await rows(skipWaiting)
      quiet = left?.jobs === 0 ? quiet + 1 : 0
      return quiet >= 3
    }
    await until('the queue to be empty', isQuiet, 120_000, async () => JSON.stringify(await rows(jobsNow)))
  }
  /** Days go by in the world outside; the product notices, and makes its rounds. */
  const windDays = async (days: number) => {
    await sandbox.clock.advanceTo(new Date(sandbox.clock.now().getTime() + days * dayMs))
    follow()
    const round = `clock.nightly:${todayIn(timeZone, now())}`
    await until(`${round}`, async () => (await rows(`select 1 from events where external_id = $1`, [round])).length > 0)
    await drain()
  }
  const control = async <Answer>(
    service: 'stripe' | 'connectwise' | 'quickbooksOnline',
    path: string,
    method = 'GET',
    body?: object,
  ): Promise<Answer> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
    const response = await fetch(`${sandbox.urls[service]}/_sandbox/${path}`, init)
    if (!response.ok) throw new Error(`${service} ${path}: ${response.status} ${await response.text()}`)
    return (response.status === 204 ? undefined : await response.json()) as Answer
  }
  /** Every session of the database is cut off without a word (`pg_ctl -m immediate`); then it recovers. */
  const restartDatabase = async () => {
    process.kill(server.pid, 'SIGQUIT')
    await server.exited
    server = await startPostgres({ folder: dataFolder, port: server.port, durable: false })
  }
  /** A member of staff, signed in. */
  const staffCookie = async () => {
    const { tenantId, staffId } = staff
    return `closeloop-staff=${await withTenant(tenantId, (tx) => openSession(tx, 'staff', staffId))}`
  }

  await drain()
  return {
    ...{ sandbox, plan, web, worker, publicUrl, buildFolder, staff, account },
    ...{ rows, control, staffCookie, webIsUp, drain, windDays, follow, restartDatabase },
  }
}

function supervise({ env, port, logs }: { env: Record<string, string>; port: string; logs: string }) {
  const shared = {
    ...{ ...env, NODE_ENV: 'production', LOG_LEVEL: 'info' },
    NODE_COMPILE_CACHE: join(tmpdir(), 'closeloop-compile-cache'),
  }
  const arm = ['--import', resolve('e2e/crash/arm.mjs')]
  const next = ['node_modules/next/dist/bin/next', 'start', '--port', port, '--hostname', '127.0.0.1']
  const tsx = ['--import', 'tsx', '--import', './scripts/server-only.ts']
  return {
    web: new Supervisor({ name: 'web', args: [...arm, ...next], env: { ...shared, CLOSELOOP_SERVICE: 'web' }, logs }),
    worker: new Supervisor({
      name: 'worker',
      args: [...arm, ...tsx, 'scripts/worker.ts'],
      env: { ...shared, CLOSELOOP_SERVICE: 'worker' },
      logs,
    }),
  }
}

const jobsLeft = `
  select count(*)::int as jobs, (count(*) filter (where run_at > now() and locked_at is null))::int as later
  from graphile_worker._private_jobs where attempts < max_attempts`
/** Leases go with the time that is skipped: when all there is waits, whoever holds one is dead. */
export const skipWaiting = `
  with leases as (update rate_limits set expire = 0 where key like 'lease:%')
  update graphile_worker._private_jobs set run_at = now()
  where attempts < max_attempts and run_at <= (
    select min(run_at) + interval '1 second' from graphile_worker._private_jobs where attempts < max_attempts)`
const jobsNow = `
  select t.identifier as task, j.key, j.attempts, j.last_error, j.locked_by, j.run_at::text, e.kind, e.payload
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  left join events e on j.key = 'event:' || e.id
  where j.attempts < j.max_attempts limit 8`
