import { writeFileSync } from 'node:fs'
import { defaultBase, portsFrom, serviceNames } from './ports.ts'
import { type Sandbox, startSandbox } from './start.ts'

/**
 * `npm run sandbox`. Settings come from the environment: SANDBOX_SEED, SANDBOX_SCALE, SANDBOX_PORT_BASE (0: any free
 * ports), SANDBOX_START_AT (ISO 8601), SANDBOX_MULTICURRENCY (1: the books keep Canadian dollars too), SANDBOX_OUT (a
 * file that gets addresses and credentials as JSON), SANDBOX_TRACE (a folder for the exchanges).
 */
async function main(): Promise<void> {
  const began = performance.now()
  const env = process.env
  const startAt =
    env.SANDBOX_START_AT === undefined || env.SANDBOX_START_AT === '' ? undefined : dateIn('SANDBOX_START_AT')
  const sandbox = await startSandbox({
    ports: portsFrom(numberIn('SANDBOX_PORT_BASE', defaultBase)),
    scale: numberIn('SANDBOX_SCALE', 1),
    multicurrency: env.SANDBOX_MULTICURRENCY === '1',
    ...(env.SANDBOX_SEED && { seed: env.SANDBOX_SEED }),
    ...(startAt && { startAt }),
  })
  stopWithUs(sandbox)
  const out = { ...sandbox.services, urls: sandbox.urls }
  if (env.SANDBOX_OUT) writeFileSync(env.SANDBOX_OUT, `${JSON.stringify(out, null, 2)}\n`, { mode: 0o600 })
  process.send?.({ kind: 'started', ...out })
  console.log(tableOf(sandbox, performance.now() - began))
}

/** Ctrl-C, a polite kill, or the end of the process that started us. */
function stopWithUs(sandbox: Sandbox): void {
  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    void sandbox.stop().then(() => process.exit(0))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.on('disconnect', stop)
}

const titles = {
  page: 'Sandbox page',
  stripe: 'Stripe',
  connectwise: 'ConnectWise PSA',
  bank: 'Bank',
  quickbooksOnline: 'QuickBooks Online',
  smtp: 'Mail server',
  mailbox: 'Mailbox',
  identity: 'Directory',
}

function tableOf({ urls, moved, world, clock }: Sandbox, tookMs: number): string {
  const facts = `${world.msp.name}: ${world.clients.length} clients, ${world.invoices.length} invoices`
  const lines = serviceNames.map((name) => {
    const from = moved.find(({ service }) => service === name)
    const remark = from === undefined ? '' : `  (port ${from.wanted} is taken)`
    return `  ${titles[name].padEnd(18)} ${urls[name]}${remark}`
  })
  return [
    `Sandbox, ${facts}, started in ${Math.round(tookMs)} ms`,
    ...lines,
    `  Simulated time     ${clock.now().toISOString()}`,
  ].join('\n')
}

function numberIn(name: string, otherwise: number): number {
  const text = process.env[name]
  if (text === undefined || text === '') return otherwise
  const value = Number(text)
  if (Number.isFinite(value) && value >= 0) return value
  throw new Error(`${name} must be a number, not ${text}`)
}

function dateIn(name: string): Date {
  const at = new Date(process.env[name] ?? '')
  if (Number.isNaN(at.getTime())) throw new Error(`${name} must be a time such as 2026-11-20T10:42:00-05:00`)
  return at
}

await main()
