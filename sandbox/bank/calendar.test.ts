import { expect, test } from 'vitest'
import { addBankingDays, holidaysOf, isBankingDay } from './calendar.ts'

test('the holidays of 2026 are those the Federal Reserve publishes', () => {
  expect([...holidaysOf(2026)].sort()).toEqual([
    '2026-01-01',
    '2026-01-19',
    '2026-02-16',
    '2026-05-25',
    '2026-06-19',
    '2026-07-04',
    '2026-09-07',
    '2026-10-12',
    '2026-11-11',
    '2026-11-26',
    '2026-12-25',
  ])
})

test('a holiday on a Saturday does not close the Friday before, one on a Sunday closes the Monday after', () => {
  expect(isBankingDay('2026-07-03')).toBe(true)
  expect(isBankingDay('2027-07-05')).toBe(false)
})

test('banking days are counted from the first day on which banks work', () => {
  expect(addBankingDays('2026-11-24', 2)).toBe('2026-11-27')
  expect(addBankingDays('2026-11-21', 0)).toBe('2026-11-23')
  expect(addBankingDays('2026-11-21', 1)).toBe('2026-11-24')
})

test('in Canada banks rest on the federal holidays, moved to the next working day from a weekend', () => {
  expect([...holidaysOf(2026, 'CA')].sort()).toEqual([
    '2026-01-01',
    '2026-04-03',
    '2026-05-18',
    '2026-07-01',
    '2026-09-07',
    '2026-09-30',
    '2026-10-12',
    '2026-11-11',
    '2026-12-25',
    '2026-12-28',
  ])
  expect([...holidaysOf(2027, 'CA')].filter((day) => day >= '2027-12')).toEqual(['2027-12-27', '2027-12-28'])
})

test('a day that is a holiday in one country only is a banking day in the other', () => {
  expect(isBankingDay('2026-11-26', 'CA')).toBe(true)
  expect(isBankingDay('2026-09-30')).toBe(true)
  expect(isBankingDay('2026-09-30', 'CA')).toBe(false)
  expect(isBankingDay('2026-06-24', 'CA')).toBe(true)
  expect(addBankingDays('2026-11-25', 5, 'CA')).toBe('2026-12-02')
})
