import { expect, test } from 'vitest'
import { banks, isRoutingNumber } from './banks.js'
import { brandOf, expiryFault, formatExpiry, formatNumber, numberFault } from './card-number.js'

test.each([
  ['4242424242424242', 'visa', '4242 4242 4242 4242'],
  ['5555555555554444', 'mastercard', '5555 5555 5555 4444'],
  ['2223003122003222', 'mastercard', '2223 0031 2200 3222'],
  ['378282246310005', 'amex', '3782 822463 10005'],
  ['6011111111111117', 'discover', '6011 1111 1111 1117'],
])('%s is known by its first digits and grouped as on the card', (number, brand, written) => {
  expect(brandOf(number).brand).toBe(brand)
  expect(formatNumber(`${number}999`)).toBe(written)
  expect(numberFault(written)).toBeUndefined()
})

test('a number is incomplete until it is long enough, then its check digit decides', () => {
  expect(numberFault('')).toBe('incomplete_number')
  expect(numberFault('4242 4242 4242 424')).toBe('incomplete_number')
  expect(numberFault('4242 4242 4242 4241')).toBe('invalid_number')
})

test.each([
  ['1', '1'],
  ['12', '12'],
  ['123', '12 / 3'],
  ['9', '09'],
  ['930', '09 / 30'],
  ['12/2030', '12 / 30'],
  ['1230', '12 / 30'],
])('an expiry typed as %s reads %s', (typed, written) => {
  expect(formatExpiry(typed)).toBe(written)
})

test('a card is good to the end of the month it names', () => {
  const lastDay = new Date(2026, 10, 30)
  expect(expiryFault('11 / 26', lastDay)).toBeUndefined()
  expect(expiryFault('10 / 26', lastDay)).toBe('invalid_expiry_month_past')
  expect(expiryFault('12 / 25', lastDay)).toBe('invalid_expiry_year_past')
  expect(expiryFault('12 / 79', lastDay)).toBe('invalid_expiry_year')
  expect(expiryFault('13 / 30', lastDay)).toBe('incomplete_expiry')
  expect(expiryFault('12', lastDay)).toBe('incomplete_expiry')
})

test('every invented bank has a routing number with a right check digit, and a typo is noticed', () => {
  for (const { routing } of banks) expect(isRoutingNumber(routing)).toBe(true)
  expect(isRoutingNumber('110000001')).toBe(false)
  expect(isRoutingNumber('11000000')).toBe(false)
})
