import { expect, test } from 'vitest'
import { addDays, daysBetween, todayIn } from './clock'

test('the date is the one on the wall there, on both sides of midnight and of a leap day', () => {
  expect(todayIn('America/New_York', new Date('2026-11-02T04:59:59Z'))).toBe('2026-11-01')
  expect(todayIn('America/New_York', new Date('2026-11-02T05:00:00Z'))).toBe('2026-11-02')
  expect(todayIn('Pacific/Kiritimati', new Date('2028-02-28T10:00:00Z'))).toBe('2028-02-29')
  expect(todayIn('UTC', new Date('2026-01-05T00:00:00Z'))).toBe('2026-01-05')
})

test('a zone that does not exist is refused, not taken for another', () => {
  expect(() => todayIn('Mars/Olympus', new Date(0))).toThrow(RangeError)
})

test('days between two dates are whole, also where the clocks change or the year does', () => {
  expect(daysBetween('2026-03-07', '2026-03-09')).toBe(2)
  expect(daysBetween('2026-10-31', '2026-11-02')).toBe(2)
  expect(daysBetween('2027-01-01', '2026-12-31')).toBe(-1)
  expect(daysBetween('2028-02-01', addDays('2028-02-01', 366))).toBe(366)
})
