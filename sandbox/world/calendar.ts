/** Calendar dates, told as YYYY-MM-DD and reckoned as whole days since 1970. */
const dayMs = 86_400_000
const told = new Map<number, string>()

export function dayOf(date: string): number {
  const day = Date.parse(`${date}T00:00:00Z`) / dayMs
  if (!Number.isInteger(day)) throw new Error(`${date} is not a date`)
  return day
}

export function dateOf(day: number): string {
  let date = told.get(day)
  if (date === undefined) {
    date = new Date(day * dayMs).toISOString().slice(0, 10)
    told.set(day, date)
  }
  return date
}

export function addDays(date: string, days: number): string {
  return dateOf(dayOf(date) + days)
}

/** The same day, or the Monday after it. */
export function weekday(day: number): number {
  const name = (day + 4) % 7 // 0 is Sunday; 1970 began on a Thursday
  return name === 6 ? day + 2 : name === 0 ? day + 1 : day
}

/** The given day of the month that lies `back` months before that of `date`. `dayOfMonth` at most 28. */
export function dayInMonth(date: string, back: number, dayOfMonth: number): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1 - back, dayOfMonth) / dayMs
}

const months = new Map<string, string>()

/** "November 2026", in the language asked for. */
export function monthAndYear(date: string, language: 'en' | 'fr'): string {
  const key = `${language}${date.slice(0, 7)}`
  let text = months.get(key)
  if (text === undefined) {
    const words = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' })
    text = words.format(new Date(`${date}T00:00:00Z`))
    months.set(key, text)
  }
  return text
}

/** The calendar date at an instant, where the MSP is. */
export function localDate(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at)
}

/** The instant at which clocks in the zone show the hour on the date. */
export function localInstant(date: string, hour: number, timeZone: string): Date {
  const wanted = Date.parse(`${date}T${String(hour).padStart(2, '0')}:00:00Z`)
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  const offset = Date.parse(`${shown.format(new Date(wanted)).replace(' ', 'T')}Z`) - wanted
  return new Date(wanted - offset)
}
