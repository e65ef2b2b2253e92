import { readFileSync } from 'node:fs'
import type { Plugin } from 'esbuild'

/** What a prop should be: neither React (since 19) nor preact looks at it. */
const propTypes = /^ *\w+\.propTypes = \{[^{}]*\};\n/gm
/** One of Stripe's many elements, made whether anybody uses it or not. */
const element = /^(var \w+ = )(createElementComponent\()/gm

/**
 * Stripe's binding for React as a bundler can shake it: without descriptions that nobody reads, and with each element
 * marked as free of effects, so that only those in use stay.
 */
export const leanStripe: Plugin = {
  name: 'lean-stripe',
  setup: ({ onLoad }) => {
    onLoad({ filter: /react-stripe\.esm\.mjs$/ }, ({ path }) => ({ contents: lean(readFileSync(path, 'utf8')) }))
  },
}

/** @throws Error when the binding is no longer written the way this expects */
export function lean(source: string): string {
  if (source.match(propTypes) === null || source.match(element) === null)
    throw new Error('Stripe’s binding is written another way now: see whether lean-stripe.ts is still of use')
  return source.replace(propTypes, '').replace(element, '$1/* @__PURE__ */ $2')
}
