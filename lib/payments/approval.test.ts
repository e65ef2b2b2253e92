import { expect, test } from 'vitest'
import { changedInvoices, needsSecondPerson } from './approval'

const rule = { aboveMinor: 5_000, ownCurrency: 'USD', aloneMinor: 0n }
const usd = (amountMinor: bigint) => ({ amountMinor, currency: 'USD' })

test('above the amount, not at it; with what was sent alone before; zero means every refund', () => {
  expect(needsSecondPerson(usd(5_000n), rule)).toBe(false)
  expect(needsSecondPerson(usd(5_001n), rule)).toBe(true)
  expect(needsSecondPerson(usd(1n), { ...rule, aloneMinor: 5_000n })).toBe(true)
  expect(needsSecondPerson(usd(1n), { ...rule, aboveMinor: 0 })).toBe(true)
  expect(needsSecondPerson(usd(9_999_999n), { ...rule, aboveMinor: undefined })).toBe(false)
})

test('an amount in another currency than the MSP’s own is above nothing and below nothing: it waits', () => {
  expect(needsSecondPerson({ amountMinor: 1n, currency: 'CAD' }, rule)).toBe(true)
})

test('an invoice with another total, voided or gone has changed; one that came since has not', () => {
  const [a, b, c] = ['1', '2', '3'].map((number) => ({ number, totalMinor: '100', isVoid: false }))
  if (a === undefined || b === undefined || c === undefined) throw new Error('three')
  expect(
    changedInvoices(
      [a, b, c],
      [
        { ...a, totalMinor: '90' },
        { ...b, isVoid: true },
      ],
    ),
  ).toEqual(['1', '2', '3'])
  expect(changedInvoices([a], [a, b])).toEqual([])
})
