import { AxeBuilder } from '@axe-core/playwright'
import { chromium } from '@playwright/test'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { chromiumFlags } from '../../scripts/test/chromium-flags.ts'
import { portsFrom } from '../ports.ts'
import { type Sandbox, startSandbox } from '../start.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ ports: portsFrom(0), scale: 0.2, startAt: new Date('2026-11-20T15:42:00Z') })
  sandbox.clock.pause()
})
afterAll(() => sandbox.stop())
afterEach(() => post('/faults/clear'))

async function ask(path: string, init?: RequestInit) {
  const response = await fetch(`${sandbox.urls.page}${path}`, { redirect: 'manual', ...init })
  const text = await response.text()
  const body: unknown = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
  return { status: response.status, body, text, headers: response.headers }
}
const post = (path: string, sent: object = {}) => ask(path, { method: 'POST', body: JSON.stringify(sent) })
const press = (action: string, fields: Record<string, string> = {}) =>
  ask(`/do/${action}`, { method: 'POST', body: new URLSearchParams(fields), headers: { accept: 'application/json' } })
const clock = z.object({
  now: z.string(),
  offsetMs: z.number(),
  paused: z.boolean(),
  upcoming: z.array(z.object({ at: z.string() })),
})
const now = async () => clock.parse((await ask('/clock')).body).now

test('the clock is wound by hours, days, to a time, to a day and to the next banking day', async () => {
  await post('/clock/advance', { to: '2026-11-20T15:45:00Z' })
  expect(await now()).toBe('2026-11-20T15:45:00.000Z')
  await post('/clock/advance', { hours: 1 })
  expect(await now()).toBe('2026-11-20T16:45:00.000Z')
  await post('/clock/advance', { bankingDay: true })
  expect(await now()).toBe('2026-11-23T16:00:00.000Z') // Monday at eleven in New York
  await post('/clock/advance', { days: 1 })
  expect(await now()).toBe('2026-11-24T16:00:00.000Z')
  await post('/clock/advance', { to: '2026-11-25' })
  expect(await now()).toBe('2026-11-25T14:00:00.000Z')
  await post('/clock/advance', { to: '2026-11-25T18:00:00Z' })
  await post('/clock/advance', { bankingDay: true })
  expect(await now()).toBe('2026-11-27T16:00:00.000Z') // Thanksgiving is none
  expect((await post('/clock/advance', { weeks: 1 })).status).toBe(400)
})

test('winding answers only after everything due on the way has run', async () => {
  let hasRun = false
  const at = new Date(sandbox.clock.now().getTime() + 60_000)
  sandbox.clock.schedule(at, 'a slow thing', async () => {
    await new Promise((resolve) => setImmediate(resolve))
    hasRun = true
  })
  const { upcoming } = clock.parse((await ask('/clock')).body)
  expect(upcoming[0]?.at).toBe(at.toISOString())
  await post('/clock/advance', { event: true })
  expect([hasRun, await now()]).toEqual([true, at.toISOString()])
})

test('the clock is paused and run', async () => {
  expect(clock.parse((await post('/clock/run')).body).paused).toBe(false)
  expect(clock.parse((await post('/clock/pause')).body).paused).toBe(true)
})

test('faults are set by service and cleared together, and nonsense is refused', async () => {
  await post('/faults/stripe', {
    webhooks: 'twice',
    latencyMs: 5,
    rules: [{ kind: 'rate-limit', match: 'POST', times: 2 }],
  })
  await post('/faults/smtp', { rules: [{ kind: 'greylist', times: 1 }] })
  expect(sandbox.stripe.faults).toMatchObject({
    webhooks: 'twice',
    latencyMs: 5,
    rules: [{ kind: 'rate-limit', times: 2 }],
  })
  expect(sandbox.mail.faults.rules).toEqual([{ kind: 'greylist', times: 1 }])
  for (const wrong of [
    { rules: [{ kind: 'flood' }] },
    { rules: [{ kind: 'html', match: '(' }] },
    { webhook: 'twice' },
  ]) {
    expect((await post('/faults/quickbooksOnline', wrong)).status).toBe(400)
  }
  expect((await post('/faults/nobody', {})).status).toBe(404)
  await post('/faults/clear')
  expect((await ask('/faults')).body).toMatchObject({
    stripe: { rules: [], webhooks: 'as-usual', latencyMs: 0 },
    smtp: { rules: [] },
  })
})

test('a person issues an invoice, records its payment and deletes it in the books; all of it is told', async () => {
  const client = String(sandbox.world.clients[0]?.id)
  const issued = await press('new-invoice', { client })
  const number = /Invoice (\S+) for/.exec(issued.text)?.[1] ?? ''
  const { books } = sandbox.quickbooksOnline
  const invoiceId = books.idByKey('Invoice', number) ?? ''
  const open = () => books.applications.takenFrom({ type: 'Invoice', id: invoiceId })
  const list = await fetch(`${sandbox.urls.connectwise}/_sandbox/invoices?number=${number}`)
  const { invoices } = z
    .object({ invoices: z.array(z.object({ id: z.number(), totalCents: z.number() })) })
    .parse(await list.json())
  expect((await press('record-payment', { id: String(invoices[0]?.id) })).status).toBe(200)
  expect(open()).toBe(invoices[0]?.totalCents)
  const [[paymentId = ''] = []] = books.applications.sourcesOf({ type: 'Invoice', id: invoiceId })
  expect((await press('delete-payment', { id: paymentId })).status).toBe(200)
  expect(open()).toBe(0)
  expect((await press('delete-payment', { id: paymentId })).status).toBe(409)
  const told = z.object({ happenings: z.array(z.object({ service: z.string(), what: z.string() })) })
  const { happenings } = told.parse((await ask('/happenings')).body)
  expect(happenings.map(({ what }) => what)).toEqual(
    expect.arrayContaining([`invoice ${number}`, `a person deletes payment ${paymentId}`]),
  )
})

test('the page is complete without a script, and a form sends the browser back to it', async () => {
  const page = await ask('/')
  for (const words of ['Open in PSA', 'Balance at Stripe', 'Open in the books', 'Delivered', 'What just happened']) {
    expect(page.text).toContain(words)
  }
  const answer = await ask('/do/advance', { method: 'POST', body: new URLSearchParams({ hours: '1' }) })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/'])
})

test.for([
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
] as const)(
  'in a browser, %s at %i px: no violation, no sideways scroll, and a button keeps its focus',
  { timeout: 30_000 },
  async ([colorScheme, width]) => {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: chromiumFlags,
    })
    try {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } })
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
      await page.goto(sandbox.urls.page)
      await page.focus('#new-invoice')
      await page.keyboard.press('Enter')
      await page.waitForFunction("document.getElementById('said').textContent.includes('is in the PSA')")
      expect(await page.evaluate('document.activeElement.id')).toBe('new-invoice')
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.target])).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)
      expect(complaints).toEqual([])
    } finally {
      await browser.close()
    }
  },
)
