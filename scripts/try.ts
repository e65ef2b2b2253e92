import { Crew } from './demo/crew.ts'
import { freshDatabase } from './demo/fresh-database.ts'
import { productEnv } from './demo/product-env.ts'
import { startSandboxProcess } from './demo/sandbox-process.ts'
import { newSecretKeys } from './demo/stack.ts'
import { startPostgres } from './postgres.ts'
import { stage } from './progress.mjs'

const crew = new Crew('/tmp/try/log')
try {
  const server = await stage('pg', () => startPostgres({ folder: '/tmp/try/data/postgres', durable: false }))
  crew.take({ name: 'postgres', exited: server.exited, stop: server.stop })
  const databaseUrl = await stage('db', () => freshDatabase(server.url('postgres'), 'closeloop_demo'))
  const sandbox = await stage('sandbox', () => startSandboxProcess(crew, { portBase: 0 }))
  const env = productEnv({
    databaseUrl,
    publicUrl: 'http://localhost:3999',
    secretKeys: newSecretKeys(),
    webhookSecret: 'whsec_x',
    sandbox,
  })
  Object.assign(process.env, env, { LOG_LEVEL: 'warn' })
  const { registerPlatformWebhook } = await import('./demo/platform-webhook.ts')
  await stage('webhook', () => registerPlatformWebhook(sandbox.services.stripe.secretKey, 'http://localhost:3999'))
  const { connectMsp } = await import('./demo/connect-msp.ts')
  const owner = await connectMsp(sandbox.services)
  crew.start('worker', ['--import', 'tsx', '--import', './scripts/server-only.ts', 'scripts/worker.ts'], {
    ...process.env,
    ...env,
    LOG_LEVEL: 'info',
  })
  const { awaitFirstSync } = await import('./demo/first-sync.ts')
  await Promise.race([crew.lost, stage('sync', (tell) => awaitFirstSync(owner.tenantId, tell))])
  const { sendFirstInvoice } = await import('./demo/show-around.ts')
  console.log(await Promise.race([crew.lost, stage('send', () => sendFirstInvoice(owner, sandbox.urls.mailbox))]))
} catch (e) {
  console.error(e)
}
await stage('stop', () => crew.stop())
process.exit(0)
