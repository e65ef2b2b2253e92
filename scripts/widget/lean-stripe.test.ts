import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { lean } from './lean-stripe'

const path = createRequire(import.meta.url).resolve('@stripe/react-stripe-js')
const binding = readFileSync(path.replace(/react-stripe\.js$/, 'react-stripe.esm.mjs'), 'utf8')

test('of Stripe’s binding only what nobody reads is taken out, and every element stays', () => {
  const shaken = lean(binding)
  expect(shaken).not.toContain('.propTypes = {')
  const elements = (source: string) => source.match(/createElementComponent\('\w+'/g)
  expect(elements(shaken)).toEqual(elements(binding))
  expect(shaken.match(/\/\* @__PURE__ \*\/ createElementComponent\(/g)).toHaveLength(elements(binding)?.length ?? 0)
})

test('a binding that is written another way stops the build, rather than be shipped whole', () => {
  expect(() => lean('var CardElement = makeElement("card");')).toThrow('written another way')
})
