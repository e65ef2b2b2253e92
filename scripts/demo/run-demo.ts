// npm run demo, once the packages are there: starts everything, says where to click, and stops it all in the end.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isRunning } from '../is-running.ts'
import { writePrivate } from '../postgres.ts'
import { remark, sinceStart, stage } from '../progress.mjs'
import { Crew } from './crew.ts'
import { larkfield } from './larkfield.ts'
import { newSecretKeys, type Stack, startStack } from './stack.ts'
import { stopOnRequest } from './stop-on-request.ts'

/** The demo's own place: what `npm start` keeps beside it is somebody's real data. */
const folder = '.data/demo'
const stateFile = join(folder, 'state.json')
const outFile = '.data/demo.json'

type DemoState = { pid: number; secretKeys: string }

const before = readState()
if (before !== undefined && isRunning(before.pid, 'run-demo')) {
  console.log(`The demo is running already, as process ${before.pid}. Its addresses are in ${outFile}.`)
  process.exit(1)
}
if (process.argv.includes('--reset')) rmSync(folder, { recursive: true, force: true })
const secretKeys = readState()?.secretKeys ?? newSecretKeys()
await writePrivate(stateFile, { pid: process.pid, secretKeys } satisfies DemoState)
if (before !== undefined) remark('The sandbox forgets when it stops, so its world and the database start anew.')
rmSync(outFile, { force: true })

const crew = new Crew({ logFolder: join(folder, 'log'), graceMs: 4_000 })
const stopped = stopOnRequest(crew, { outdated: outFile })
try {
  const { DATABASE_URL: databaseServer } = process.env
  const bringUp = startStack(crew, {
    folder,
    buildFolder: '.next',
    databaseName: 'closeloop_demo',
    webPort: 3000,
    postgresPort: 54_329,
    hostPort: 4000,
    sandbox: { ...(process.env.SANDBOX_SCALE ? { scale: Number(process.env.SANDBOX_SCALE) } : {}) },
    secretKeys,
    ...(databaseServer === undefined ? {} : { databaseServer }),
  })
  const stack = await Promise.race([bringUp, crew.lost])
  const { sendFirstInvoice } = await import('./show-around.ts')
  const mailbox = stack.sandbox.urls.mailbox
  const visit = await Promise.race([
    stage('Send the first invoice', () => sendFirstInvoice(stack.owner, mailbox)),
    crew.lost,
  ])
  await report(stack, visit)
  await Promise.race([stopped, crew.lost])
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`)
  if (error instanceof Error && error.cause !== undefined) console.error(error.cause)
  await crew.stop()
  process.exit(1)
}

async function report(stack: Stack, visit: { payLink: string; portalEmail: string }): Promise<void> {
  const { publicUrl, databaseUrl, sandbox } = stack
  const { urls, services } = sandbox
  const addresses = {
    web: publicUrl,
    console: `${publicUrl}/console`,
    consoleEmail: larkfield.owner.email,
    portal: `${publicUrl}/m/${larkfield.slug}`,
    portalEmail: visit.portalEmail,
    payLink: visit.payLink,
    widgetHost: stack.widgetHost,
    mailbox: urls.mailbox,
    sandbox: urls.page,
    database: databaseUrl,
    services,
  }
  await writePrivate(outFile, addresses)
  const { console: staff, consoleEmail, portal, portalEmail, payLink, widgetHost } = addresses
  console.log(`
Ready after ${sinceStart()}.

  ${payLink}
      What a client opens from the mail. Pay by card 4242 4242 4242 4242, or by a test bank account.
  ${widgetHost}
      Larkfield's own site (larkfield-site), with the checkout embedded in it.
  ${urls.page}
      The world outside: PSA, Stripe, bank, books and mail. Wind the clock here, or break something.
  ${staff}
      What the MSP's staff see. Sign in as ${consoleEmail}; the link arrives in the mailbox.
  ${portal}
      What a client signs in to, as ${portalEmail}; this link, too, arrives in the mailbox.
  ${urls.mailbox}
      Every mail that was sent.

Addresses and credentials of every stand-in: ${outFile}. Logs: ${join(folder, 'log')}. Ctrl-C stops everything.
`)
}

function readState(): DemoState | undefined {
  return existsSync(stateFile) ? (JSON.parse(readFileSync(stateFile, 'utf8')) as DemoState) : undefined
}
