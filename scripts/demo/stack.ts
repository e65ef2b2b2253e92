import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { portNear } from '../ports.ts'
import { placeForDatabase, startPostgres } from '../postgres.ts'
import { remark, stage } from '../progress.mjs'
import { workerFlags } from '../worker-flags.ts'
import type { Staff } from './connect-msp.ts'
import type { Crew } from './crew.ts'
import { freshDatabase } from './fresh-database.ts'
import { productEnv } from './product-env.ts'
import { type RunningSandbox, type SandboxSettings, startSandboxProcess } from './sandbox-process.ts'
import { buildWeb, isBuilt } from './web-build.ts'

export type StackSettings = {
  /** Data and logs. */
  folder: string
  /** The web process's build. */
  buildFolder: string
  /** PostgreSQL to use instead of an embedded one. */
  databaseServer?: string
  databaseName: string
  webPort: number
  postgresPort: number
  /** Where the MSP's own site listens, which embeds the widget. */
  hostPort: number
  sandbox: SandboxSettings
  secretKeys?: string
}

export type Stack = {
  crew: Crew
  publicUrl: string
  databaseUrl: string
  /** What the product was started with. */
  env: Record<string, string>
  sandbox: RunningSandbox
  owner: Staff
  /** The MSP's own site. */
  widgetHost: string
}

/**
 * Starts everything: database, sandbox, web, worker and the MSP's own site, with the demo MSP connected and its invoices on their way in.
 * Whoever calls has made the crew, and stops it, also when this throws.
 */
export async function startStack(crew: Crew, settings: StackSettings): Promise<Stack> {
  const { folder, buildFolder, databaseName } = settings
  if (!isBuilt(buildFolder)) await stage('Build the web process', () => buildWeb(buildFolder))
  const databaseUrl = await stage('Start PostgreSQL', async () => {
    const server = settings.databaseServer ?? (await startOwnPostgres(crew, folder, settings.postgresPort))
    return freshDatabase(server, databaseName)
  })
  const sandbox = await stage('Start the sandbox', () => startSandboxProcess(crew, settings.sandbox))
  for (const { service, port } of sandbox.moved) remark(`Port ${port} is busy: ${service} took another.`)
  const webPort = await portNear(settings.webPort)
  if (webPort !== settings.webPort) remark(`Port ${settings.webPort} is busy: web takes ${webPort}.`)
  const publicUrl = `http://localhost:${webPort}`
  const secretKeys = settings.secretKeys ?? newSecretKeys()
  const known = { databaseUrl, publicUrl, secretKeys, sandbox }

  // The product's own functions run in this process too; they read their settings from here, once.
  Object.assign(process.env, productEnv({ ...known, webhookSecret: '' }), { LOG_LEVEL: 'warn' })
  const { closeDatabase } = await import('@/lib/base/db')
  crew.take({ name: 'our own connections', exited: new Promise(() => {}), stop: closeDatabase })
  const { registerPlatformWebhook } = await import('./platform-webhook.ts')
  const webhookSecret = await registerPlatformWebhook(sandbox.services.stripe.secretKey, publicUrl)
  const env = productEnv({ ...known, webhookSecret })
  const childEnv = { ...process.env, ...env, LOG_LEVEL: 'info', NEXT_DIST_DIR: buildFolder }

  await stage('Start web', async () => {
    // On loopback alone, and by its name: what proxy.ts rewrites, Next calls by that name, and takes for another server's
    // where it listens under a number. An MSP's own host would then be fetched through itself, and its forms refused.
    const next = ['--dns-result-order=ipv4first', 'node_modules/next/dist/bin/next', 'start']
    next.push('--port', String(webPort), '--hostname', 'localhost')
    crew.start('web', next, { ...childEnv, NODE_ENV: 'production', CLOSELOOP_SERVICE: 'web' })
    await isHealthy(`${publicUrl}/api/health`)
  })
  const { connectMsp } = await import('./connect-msp.ts')
  const { owner, account } = await connectMsp(sandbox.services)
  sandbox.services.stripe.account = account
  crew.start('worker', [...workerFlags, 'scripts/worker.ts'], {
    ...childEnv,
    NODE_ENV: 'production',
    CLOSELOOP_SERVICE: 'worker',
  })
  const { awaitFirstSync } = await import('./first-sync.ts')
  await stage('First sync', (tell) => awaitFirstSync(owner.tenantId, tell))
  const { startHostSite } = await import('./host-site.ts')
  const hostPort = settings.hostPort === 0 ? 0 : await portNear(settings.hostPort)
  const { url: widgetHost, close } = await startHostSite(owner, publicUrl, hostPort)
  crew.take({ name: 'larkfield-site', exited: new Promise(() => {}), stop: close })
  return { widgetHost, crew, publicUrl, databaseUrl, env, sandbox, owner }
}

/** `id:base64 of 32 bytes`, as SECRET_KEYS wants them. */
export function newSecretKeys(): string {
  return `local:${randomBytes(32).toString('base64')}`
}

async function startOwnPostgres(crew: Crew, wished: string, wishedPort: number): Promise<string> {
  const { folder, closed } = placeForDatabase(join(wished, 'postgres'))
  if (closed !== undefined) remark(`User postgres may not read ${closed}: the database is kept in ${folder}.`)
  const port = wishedPort === 0 ? undefined : await portNear(wishedPort)
  if (port !== undefined && port !== wishedPort) remark(`Port ${wishedPort} is busy: PostgreSQL takes ${port}.`)
  // Every start makes its database anew, so nothing here has to survive a loss of power.
  const server = await startPostgres({ folder, durable: false, ...(port === undefined ? {} : { port }) })
  crew.take({
    name: 'postgres',
    exited: server.exited,
    stop: async () => {
      await server.stop()
      if (closed !== undefined) rmSync(dirname(folder), { recursive: true, force: true })
    },
  })
  return server.url('postgres')
}

async function isHealthy(url: string): Promise<void> {
  const deadline = performance.now() + 60_000
  let said = ''
  while (performance.now() < deadline) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok === true) return
    said = answer === undefined ? 'nothing' : await answer.text()
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`${url} says ${said}`)
}
