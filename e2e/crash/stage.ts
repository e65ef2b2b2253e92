import { chmodSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openSession } from '@/lib/access/session'
import { now, todayIn, windClock } from '@/lib/base/clock'
import { closeDatabase, withTenant } from '@/lib/base/db'
import { portsFrom } from '../../sandbox/ports.ts'
import { startSandbox } from '../../sandbox/start.ts'
import { connectMsp } from '../../scripts/demo/connect-msp.ts'
import { awaitFirstSync } from '../../scripts/demo/first-sync.ts'
import { freshDatabase } from '../../scripts/demo/fresh-database.ts'
import { registerPlatformWebhook } from '../../scripts/demo/platform-webhook.ts'
import { productEnv } from '../../scripts/demo/product-env.ts'
import { newSecretKeys } from '../../scripts/demo/stack.ts'
import { buildWeb, isBuilt } from '../../scripts/demo/web-build.ts'
import { startPostgres } from '../../scripts/postgres.ts'
import { CrashPlan } from './crash-plan.ts'
import { openFrontDoor } from './front-door.ts'
import { prepareProcesses } from './processes.ts'
import { ageLocks, jobsLeft, jobsNow, skipWaiting } from './queue.ts'
import { until } from './until.ts'

const dayMs = 86_400_000
/** A Monday without holidays near it. */
const startAt = new Date('2026-11-09T15:00:00Z')
const timeZone = 'America/New_York'

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
  // What has just been stopped may still be writing its last.
  closers.push(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }))
  const dataFolder = join(folder, 'postgres')
  let server = await startPostgres({ folder: dataFolder, durable: false })
  closers.push(() => server.stop())
  const databaseUrl = await freshDatabase(server.url('postgres'), 'closeloop_crash')
  const sandbox = await startSandbox({ msp: 'boreal', scale: 0.6, seed: 'crash', startAt, ports: portsFrom(0) })
  closers.push(sandbox.stop)

  const door = await openFrontDoor()
  closers.push(door.close)
  const publicUrl = `http://localhost:${door.port}`
  const settings = { databaseUrl, publicUrl, secretKeys: newSecretKeys(), sandbox: { ...sandbox, moved: [] } }
  Object.assign(process.env, productEnv({ ...settings, webhookSecret: '' }), { LOG_LEVEL: 'silent' })
  closers.push(closeDatabase)
  /** This process reads the same clock as the product. */
  const follow = () => windClock(sandbox.clock.now().getTime() - Date.now())
  follow()
  const webhookSecret = await registerPlatformWebhook(sandbox.services.stripe.secretKey, publicUrl)

  const plan = new CrashPlan(join(folder, 'plan'))
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

  const { webs, workers } = await prepareProcesses({
    env: { ...productEnv({ ...settings, webhookSecret }), CRASH_FOLDER: plan.folder },
    ...{ buildFolder, door },
    logs: process.env.CRASH_LOGS ?? join(folder, 'log'),
    onWorkerDeath: () => void rows(ageLocks).catch(() => {}),
  })
  closers.push(() => Promise.all([...webs, ...workers].map((one) => one.stop())))
  for (const web of webs) web.start()
  await webIsUp()
  const { owner: staff, account } = await connectMsp(sandbox.services)
  for (const worker of workers) worker.start()
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
    await until('the queue to be empty', isQuiet, 480_000, async () => JSON.stringify(await rows(jobsNow)))
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
  /** A contact of a client, signed in. */
  const clientCookie = async (contactId: string) =>
    `closeloop-client-larkfield=${await withTenant(staff.tenantId, (tx) => openSession(tx, 'contact', contactId))}`

  await drain()
  return {
    ...{ sandbox, plan, webs, workers, publicUrl, buildFolder, staff, account },
    ...{ rows, control, staffCookie, clientCookie, webIsUp, drain, windDays, follow, restartDatabase },
  }
}
