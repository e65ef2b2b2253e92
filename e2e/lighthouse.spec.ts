import { chromium } from '@playwright/test'
import lighthouse from 'lighthouse'
import { freePort } from '../scripts/ports.ts'
import { issueAndReceive } from './pages/psa.ts'
import { contactCookie } from './pages/sessions.ts'
import { sumNear } from './pages/stripe.ts'
import { expect, test } from './pages/test.ts'
import { stack } from './support/stack.ts'

// Lighthouse's accessibility and best practices, as on a phone; how fast the pages are is measured elsewhere (bench/).

const categories = ['accessibility', 'best-practices']

/** @returns what keeps the page from a hundred in each, with the places; empty when nothing does */
async function shortOf(url: string, cookie = ''): Promise<string[]> {
  const port = await freePort()
  const { launchOptions } = test.info().project.use
  const browser = await chromium.launch({
    ...launchOptions,
    args: [...(launchOptions?.args ?? []), `--remote-debugging-port=${port}`],
  })
  try {
    const run = await lighthouse(url, {
      ...{ port, onlyCategories: categories, logLevel: 'error', output: 'json' },
      extraHeaders: cookie === '' ? {} : { cookie },
    })
    if (run === undefined || run.lhr.runtimeError !== undefined) throw new Error(run?.lhr.runtimeError?.message)
    if (run.lhr.finalDisplayedUrl !== url) throw new Error(`${url} led to ${run.lhr.finalDisplayedUrl}`)
    return categories.flatMap((name) => {
      const { score = 0, auditRefs = [] } = run.lhr.categories[name] ?? {}
      const failed = auditRefs.filter(({ id, weight }) => weight > 0 && (run.lhr.audits[id]?.score ?? 1) < 1)
      return score === 1 ? [] : [`${name} ${score}`, ...failed.map(({ id }) => toldOf(run.lhr.audits[id]))]
    })
  } finally {
    await browser.close()
  }
}

function toldOf(audit: { id: string; title: string; details?: unknown } | undefined): string {
  return `${audit?.id}: ${audit?.title} ${JSON.stringify(audit?.details ?? '').slice(0, 600)}`
}

test('the pay page and the portal’s home have a hundred in accessibility and in best practices', async () => {
  test.setTimeout(360_000) // two browsers of its own, one after the other
  const invoice = await issueAndReceive('Kestrel Freight', await sumNear(33_500))
  expect(await shortOf(invoice.payLink)).toEqual([])
  expect(await shortOf(`${stack().web}/m/larkfield`, await contactCookie('dana@hadleymoss.example'))).toEqual([])
})
