import { type Browser, type BrowserContext, chromium, type FrameLocator, type Page } from 'playwright-core'
import Stripe from 'stripe'
import { chromiumFlags } from '../../../scripts/test/chromium-flags.ts'
import { Bank } from '../../bank/bank.ts'
import { SimClock } from '../../kernel/clock.ts'
import { seedWorld } from '../../world/seed-world.ts'
import { startStripe } from '../stripe.ts'
import { serveHost } from './test-host.ts'
import type { PageSetup } from './test-page.tsx'

/** A browser, a page of another origin under a strict content policy, and the stand-in with its API behind both. */
export type Bench = {
  browser: Browser
  /** Where the stand-in is served. */
  url: string
  /** The merchant's own server, in a word. */
  merchant: Stripe
  /** What the page and its frames posted to the API. */
  posted: { path: string; params: Record<string, string>; headers: Record<string, string> }[]
  /** What the browser complained of: console errors and policy violations. */
  complaints: string[]
  open: (setup: PageSetup, viewport?: { width: number; height: number }) => Promise<OpenPage>
  /** A page that is nobody's but the address's. */
  visit: (url: string) => Promise<Page>
  /** Forgets pages, posts and complaints of the last test. */
  reset: () => Promise<void>
  close: () => Promise<void>
}

export type OpenPage = {
  page: Page
  form: FrameLocator
  /** What the element told the page under this event's name, so far. */
  told: (event: string) => Promise<unknown[]>
  /** The newest of these: it crosses windows, so whoever expects one polls. */
  last: (event: string) => Promise<unknown>
  /** What came of pressing the button. */
  outcome: () => Promise<unknown>
  /** The token that came of pressing the button. */
  token: () => Promise<string>
}

export async function startBench(): Promise<Bench> {
  const posted: Bench['posted'] = []
  const complaints: string[] = []
  const clock = new SimClock()
  const world = seedWorld({ seed: 'browser', scale: 0.025, today: '2026-11-20' })
  const context = { clock, world, seed: 'browser', port: () => 0, happened: () => undefined }
  const service = await startStripe(context, new Bank())
  const { platform, connected } = service.credentials
  const merchant = new Stripe(platform.secretKey, {
    host: '127.0.0.1',
    port: service.port,
    protocol: 'http',
    stripeAccount: connected.account,
  })
  const host = await serveHost(service.url)
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: chromiumFlags })

  return {
    browser,
    url: service.url,
    merchant,
    posted,
    complaints,
    open: async (setup, viewport = { width: 1440, height: 900 }) => {
      const page = await listenedTo(await browser.newContext({ viewport }), posted, complaints)
      const given = { ...setup, key: platform.publishableKey, account: connected.account }
      await page.goto(`${host.url}/#${encodeURIComponent(JSON.stringify(given))}`)
      return openPage(page)
    },
    visit: async (url) => {
      const page = await listenedTo(await browser.newContext(), posted, complaints)
      await page.goto(url)
      return page
    },
    reset: async () => {
      await Promise.all(browser.contexts().map((each) => each.close()))
      posted.length = 0
      complaints.length = 0
    },
    close: async () => {
      await browser.close()
      await Promise.all([service.close(), host.close()])
      clock.stop()
    },
  }
}

async function listenedTo(context: BrowserContext, posted: Bench['posted'], complaints: string[]): Promise<Page> {
  context.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (request.method() !== 'POST' || !pathname.startsWith('/v1/')) return
    const params = Object.fromEntries(new URLSearchParams(request.postData() ?? ''))
    posted.push({ path: pathname, params, headers: request.headers() })
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return page
}

function openPage(page: Page): OpenPage {
  const output = page.locator('output:not(:empty)')
  const outcome = async () => JSON.parse((await output.textContent()) ?? '')
  const told: OpenPage['told'] = (event) =>
    page.evaluate((name) => window.reach.told.filter((each) => each.event === name).map((each) => each.payload), event)
  return {
    page,
    form: page.frameLocator('iframe[title="Secure payment input frame"]'),
    told,
    last: async (event) => (await told(event)).at(-1),
    outcome,
    token: async () => (await outcome()).confirmationToken.id,
  }
}
