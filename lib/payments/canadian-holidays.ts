import { addDays, type PlainDate } from '@/lib/base/clock'
import { nthWeekday, weekdayOf } from './weekday'

/**
 * Days on which Canada's clearing of debits rests: the general holidays of the Canada Labour Code, and Boxing Day. What
 * falls on a weekend is kept on the next working day that is not a holiday itself. Holidays of a province alone, such as
 * 24 June in Quebec or Family Day, do not stop the clearing.
 */
export function canadianHolidays(year: string): PlainDate[] {
  const holidays = [
    goodFriday(Number(year)),
    victoriaDay(year),
    nthWeekday(year, labour),
    nthWeekday(year, thanksgiving),
  ]
  for (const date of fixed) holidays.push(nextWorkingDay(`${year}-${date}`, holidays))
  return holidays
}

/** New Year, Canada, Truth and Reconciliation, Remembrance, Christmas, Boxing; in order, so that one makes room for the next. */
const fixed = ['01-01', '07-01', '09-30', '11-11', '12-25', '12-26']
const labour = { month: 9, weekday: 1, nth: 1 }
const thanksgiving = { month: 10, weekday: 1, nth: 2 }

function nextWorkingDay(on: PlainDate, taken: readonly PlainDate[]): PlainDate {
  const isFree = weekdayOf(on) % 6 !== 0 && !taken.includes(on)
  return isFree ? on : nextWorkingDay(addDays(on, 1), taken)
}

/** The Monday before 25 May. */
function victoriaDay(year: string): PlainDate {
  const before = `${year}-05-24`
  return addDays(before, -((weekdayOf(before) + 6) % 7))
}

/** Two days before Easter, by the algorithm of J.-M. Oudin (1940). */
function goodFriday(year: number): PlainDate {
  const floor = (value: number) => Math.floor(value)
  const century = floor(year / 100)
  const golden = year % 19
  const shift = floor((century - 17) / 25)
  let moon = (century - floor(century / 4) - floor((century - shift) / 3) + 19 * golden + 15) % 30
  moon -= floor(moon / 28) * (1 - floor(29 / (moon + 1)) * floor((21 - golden) / 11))
  const weekday = (year + floor(year / 4) + moon + 2 - century + floor(century / 4)) % 7
  // Days after 28 March, counted as if it began there.
  return addDays(`${year}-03-28`, moon - weekday - 2)
}
