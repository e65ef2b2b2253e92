import type { Frame, Page } from '@playwright/test'
import { stack } from '../support/stack.ts'

/** One script a page may run: whose it is, why it is there, and what keeps it from being another. */
export type Listed = { name: string; owner: string; why: string; integrity: string; is: (script: Found) => boolean }
export type Found = { src: string; type: string; hasNonce: boolean }

const origins = () => {
  const { STRIPE_JS_URL = '' } = stack().env
  return { own: new URL(stack().web).origin, stripe: STRIPE_JS_URL }
}

const stripe: Listed = {
  name: 'Stripe.js',
  owner: 'Stripe',
  why: 'Draws the fields for card and bank in frames of its own; nothing of them passes through us.',
  integrity: 'Served by Stripe alone, who forbid copies; the content policy names its host.',
  is: ({ src }) => src === origins().stripe,
}

/**
 * Every script of the pay page (PCI DSS 4.0.1, 6.4.3: justified, authorised, its integrity assured). A script that is not
 * here fails the gate: who adds one, adds its line.
 */
export const payPageInventory: Listed[] = [
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
  stripe,
]

/** The same for the widget's frame, where the payment is made on the MSP's own site. */
export const widgetInventory: Listed[] = [
  {
    name: 'The frame itself',
    owner: 'Closeloop',
    why: 'Draws the look-up and the form, checks what is typed, sends the order.',
    integrity: 'Built from this repository; the name holds a hash of the content.',
    is: ({ src }) => /^\/embed\/frame-[0-9a-f]{12}\.js$/.test(src.replace(origins().own, '')),
  },
  {
    name: 'What the frame is told',
    owner: 'Closeloop',
    why: 'Its language, its words, and which site is around it.',
    integrity: 'JSON, which no browser runs; without a nonce the content policy would not let it.',
    is: ({ src, type, hasNonce }) => src === '' && type === 'application/json' && !hasNonce,
  },
  stripe,
]

/** What the page or frame holds and what it loaded, once each. */
export async function scriptsOf(place: Page | Frame): Promise<Found[]> {
  const found = await place.evaluate(() => {
    const held = [...document.scripts].map(({ src, type, nonce }) => ({ src, type, hasNonce: nonce !== '' }))
    const loaded = performance
      .getEntriesByType('resource')
      .filter((entry) => (entry as PerformanceResourceTiming).initiatorType === 'script')
      .map(({ name }) => ({ src: name, type: '', hasNonce: false }))
    return [...held, ...loaded]
  })
  const nameOf = ({ src, type, hasNonce }: Found) => src || `inline, ${type}, nonce ${hasNonce}`
  return [...new Map(found.map((script) => [nameOf(script), script])).values()]
}

/** Those that no line of the inventory accounts for. */
export function unlisted(found: Found[], inventory: Listed[]): string[] {
  return found.filter((script) => !inventory.some(({ is }) => is(script))).map(({ src }) => src || 'inline')
}

/** The lines of the inventory that nothing answers to: they are out of date. */
export function unfound(found: Found[], inventory: Listed[]): string[] {
  return inventory.filter(({ is }) => !found.some(is)).map(({ name }) => name)
}
