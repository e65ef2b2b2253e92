/**
 * Days on which US banks settle: Monday to Friday without the holidays of the Federal Reserve. A holiday on a Sunday
 * is kept on Monday; one on a Saturday is not kept at all. Days are YYYY-MM-DD.
 * Source: Federal Reserve Financial Services, holiday schedule.
 */
export type Day = string

const dayMs = 86_400_000
const holidaysByYear = new Map<number, ReadonlySet<Day>>()

/** The UTC day of an instant. */
export function dayOf(instant: Date): Day {
  return instant.toISOString().slice(0, 10)
}

/** An instant on a day, at a whole hour UTC. */
export function instantOf(day: Day, hour = 0): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000)
}

export function addDays(day: Day, count: number): Day {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs))
}

export function isBankingDay(day: Day): boolean {
  const weekday = weekdayOf(day)
  return weekday !== 0 && weekday !== 6 && !holidaysOf(Number(day.slice(0, 4))).has(day)
}

/** The day itself when banks settle on it, else the next one on which they do. */
export function onOrAfter(day: Day): Day {
  let found = day
  while (!isBankingDay(found)) found = addDays(found, 1)
  return found
}

/** The `count`-th banking day after `day`; 0 gives the day itself or the next banking day. */
export function addBankingDays(day: Day, count: number): Day {
  let found = onOrAfter(day)
  for (let left = count; left > 0; left -= 1) found = onOrAfter(addDays(found, 1))
  return found
}

/** The Federal Reserve's holidays of a year, as they are kept. */
export function holidaysOf(year: number): ReadonlySet<Day> {
  const known = holidaysByYear.get(year)
  if (known !== undefined) return known
  const holidays = new Set([
    ...['01-01', '06-19', '07-04', '11-11', '12-25'].map((date) => mondayIfSunday(`${year}-${date}`)),
    nthWeekday(year, 1, 1, 3), // Martin Luther King Jr.
    nthWeekday(year, 2, 1, 3), // Washington's birthday
    lastMonday(year, 5), // Memorial Day
    nthWeekday(year, 9, 1, 1), // Labor Day
    nthWeekday(year, 10, 1, 2), // Columbus Day
    nthWeekday(year, 11, 4, 4), // Thanksgiving
  ])
  holidaysByYear.set(year, holidays)
  return holidays
}

function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}

function mondayIfSunday(day: Day): Day {
  return weekdayOf(day) === 0 ? addDays(day, 1) : day
}

function nthWeekday(year: number, month: number, weekday: number, nth: number): Day {
  const first = `${year}-${String(month).padStart(2, '0')}-01`
  return addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + (nth - 1) * 7)
}

function lastMonday(year: number, month: number): Day {
  const fifth = nthWeekday(year, month, 1, 5)
  return Number(fifth.slice(5, 7)) === month ? fifth : addDays(fifth, -7)
}
