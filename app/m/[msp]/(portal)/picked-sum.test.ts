import { expect, test } from 'vitest'
import { pickedSum } from './picked-sum'

const rows = [
  { id: 'a', payable: { minor: '12345', currency: 'USD' } },
  { id: 'b', payable: { minor: '70000', currency: 'CAD' } },
  { id: 'c', payable: { minor: '5', currency: 'USD' } },
  { id: 'd' },
]

test('invoices of one currency add up', () => {
  expect(pickedSum(rows, ['a', 'c'], 'USD')).toEqual({ minor: 12_350n, currency: 'USD' })
  expect(pickedSum(rows, ['b'], 'USD')).toEqual({ minor: 70_000n, currency: 'CAD' })
})

test('an amount in another currency than the first chosen is never added', () => {
  expect(pickedSum(rows, ['b', 'a', 'c'], 'USD')).toEqual({ minor: 70_000n, currency: 'CAD' })
  expect(pickedSum(rows, ['c', 'b'], 'USD')).toEqual({ minor: 5n, currency: 'USD' })
})

test('nothing chosen, or nothing that can be paid, is nothing in the usual currency', () => {
  expect(pickedSum(rows, [], 'USD')).toEqual({ minor: 0n, currency: 'USD' })
  expect(pickedSum(rows, ['d', 'elsewhere'], 'CAD')).toEqual({ minor: 0n, currency: 'CAD' })
})
