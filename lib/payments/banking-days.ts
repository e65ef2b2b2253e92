import { addDays, type PlainDate } from '@/lib/base/clock'

/**
 * Holidays of the Federal Reserve Banks (holiday schedule, K.8): month, and the day or the weekday it falls on. One on a
 * Sunday is kept on Monday; one on a Saturday takes no Friday with it, which general calendars of US holidays get wrong.
 */
const fixed = ['01-01', '06-19', '07-04', '11-11', '12-25']
const floating: { month: number; weekday: number; nth: number }[] = [
  { month: 1, weekday: 1, nth: 3 }, // Martin Luther King, Jr.
  { month: 2, weekday: 1, nth: 3 }, // Presidents
  { month: 5, weekday: 1, nth: -1 }, // Memorial
  { month: 9, weekday: 1, nth: 1 }, // Labor
  { month: 10, weekday: 1, nth: 2 }, // Columbus
  { month: 11, weekday: 4, nth: 4 }, // Thanksgiving
]
const holidaysByYear = new Map<string, Set<PlainDate>>()

/** Whether banks settle on this date: no Saturdays, Sundays or federal holidays. */
export function isBankingDay(on: PlainDate): boolean {
  const weekday = weekdayOf(on)
  return weekday !== 0 && weekday !== 6 && !holidaysOf(on.slice(0, 4)).has(on)
}

/** The date `days` banking days after `from`. */
export function addBankingDays(from: PlainDate, days: number): PlainDate {
  let on = from
  for (let left = days; left > 0; ) {
    on = addDays(on, 1)
    if (isBankingDay(on)) left -= 1
  }
  return on
}

function holidaysOf(year: string): Set<PlainDate> {
  const known = holidaysByYear.get(year)
  if (known !== undefined) return known
  const kept = fixed.map((day) => `${year}-${day}`).map((on) => (weekdayOf(on) === 0 ? addDays(on, 1) : on))
  const holidays = new Set([...kept, ...floating.map((rule) => nthWeekday(year, rule))])
  holidaysByYear.set(year, holidays)
  return holidays
}

function nthWeekday(year: string, { month, weekday, nth }: (typeof floating)[number]): PlainDate {
  const start = `${year}-${String(month).padStart(2, '0')}-01`
  const first = addDays(start, (weekday - weekdayOf(start) + 7) % 7)
  if (nth > 0) return addDays(first, 7 * (nth - 1))
  const fifth = addDays(first, 28)
  return fifth.slice(0, 7) === start.slice(0, 7) ? fifth : addDays(first, 21)
}

function weekdayOf(on: PlainDate): number {
  return new Date(`${on}T12:00:00Z`).getUTCDay()
}
