import { expect, test } from 'vitest'
import { moneyOnItsWay } from './money-on-its-way'

const isBankingDay = (on: string) => on !== '2026-11-26' && ![0, 6].includes(new Date(`${on}T12:00:00Z`).getUTCDay())

test('every debit under way is in a bar or said to be late, so the bars add up to the total', () => {
  const way = moneyOnItsWay(
    [
      { clearsOn: '2026-11-20', minor: 1_248_060n, count: 2 },
      { clearsOn: '2026-11-24', minor: 931_642n, count: 1 },
      { clearsOn: '2026-11-18', minor: 5_000n, count: 1 },
      { clearsOn: null, minor: 700n, count: 1 },
    ],
    'USD',
    '2026-11-20',
    isBankingDay,
  )
  const bars = way.days.reduce((sum, { amount }) => sum + amount.minor, 0n)
  expect(bars + way.late.minor).toBe(way.total.minor)
  expect(way.total.minor).toBe(2_185_402n)
  expect(way.count).toBe(5)
  expect(way.late.minor).toBe(5_700n)
})

test('weekends are left out, a bank holiday stays as a day on which nothing clears', () => {
  const way = moneyOnItsWay([], 'USD', '2026-11-20', isBankingDay)
  expect(way.days.map(({ on, open }) => [on, open])).toEqual([
    ['2026-11-20', true],
    ['2026-11-23', true],
    ['2026-11-24', true],
    ['2026-11-25', true],
    ['2026-11-26', false],
  ])
})
