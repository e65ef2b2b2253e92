import { expect, test } from 'vitest'
import { addBankingDays, clearsOnOf, isBankingDay } from './banking-days'

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
  expect(closed.filter((on) => isBankingDay(on))).toEqual([])
  expect(isBankingDay('2026-11-27')).toBe(true)
})

test('a holiday on a Saturday takes no Friday with it', () => {
  expect(isBankingDay('2026-07-03')).toBe(true)
})

test('a debit made on the Friday before Thanksgiving clears by the Friday after', () => {
  expect(addBankingDays('2026-11-20', 4)).toBe('2026-11-27')
})

test('in Canada the clearing rests on its own holidays, and works on those of the US and of Quebec', () => {
  // Canada Labour Code, general holidays 2026 to 2028, and Boxing Day.
  const closed = ['2026-01-01', '2026-04-03', '2026-05-18', '2026-07-01', '2026-09-07', '2026-09-30', '2026-10-12']
  const moved = ['2026-12-28', '2027-03-26', '2027-12-27', '2027-12-28', '2028-01-03', '2028-04-14']
  expect([...closed, ...moved].filter((on) => isBankingDay(on, 'CA'))).toEqual([])
  const open = ['2026-11-26', '2026-06-24', '2026-06-19', '2026-02-16', '2026-12-29']
  expect(open.filter((on) => !isBankingDay(on, 'CA'))).toEqual([])
})

test('a pre-authorized debit clears by the fifth Canadian banking day, an ACH debit by the fourth American one', () => {
  expect(clearsOnOf('acss_debit', '2026-11-25')).toBe('2026-12-02')
  expect(clearsOnOf('us_bank_account', '2026-11-25')).toBe('2026-12-02')
  expect(clearsOnOf('acss_debit', '2026-12-21')).toBe('2026-12-30')
})
