import { addDays, type Day, nthWeekday, weekdayOf } from './weekdays.ts'

/**
 * Days on which Canada's clearing of debits rests: the holidays of federally regulated workplaces. One that falls on a
 * weekend is kept on the next working day; Boxing Day then makes room for Christmas. What only provinces keep, Quebec's
 * 24 June among them, does not stop the clearing. Source: Canada Labour Code, general holidays, and Boxing Day.
 */
export function canadianHolidays(year: number): Day[] {
  const kept: Day[] = [
    addDays(easterSunday(year), -2), // Good Friday
    mondayBefore(`${year}-05-25`), // Victoria Day
    nthWeekday(year, 9, 1, 1), // Labour Day
    nthWeekday(year, 10, 1, 2), // Thanksgiving
  ]
  for (const date of ['01-01', '07-01', '09-30', '11-11', '12-25', '12-26']) {
    let day: Day = `${year}-${date}`
    while (isWeekend(day) || kept.includes(day)) day = addDays(day, 1)
    kept.push(day)
  }
  return kept
}

function isWeekend(day: Day): boolean {
  return weekdayOf(day) === 0 || weekdayOf(day) === 6
}

function mondayBefore(day: Day): Day {
  let found = addDays(day, -1)
  while (weekdayOf(found) !== 1) found = addDays(found, -1)
  return found
}

/** The Gregorian rule, as Meeus, Jones and Butcher wrote it down. */
function easterSunday(year: number): Day {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const ofCentury = year % 100
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const moon = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - moon - (ofCentury % 4)) % 7
  const late = Math.floor((golden + 11 * moon + 22 * toSunday) / 451)
  const march = moon + toSunday - 7 * late + 114
  const [month, day] = [Math.floor(march / 31), (march % 31) + 1]
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
