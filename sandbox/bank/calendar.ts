import { canadianHolidays } from './canadian-holidays.ts'
import { addDays, type Day, lastMonday, mondayIfSunday, nthWeekday, weekdayOf } from './weekdays.ts'

/**
 * Days on which banks settle: Monday to Friday without holidays. In the US the holidays are those of the Federal
 * Reserve: one on a Sunday is kept on Monday, one on a Saturday is not kept at all. Days are YYYY-MM-DD.
 * Source: Federal Reserve Financial Services, holiday schedule.
 */
export type BankCountry = 'US' | 'CA'

const holidaysByYear = { US: new Map<number, ReadonlySet<Day>>(), CA: new Map<number, ReadonlySet<Day>>() }

/** An instant on a day, at a whole hour UTC. */
export function instantOf(day: Day, hour = 0): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000)
}

export function isBankingDay(day: Day, country: BankCountry = 'US'): boolean {
  const weekday = weekdayOf(day)
  return weekday !== 0 && weekday !== 6 && !holidaysOf(Number(day.slice(0, 4)), country).has(day)
}

/** The day itself when banks settle on it, else the next one on which they do. */
export function onOrAfter(day: Day, country: BankCountry = 'US'): Day {
  let found = day
  while (!isBankingDay(found, country)) found = addDays(found, 1)
  return found
}

/** The `count`-th banking day after `day`; 0 gives the day itself or the next banking day. */
export function addBankingDays(day: Day, count: number, country: BankCountry = 'US'): Day {
  let found = onOrAfter(day, country)
  for (let left = count; left > 0; left -= 1) found = onOrAfter(addDays(found, 1), country)
  return found
}

/** The holidays of a year on which a country's banks do not settle, as they are kept. */
export function holidaysOf(year: number, country: BankCountry = 'US'): ReadonlySet<Day> {
  const known = holidaysByYear[country].get(year)
  if (known !== undefined) return known
  const holidays = new Set(country === 'CA' ? canadianHolidays(year) : federalReserveHolidays(year))
  holidaysByYear[country].set(year, holidays)
  return holidays
}

function federalReserveHolidays(year: number): Day[] {
  return [
    ...['01-01', '06-19', '07-04', '11-11', '12-25'].map((date) => mondayIfSunday(`${year}-${date}`)),
    nthWeekday(year, 1, 1, 3), // Martin Luther King Jr.
    nthWeekday(year, 2, 1, 3), // Washington's birthday
    lastMonday(year, 5), // Memorial Day
    nthWeekday(year, 9, 1, 1), // Labor Day
    nthWeekday(year, 10, 1, 2), // Columbus Day
    nthWeekday(year, 11, 4, 4), // Thanksgiving
  ]
}
