import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'

export type { Page }
export { expect }

/** What browsers complained of: errors in the console, exceptions, violations of the content security policy. */
export class Complaints {
  private readonly all: string[] = []
  private readonly allowed: RegExp[] = []

  /** Listens to every page of a context, those of other windows too. */
  async listenTo(context: BrowserContext): Promise<void> {
    context.on('weberror', (event) => this.all.push(`exception: ${event.error().message}`))
    context.on('console', (message) => {
      if (message.type() === 'error') this.all.push(`console: ${message.text()} (${message.location().url})`)
    })
    await context.exposeBinding('tellViolation', (_, told: string) => void this.all.push(`policy: ${told}`))
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        const { tellViolation } = window as unknown as { tellViolation: (told: string) => Promise<void> }
        void tellViolation(`${violatedDirective} ${blockedURI} on ${location.pathname}`)
      })
    })
  }

  /** A journey that provokes a complaint says which. */
  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns)
  }

  /** What was not to be expected. */
  get left(): string[] {
    return this.all.filter((told) => !this.allowed.some((pattern) => pattern.test(told)))
  }
}

/** What the browser writes when a page, rightly, answers with this status. */
export const answered = (status: number) => new RegExp(`responded with a status of ${status}`)

type Fixtures = {
  complaints: Complaints
  /** Another browser, listened to like the first. */
  otherBrowser: (options?: Parameters<import('@playwright/test').Browser['newContext']>[0]) => Promise<Page>
}

/** Every journey also proves that no page it opened broke its content policy or logged an error. */
export const test = base.extend<Fixtures>({
  complaints: [
    async ({ context }, use) => {
      const complaints = new Complaints()
      await complaints.listenTo(context)
      await use(complaints)
      expect(complaints.left, 'what the browser complained of').toEqual([])
    },
    { auto: true },
  ],
  otherBrowser: async ({ browser, complaints }, use) => {
    const opened: BrowserContext[] = []
    await use(async (options) => {
      const context = await browser.newContext(options)
      opened.push(context)
      await complaints.listenTo(context)
      return context.newPage()
    })
    for (const context of opened) await context.close()
  },
})

/** Loads the page again until it shows what it should: the product works behind it. */
export async function eventually(page: Page, shows: () => Promise<void>, timeoutMs = 90_000): Promise<void> {
  await expect(async () => {
    await page.reload()
    await shows()
  }).toPass({ timeout: timeoutMs, intervals: [300, 500, 1_000] })
}
