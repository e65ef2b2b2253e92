import { chromium, type Page } from 'playwright-core'
import { createPayLink } from '@/lib/access/pay-link'
import { closeDatabase, withTenant } from '@/lib/base/db'
import { findChromium } from '../scripts/chromium.mjs'
import { startSandboxProcess } from '../scripts/demo/sandbox-process.ts'
import { makeChargingMsp, makeInvoices } from './ground/charging-msp.ts'
import { layGround } from './ground/database.ts'
import { runTopic } from './ground/topic.ts'
import { limitFinding, ratioFinding } from './measure/finding.ts'
import { inTurn } from './measure/rounds.ts'
import { startBareNext, startProductWeb, type Web } from './web/start-web.ts'
import { type Vitals, vitalsOf } from './web/vitals.ts'

await runTopic(async (crew, tell) => {
  const sandbox = await startSandboxProcess(crew, { portBase: 0, scale: 0.05 })
  const { env } = await layGround(crew, sandbox)
  crew.take({ name: 'the connections of the product', exited: new Promise(() => {}), stop: closeDatabase })
  const bare = await startBareNext(crew, {})
  const msp = await makeChargingMsp(sandbox.services.stripe.account)
  const [invoiceId = ''] = await makeInvoices(msp, 1)
  const token = await withTenant(msp.tenantId, (tx) =>
    createPayLink(tx, { invoiceId, dueOn: '2026-12-02', sentTo: null }),
  )
  const web = await startProductWeb(crew, env)
  const path = `/m/${msp.slug}/pay/${token}`
  const stripeOrigin = new URL(env.STRIPE_JS_URL ?? '').origin

  const browser = await chromium.launch({
    executablePath: findChromium() ?? chromium.executablePath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  crew.take({ name: 'chromium', exited: new Promise(() => {}), stop: () => browser.close() })

  /** kB of our own script: what has been asked for before Stripe's is there, and all of it. */
  const scripts = async (of: Web, at: string) => {
    const page = await browser.newPage()
    const sizes: Promise<{ isBefore: boolean; bytes: number }>[] = []
    let isStripeHere = false
    page.on('request', (request) => {
      if (request.resourceType() !== 'script' || !request.url().startsWith(of.url)) return
      const isBefore = !isStripeHere
      const bytes = request.response().then(async () => (await request.sizes()).responseBodySize)
      sizes.push(bytes.then((size) => ({ isBefore, bytes: size })))
    })
    page.on('requestfinished', (request) => {
      if (request.resourceType() === 'script' && request.url().startsWith(stripeOrigin)) isStripeHere = true
    })
    await page.goto(`${of.url}${at}`, { waitUntil: 'networkidle' })
    await page.waitForTimeout(1_000) // what is fetched once everything is quiet is fetched, too
    await page.close()
    const all = await Promise.all(sizes)
    const kB = (some: typeof all) => some.reduce((sum, { bytes }) => sum + bytes, 0) / 1000
    return { before: kB(all.filter(({ isBefore }) => isBefore)), all: kB(all) }
  }
  const rounds = await inTurn({
    rounds: 2,
    secondsMax: 30,
    warmUp: false,
    product: () => scripts(web, path),
    floor: () => scripts(bare, '/hello'),
  })
  tell(
    ratioFinding('pay.script', rounds, {
      unit: 'kB of our own JavaScript that comes before Stripe’s, compressed, beside a bare Next page',
      goal: '<= 1.25',
      product: ({ product }) => product.before,
      floor: ({ floor }) => floor.all,
      detail: { withStripesFieldsKb: rounds.pairs[0]?.product.all },
    }),
  )

  /** Both ways of paying and the button, whose press finds the fields empty: nothing is charged. */
  const touch = async (page: Page) => {
    const pay = page.getByRole('button', { name: /^Pay / })
    for (const way of [/^Card/, /^Bank account/]) {
      await page.getByRole('radio', { name: way }).click()
      await page.waitForTimeout(300)
    }
    await pay.click()
    await page.waitForTimeout(300)
  }
  const seen = await inTurn({
    rounds: 5,
    secondsMax: 120,
    product: () => vitalsOf(browser, `${web.url}${path}`, touch),
    floor: () => vitalsOf(browser, `${bare.url}/table`),
  })
  const worst = (of: (pair: Vitals) => number) => Math.max(...seen.pairs.map(({ product }) => of(product)))
  tell(
    ratioFinding('pay.lcp', seen, {
      unit: 'ms to the largest paint at 4 × CPU, 1.6 Mbit/s and 150 ms, beside a bare page of 50 rows',
      goal: '<= 1.15',
      product: ({ product }) => product.lcpMs,
      floor: ({ floor }) => floor.lcpMs,
    }),
  )
  tell(
    limitFinding('pay.shift', seen, {
      unit: 'cumulative layout shift until the page stands still, the worst round',
      goal: '<= 0.05',
      value: worst(({ shift }) => shift),
      detail: { touched: worst(({ shiftTouched }) => shiftTouched) },
    }),
  )
  tell(
    limitFinding('pay.interaction', seen, {
      unit: 'ms from a press to the next paint at 4 × CPU, the worst of ways and button in the worst round',
      goal: '<= 200',
      value: worst(({ interactionMs }) => interactionMs),
      detail: { rounds: seen.pairs.map(({ product }) => product.interactionMs) },
    }),
  )

  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${web.url}${path}`)
  const amounts = await page.getByText('$100.00').filter({ visible: true }).count()
  const buttons = await page.getByRole('button', { name: /pay/i }).filter({ visible: true }).count()
  tell(
    limitFinding('pay.without-script', rounds, {
      unit: 'of 2 in the server’s HTML: the amount, the button',
      goal: '>= 2',
      value: Math.min(1, amounts) + Math.min(1, buttons),
      detail: { amounts, buttons },
    }),
  )
})
