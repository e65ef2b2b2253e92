import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { portsFrom, serviceNames } from './ports.ts'
import { startSandbox } from './start.ts'

const anyPort = portsFrom(0)

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  )
}

function occupy(): Promise<{ server: Server; port: number }> {
  const server = createServer()
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve({ server, port: typeof address === 'object' ? (address?.port ?? 0) : 0 })
    })
  })
}

test('everything starts, tells where it is, and nothing is left after it has stopped', async () => {
  const sandbox = await startSandbox({ ports: anyPort, scale: 0.1 })
  const web = Object.entries(sandbox.urls).filter(([name]) => name !== 'smtp')
  for (const [name, url] of web) expect([name, await answers(url)]).toEqual([name, true])
  expect(JSON.parse(JSON.stringify(sandbox.services))).toEqual(sandbox.services)
  await sandbox.stop()
  for (const [name, url] of web) expect([name, await answers(url)]).toEqual([name, false])
})

test('a port that somebody else has is left to them and another one is taken', async () => {
  const { server, port } = await occupy()
  const sandbox = await startSandbox({ ports: { ...anyPort, quickbooksOnline: port }, scale: 0.05 })
  expect(sandbox.moved).toMatchObject([{ service: 'quickbooksOnline', wanted: port }])
  expect(new URL(sandbox.urls.quickbooksOnline).port).not.toBe(String(port))
  await sandbox.stop()
  server.close()
})

test('the same seed gives the same credentials and the same books', async () => {
  const start = () => startSandbox({ ports: anyPort, scale: 0.05, seed: 'twin', today: '2026-11-20' })
  const [one, two] = [await start(), await start()]
  expect(one.services.quickbooksOnline.refreshToken).toBe(two.services.quickbooksOnline.refreshToken)
  const records = async (url: string) => (await fetch(`${url}/_sandbox/records/Invoice`)).text()
  expect(await records(one.urls.quickbooksOnline)).toBe(await records(two.urls.quickbooksOnline))
  await Promise.all([one.stop(), two.stop()])
})

test('an invoice that a person issues in the PSA is in the books at once', async () => {
  const sandbox = await startSandbox({ ports: anyPort, scale: 0.1 })
  const lines = [{ description: 'Remote support', quantity: 2, unitPriceCents: 14_500 }]
  const made = await fetch(`${sandbox.urls.connectwise}/_sandbox/invoices`, {
    method: 'POST',
    body: JSON.stringify({ client: sandbox.world.clients[0]?.id, lines }),
  })
  const { number } = z.object({ number: z.string() }).parse(await made.json())
  const { books } = sandbox.quickbooksOnline
  const id = books.idByKey('Invoice', number) ?? ''
  expect(books.contentOf('Invoice', id)).toMatchObject({ TotalAmt: 290 })
  await sandbox.stop()
})

const main = new URL('./main.ts', import.meta.url)

test.for(['SIGTERM', 'disconnect'] as const)('the program ends by itself on %s', async (way) => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
  const out = join(folder, 'out.json')
  const child = fork(main, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, SANDBOX_PORT_BASE: '0', SANDBOX_SCALE: '0.05', SANDBOX_OUT: out, SANDBOX_TRACE: '' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  await new Promise((resolve) => child.once('message', resolve))
  const { urls } = z
    .object({ urls: z.record(z.enum(serviceNames), z.string()) })
    .parse(JSON.parse(readFileSync(out, 'utf8')))
  expect(await answers(`${urls.page}/clock`)).toBe(true)
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (way === 'SIGTERM') child.kill(way)
  else child.disconnect()
  expect(await ended).toBe(0)
  expect(await answers(`${urls.page}/clock`)).toBe(false)
  rmSync(folder, { recursive: true })
})
