import { expect, test } from 'vitest'
import { addBankingDays, isBankingDay } from './banking-days'

test('weekends and federal holidays are no banking days', () => {
  // Federal Reserve Banks, holiday schedule 2026.
  const closed = [
    '2026-11-21',
    '2026-11-22',
    '2026-11-26',
    '2026-12-25',
    '2026-01-01',
    '2026-11-11',
    '2026-10-12',
    '2026-06-19',
  ]
  expect(closed.filter(isBankingDay)).toEqual([])
  expect(isBankingDay('2026-11-27')).toBe(true)
})

test('a holiday on a Saturday takes no Friday with it', () => {
  expect(isBankingDay('2026-07-03')).toBe(true)
})

test('a debit made on the Friday before Thanksgiving clears by the Friday after', () => {
  expect(addBankingDays('2026-11-20', 4)).toBe('2026-11-27')
})
