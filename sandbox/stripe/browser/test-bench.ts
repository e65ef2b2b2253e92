import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type Browser, chromium, type FrameLocator, type Page } from 'playwright-core'
import { SimClock } from '../../kernel/clock.ts'
import { startService } from '../../kernel/service.ts'
import { browserAnswer } from './serve.ts'
import { TestApi } from './test-api.ts'
import type { PageSetup } from './test-page.tsx'

/** A browser, a page of another origin under a strict content policy, and an API to post to. */
export type Bench = {
  browser: Browser
  api: TestApi
  /** Where the stand-in is served. */
  url: string
  /** What the browser complained of: console errors and policy violations. */
  complaints: string[]
  open: (setup: PageSetup, size?: { width: number; height: number }) => Promise<OpenPage>
  /** Forgets pages, posts and complaints of the last test. */
  reset: () => Promise<void>
  close: () => Promise<void>
}

export type OpenPage = {
  page: Page
  form: FrameLocator
  /** What the element told the page under this event's name, so far. */
  told: (event: string) => Promise<unknown[]>
  /** What came of pressing the button. */
  outcome: () => Promise<unknown>
}

export async function startBench(): Promise<Bench> {
  const complaints: string[] = []
  const api = new TestApi()
  const clock = new SimClock()
  const service = await startService({
    name: 'stripe',
    port: 0,
    clock,
    handle: (asked) => browserAnswer(asked) ?? api.handle(asked),
    refuse: (status) => ({ status, body: { error: { type: 'api_error', message: 'refused' } } }),
  })
  const host = await serveHost(service.url)
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })

  return {
    browser,
    api,
    url: service.url,
    complaints,
    open: async (setup, viewport = { width: 1440, height: 900 }) => {
      const page = await (await browser.newContext({ viewport })).newPage()
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      await page.goto(`${host.url}/#${encodeURIComponent(JSON.stringify(setup))}`)
      const form = page.frameLocator('iframe[title="Secure payment input frame"]')
      return { page, form, told: (event) => toldOf(page, event), outcome: () => outcomeOf(page) }
    },
    reset: async () => {
      await Promise.all(browser.contexts().map((context) => context.close()))
      api.reset()
      complaints.length = 0
    },
    close: async () => {
      await browser.close()
      await Promise.all([service.close(), host.close()])
      clock.stop()
    },
  }
}

function toldOf(page: Page, event: string): Promise<unknown[]> {
  return page.evaluate(
    (name) => window.reach.told.filter((told) => told.event === name).map((told) => told.payload),
    event,
  )
}

async function outcomeOf(page: Page): Promise<unknown> {
  const output = page.locator('output:not(:empty)')
  await output.waitFor()
  return JSON.parse((await output.textContent()) ?? '')
}

/** Bundles the page and serves it from its own origin; nothing runs in it that the policy does not name. */
async function serveHost(stripe: string): Promise<{ url: string; close: () => Promise<void> }> {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('test-page.tsx', import.meta.url))],
    bundle: true,
    write: false,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'silent',
  })
  const code = bundle.outputFiles[0]?.text ?? ''
  const server = createServer((request, response) => {
    if (request.url === '/page.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(code)
      return
    }
    if (request.url === '/favicon.ico') {
      response.writeHead(204).end()
      return
    }
    const nonce = randomBytes(12).toString('base64')
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy(nonce, stripe) })
    response.end(html(nonce, stripe))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  return { url: `http://127.0.0.1:${port}`, close }
}

function policy(nonce: string, stripe: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `frame-src ${stripe}`,
    `connect-src ${stripe}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    "img-src 'self'",
    "base-uri 'none'",
  ].join('; ')
}

function html(nonce: string, stripe: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Pay invoice 20418</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${nonce}">
body { margin: 0; padding: 40px 16px; font: 16px/1.5 system-ui, sans-serif; background: #f5f7f6; color: #151a21 }
form { display: grid; gap: 20px; max-width: 434px; margin: 0 auto; padding: 24px; background: #fff; border-radius: 14px }
h1 { margin: 0; font-size: 17px } form > button { padding: 12px; border: 0; border-radius: 10px; background: #0e5a4a; color: #fff; font: inherit; font-weight: 600 }
output { overflow-wrap: anywhere; font-size: 12px }
[data-theme=night] { background: #14151d; color: #fff } [data-theme=night] form { background: #1c1d27 }
@media (max-width: 600px) { body { padding: 12px 8px } form { padding: 16px } }
</style>
<script nonce="${nonce}" src="${stripe}/stripe.js"></script></head>
<body><div id="root"></div><script nonce="${nonce}" src="/page.js"></script></body></html>`
}
