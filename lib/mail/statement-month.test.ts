import { expect, test } from 'vitest'
import { monthBefore, monthOf } from './statement-month'

test('the month before is whole, over the turn of a year and in a leap year too', () => {
  expect(monthBefore('2026-12-01')).toEqual({ from: '2026-11-01', to: '2026-11-30' })
  expect(monthBefore('2026-12-31')).toEqual({ from: '2026-11-01', to: '2026-11-30' })
  expect(monthBefore('2027-01-01')).toEqual({ from: '2026-12-01', to: '2026-12-31' })
  expect(monthBefore('2028-03-31')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
})

test('a month is named by its first day', () => {
  expect(monthOf('2026-11-30')).toBe('2026-11-01')
  expect(monthOf('2026-11-01')).toBe('2026-11-01')
})
