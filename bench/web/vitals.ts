import type { Browser, CDPSession, Page } from 'playwright-core'

/** What a reader on a modest phone sees and feels of a page. */
export type Vitals = {
  /** Until the largest thing of the first view was painted. */
  lcpMs: number
  /** How far things moved until it stood still, before anybody touched anything: layout shift, by the largest burst. */
  shift: number
  /** The same with what was touched: a way that opens later than half a second after its press counts here. */
  shiftTouched: number
  /** The longest from a touch to the next paint; 0 where nothing was touched. */
  interactionMs: number
}

/** A modest phone on a mobile network: a quarter of this processor, 1.6 Mbit/s, 150 ms away. */
const slow = { cpu: 4, bitsPerSecond: 1_600_000, latencyMs: 150 }

/** Collected in the page itself, from its first moment on. */
function collect(): void {
  const seen: Omit<Vitals, 'shiftTouched'> = { lcpMs: 0, shift: 0, interactionMs: 0 }
  let burst = { begin: 0, last: 0, sum: 0 }
  Object.assign(window, { vitalsSeen: seen })
  type Entry = PerformanceEntry & { value?: number; hadRecentInput?: boolean; interactionId?: number }
  const watch = (type: string, take: (entry: Entry) => void, options = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...options })
  watch('largest-contentful-paint', ({ startTime }) => {
    seen.lcpMs = startTime
  })
  watch('layout-shift', ({ startTime, value = 0, hadRecentInput }) => {
    if (hadRecentInput === true) return
    const isSame = startTime - burst.last < 1_000 && startTime - burst.begin < 5_000
    burst = isSame
      ? { begin: burst.begin, last: startTime, sum: burst.sum + value }
      : { begin: startTime, last: startTime, sum: value }
    seen.shift = Math.max(seen.shift, burst.sum)
  })
  watch(
    'event',
    ({ duration, interactionId = 0 }) => {
      if (interactionId > 0) seen.interactionMs = Math.max(seen.interactionMs, duration)
    },
    { durationThreshold: 16 },
  )
}

/**
 * Opens a page in a context of its own, nothing kept from before, with processor and network slowed down alike.
 * @param touch what a reader does once the page stands still; the network is fast by then, the processor is not
 */
export async function vitalsOf(browser: Browser, url: string, touch?: (page: Page) => Promise<void>): Promise<Vitals> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  // What tsx wraps functions in to keep their names is not there in the page.
  await page.addInitScript('globalThis.__name = (named) => named')
  await page.addInitScript(collect)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await slowNetwork(devtools, slow.bitsPerSecond / 8, slow.latencyMs)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slow.cpu })
  await page.goto(url, { waitUntil: 'networkidle' })
  await slowNetwork(devtools, -1, 0)
  const seen = () => page.evaluate(() => (window as unknown as { vitalsSeen: Vitals }).vitalsSeen)
  const { shift } = await seen()
  if (touch !== undefined) await touch(page)
  // The last entries are told after the paint they are about.
  await page.waitForTimeout(500)
  const touched = await seen()
  const vitals: Vitals = { ...touched, shift, shiftTouched: touched.shift }
  await context.close()
  // A page that paints nothing, or a press that is not noticed, is a measurement that failed, not a fast page.
  if (vitals.lcpMs === 0 || (touch !== undefined && vitals.interactionMs === 0))
    throw new Error(`Nothing was measured at ${url}: ${JSON.stringify(vitals)}`)
  return vitals
}

/** @param bytesPerSecond −1: as fast as it goes */
async function slowNetwork(devtools: CDPSession, bytesPerSecond: number, latency: number): Promise<void> {
  await devtools.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency, downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond },
  })
}
