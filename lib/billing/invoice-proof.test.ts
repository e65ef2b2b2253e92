import { expect, test } from 'vitest'
import { provesInvoice, readAmount } from './invoice-proof'

const invoice = { totalMinor: 491_314n, balanceMinor: 391_314n, currency: 'USD', postalCode: '14604-1211' }
const proves = (amount: string, postalCode: string, needsBoth = false) =>
  provesInvoice(invoice, { amount, postalCode }, needsBoth)

test('amounts are read as people type them, to the cent', () => {
  for (const typed of ['4913.14', '$4,913.14', ' 4 913,14 $', '4.913,14', 'US$4,913.14', '4\u202f913,14\u00a0$'])
    expect([typed, readAmount(typed, 'USD')]).toEqual([typed, 491_314n])
  expect(readAmount('4913', 'USD')).toBe(491_300n)
  expect(readAmount('4,913', 'USD')).toBe(491_300n)
  expect(readAmount('1,234,567.89', 'USD')).toBe(123_456_789n)
  for (const typed of ['', '-1', '4913.1', '49,13,14', '1e9', '4913.14.14', 'x', '9'.repeat(30)])
    expect([typed, readAmount(typed, 'USD')]).toEqual([typed, undefined])
})

test('the total, what is still open, or the postal code proves an invoice; nothing near it does', () => {
  expect(proves('4,913.14', '')).toBe(true)
  expect(proves('3913.14', '')).toBe(true)
  expect(proves('', '14604')).toBe(true)
  expect(proves('', '14604 1211')).toBe(true)
  for (const [amount, code] of [
    ['4913.15', ''],
    ['491314', ''],
    ['', '14605'],
    ['', ''],
    ['0', '0'],
  ] as const)
    expect(proves(amount, code)).toBe(false)
})

test('an invoice whose client has no postal code is not proved by leaving it empty', () => {
  expect(provesInvoice({ ...invoice, postalCode: '' }, { amount: '', postalCode: '' }, false)).toBe(false)
  expect(provesInvoice({ ...invoice, postalCode: ' ' }, { amount: '', postalCode: '-' }, false)).toBe(false)
})

test('where both are asked for, one is not enough', () => {
  expect(proves('4913.14', '', true)).toBe(false)
  expect(proves('', '14604', true)).toBe(false)
  expect(proves('4913.14', '14604', true)).toBe(true)
})
