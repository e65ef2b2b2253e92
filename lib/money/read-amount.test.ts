import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatMoney } from './format'
import { readAmount } from './read-amount'

test('an amount is read as people write it, in both languages', () => {
  for (const text of ['2500', '2,500.00', '2500.0', '2500.', '$2,500.00', '2 500,00 $', '2.500,00', '2,500'])
    expect(readAmount(text, 'USD'), text).toBe(250_000n)
  expect(readAmount('0.5', 'USD')).toBe(50n)
  expect(readAmount('1500', 'JPY')).toBe(1_500n)
})

test('what is no amount is not taken for one', () => {
  for (const text of ['', 'abc', '-5', '1.2345', '5 dollars', '.', '12345678901234567'])
    expect(readAmount(text, 'USD'), text).toBeUndefined()
})

test('an amount that names another currency is none', () => {
  for (const text of ['CA$2,500.00', 'ca$2500', 'C$2500', '2 500,00 $ CA', 'CAD 2,500.00', '2500 CAD'])
    expect([text, readAmount(text, 'CAD'), readAmount(text, 'USD')]).toEqual([text, 250_000n, undefined])
  for (const text of ['US$2,500.00', '2 500,00 $ US', 'USD 2500'])
    expect([text, readAmount(text, 'USD'), readAmount(text, 'CAD')]).toEqual([text, 250_000n, undefined])
})

test('whatever the page writes, it reads again', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 99_999_999_999n }), fc.constantFrom('en-US', 'fr-CA'), (minor, locale) => {
      for (const currency of ['USD', 'CAD', 'EUR', 'AUD', 'ISK'])
        for (const bare of [true, false])
          expect(readAmount(formatMoney({ minor, currency }, locale, { bare }), currency)).toBe(minor)
    }),
  )
})
