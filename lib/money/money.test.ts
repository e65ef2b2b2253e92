import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatMoney } from './format'
import { money, plus, share, split, sum, sumPerCurrency } from './money'
import { fromDecimal, toDecimal, toNumber } from './wire'

const usd = (minor: bigint) => money(minor, 'USD')
const cents = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n })

test('parts of a split always add up to the whole and differ by at most a cent', () => {
  fc.assert(
    fc.property(cents, fc.integer({ min: 1, max: 60 }), (minor, parts) => {
      const pieces = split(usd(minor), parts)
      expect(sum(pieces, 'USD').minor).toBe(minor)
      const sizes = pieces.map((piece) => piece.minor)
      const [low, high] = [sizes.reduce((a, b) => (a < b ? a : b)), sizes.reduce((a, b) => (a > b ? a : b))]
      expect(high - low <= 1n).toBe(true)
    }),
  )
})

test('money survives the vendor’s doubles, noise included', () => {
  fc.assert(
    fc.property(cents, (minor) => {
      const noisy = toNumber(usd(minor)) * (1 + Number.EPSILON)
      expect(fromDecimal(noisy, 'USD').minor).toBe(minor)
      expect(fromDecimal(toDecimal(usd(minor)), 'USD').minor).toBe(minor)
    }),
  )
})

test('what is not an amount is refused, also fractions of a cent', () => {
  for (const nonsense of ['', 'abc', '1,000.00', '12.345', Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => fromDecimal(nonsense, 'USD')).toThrow(RangeError)
  expect(fromDecimal(0.1 + 0.2, 'USD').minor).toBe(30n)
  expect(fromDecimal(1500, 'ISK').minor).toBe(1500n)
  expect(fromDecimal(1e-7, 'USD').minor).toBe(0n)
})

test('currencies are never mixed', () => {
  expect(() => plus(usd(1n), money(1n, 'CAD'))).toThrow(RangeError)
  const cad = (minor: bigint) => money(minor, 'CAD')
  expect(() => sum([usd(1n), cad(1n)], 'USD')).toThrow(RangeError)
  expect(sumPerCurrency([cad(5n), usd(1n), cad(7n), usd(2n)])).toEqual([cad(12n), usd(3n)])
  expect(sumPerCurrency([])).toEqual([])
})

test('a share never exceeds the amount it is taken of', () => {
  expect(share(usd(542n), 20_000n, 20_000n).minor).toBe(542n)
  expect(share(usd(542n), 1n, 3n).minor).toBe(180n)
  expect(share(usd(542n), 1n, 0n).minor).toBe(0n)
})

test('amounts are written as people read them', () => {
  expect(formatMoney(usd(491_314n), 'en-US')).toBe('$4,913.14')
  expect(formatMoney(usd(-12_500n), 'en-US')).toBe('\u2212$125.00')
  expect(formatMoney(usd(58_962n), 'en-US', { sign: true })).toBe('+$589.62')
  expect(formatMoney(money(491_314n, 'CAD'), 'fr-CA').replaceAll(/\s/g, ' ')).toBe('4 913,14 $')
  expect(formatMoney(usd(9_007_199_254_740_993_01n), 'en-US')).toBe('$9,007,199,254,740,993.01')
})

test('a dollar of another country than the reader’s says which', () => {
  expect(formatMoney(money(491_314n, 'CAD'), 'en-US')).toBe('CA$4,913.14')
  expect(formatMoney(money(-12_500n, 'CAD'), 'en-US')).toBe('\u2212CA$125.00')
  expect(formatMoney(usd(491_314n), 'fr-CA').replaceAll(/\s/g, ' ')).toBe('4 913,14 $ US')
  expect(formatMoney(money(491_314n, 'CAD'), 'en-US', { bare: true })).toBe('4,913.14')
})
