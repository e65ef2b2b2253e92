import Holidays from 'date-holidays'
import { addDays, type PlainDate } from '@/lib/base/clock'

const federal = new Holidays('US', { types: ['public'] })
const holidaysByYear = new Map<string, Set<PlainDate>>()

/** Whether banks settle on this date: no Saturdays, Sundays or federal holidays. */
export function isBankingDay(on: PlainDate): boolean {
  const weekday = new Date(`${on}T12:00:00Z`).getUTCDay()
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
  let known = holidaysByYear.get(year)
  if (known === undefined) {
    known = new Set(federal.getHolidays(Number(year)).map(({ date }) => date.slice(0, 10)))
    holidaysByYear.set(year, known)
  }
  return known
}
