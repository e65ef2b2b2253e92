import type { Page } from '@playwright/test'
import { stack } from '../support/stack.ts'

/** One script the pay page may run: whose it is, why it is there, and what keeps it from being another. */
export type Listed = { name: string; owner: string; why: string; integrity: string; is: (script: Found) => boolean }
export type Found = { src: string; hasNonce: boolean }

const origins = () => {
  const { STRIPE_JS_URL = '' } = stack().env
  return { own: new URL(stack().web).origin, stripe: STRIPE_JS_URL }
}

/**
 * Every script of the pay page (PCI DSS 4.0.1, 6.4.3: justified, authorised, its integrity assured). A script that is not
 * here fails the gate: who adds one, adds its line.
 */
export const inventory: Listed[] = [
  {
    name: 'The page itself',
    owner: 'Closeloop',
    why: 'Draws the form, checks what is typed, sends the order.',
    integrity: 'Built from this repository; the name holds a hash of the content.',
    is: ({ src }) => src.startsWith(`${origins().own}/_next/static/chunks/`),
  },
  {
    name: 'What the server rendered',
    owner: 'Closeloop',
    why: 'Hands the rendered page over to the script that takes it up.',
    integrity: 'Inline, with the nonce of this one answer.',
    is: ({ src, hasNonce }) => src === '' && hasNonce,
  },
  {
    name: 'Stripe.js',
    owner: 'Stripe',
    why: 'Draws the fields for card and bank in frames of its own; nothing of them passes through us.',
    integrity: 'Served by Stripe alone, who forbid copies; the content policy names its host.',
    is: ({ src }) => src === origins().stripe,
  },
]

/** What the page holds and what it loaded, once each. */
export async function scriptsOf(page: Page): Promise<Found[]> {
  const found = await page.evaluate(() => {
    const held = [...document.scripts].map(({ src, nonce }) => ({ src, hasNonce: nonce !== '' }))
    const loaded = performance
      .getEntriesByType('resource')
      .filter((entry) => (entry as PerformanceResourceTiming).initiatorType === 'script')
      .map(({ name }) => ({ src: name, hasNonce: false }))
    return [...held, ...loaded]
  })
  return [...new Map(found.map((script) => [script.src || `inline, nonce ${script.hasNonce}`, script])).values()]
}

/** Those that no line of the inventory accounts for. */
export function unlisted(found: Found[]): string[] {
  return found.filter((script) => !inventory.some(({ is }) => is(script))).map(({ src }) => src || 'inline')
}
