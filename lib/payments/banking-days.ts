import { addDays, type PlainDate } from '@/lib/base/clock'
import { canadianHolidays } from './canadian-holidays'
import { nthWeekday, type WeekdayRule, weekdayOf } from './weekday'

/** Whose banks settle a payment. */
export type BankCountry = 'US' | 'CA'

/**
 * Holidays of the Federal Reserve Banks (holiday schedule, K.8): month, and the day or the weekday it falls on. One on a
 * Sunday is kept on Monday; one on a Saturday takes no Friday with it, which general calendars of US holidays get wrong.
 */
const fixed = ['01-01', '06-19', '07-04', '11-11', '12-25']
const floating: WeekdayRule[] = [
  { month: 1, weekday: 1, nth: 3 }, // Martin Luther King, Jr.
  { month: 2, weekday: 1, nth: 3 }, // Presidents
  { month: 5, weekday: 1, nth: -1 }, // Memorial
  { month: 9, weekday: 1, nth: 1 }, // Labor
  { month: 10, weekday: 1, nth: 2 }, // Columbus
  { month: 11, weekday: 4, nth: 4 }, // Thanksgiving
]
const holidaysByYear = { US: new Map<string, Set<PlainDate>>(), CA: new Map<string, Set<PlainDate>>() }

/** Whether banks settle on this date: no Saturdays, Sundays or holidays. */
export function isBankingDay(on: PlainDate, country: BankCountry = 'US'): boolean {
  const weekday = weekdayOf(on)
  return weekday !== 0 && weekday !== 6 && !holidaysOf(on.slice(0, 4), country).has(on)
}

/** The date `days` banking days after `from`. */
export function addBankingDays(from: PlainDate, days: number, country: BankCountry = 'US'): PlainDate {
  let on = from
  for (let left = days; left > 0; ) {
    on = addDays(on, 1)
    if (isBankingDay(on, country)) left -= 1
  }
  return on
}

/**
 * By when a debit sent on a date is known good: after four banking days in the US (Stripe, "ACH Direct Debit"), after
 * five in Canada (Stripe, "Pre-authorized debit").
 */
export function clearsOnOf(methodType: string | null | undefined, sentOn: PlainDate): PlainDate {
  return methodType === 'acss_debit' ? addBankingDays(sentOn, 5, 'CA') : addBankingDays(sentOn, 4)
}

/** The country whose banking days money in a currency keeps. */
export function bankCountryOf(currency: string): BankCountry {
  return currency === 'CAD' ? 'CA' : 'US'
}

function holidaysOf(year: string, country: BankCountry): Set<PlainDate> {
  const known = holidaysByYear[country].get(year)
  if (known !== undefined) return known
  const holidays = new Set(country === 'CA' ? canadianHolidays(year) : federalReserveHolidays(year))
  holidaysByYear[country].set(year, holidays)
  return holidays
}

function federalReserveHolidays(year: string): PlainDate[] {
  const kept = fixed.map((day) => `${year}-${day}`).map((on) => (weekdayOf(on) === 0 ? addDays(on, 1) : on))
  return [...kept, ...floating.map((rule) => nthWeekday(year, rule))]
}
