import type { PlainDate } from '@/lib/base/clock'
import type { Locale } from './words'

/**
 * - `prose`: Wednesday, December 2
 * - `table`: Wed, Dec 2
 * - `plain`: December 2
 * - `document`: November 20, 2026
 * - `letter`: Wednesday, December 2, 2026
 */
export type DateStyle = 'prose' | 'table' | 'plain' | 'document' | 'letter'

const styles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  prose: { weekday: 'long', month: 'long', day: 'numeric' },
  table: { weekday: 'short', month: 'short', day: 'numeric' },
  plain: { month: 'long', day: 'numeric' },
  document: { month: 'long', day: 'numeric', year: 'numeric' },
  letter: { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' },
}
const formats = new Map<string, Intl.DateTimeFormat>()

function format(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  let known = formats.get(key)
  if (known === undefined) {
    known = new Intl.DateTimeFormat(locale, options)
    formats.set(key, known)
  }
  return known
}

/** A calendar date in words, with its year when that is not today's. */
export function formatDay(date: PlainDate, locale: Locale, style: DateStyle, today: PlainDate): string {
  const withYear = date.slice(0, 4) !== today.slice(0, 4)
  const options = { ...styles[style], ...(withYear ? { year: 'numeric' as const } : {}), timeZone: 'UTC' }
  return asWritten(format(locale, options).format(new Date(`${date}T00:00:00Z`)), locale)
}

/** French counts the first of a month: 1er décembre. `Intl` does not. */
function asWritten(date: string, locale: Locale): string {
  return locale === 'fr-CA' ? date.replace(/(?<!\S)1(?=\s\p{L})/u, '1er') : date
}

/** The month a date is in: November 2026. */
export function formatMonth(date: PlainDate, locale: Locale): string {
  return format(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))
}

/** A clock time with its zone, for receipts: Nov 20, 2026, 10:42 AM EST. */
export function formatInstant(at: Date, locale: Locale, timeZone: string): string {
  const options: Intl.DateTimeFormatOptions = {
    ...{ month: 'short', day: 'numeric', year: 'numeric' },
    ...{ hour: 'numeric', minute: '2-digit', timeZoneName: 'short', timeZone },
  }
  return asWritten(format(locale, options).format(at), locale)
}

/** Month and day apart, for a calendar leaf. */
export function formatLeaf(date: PlainDate, locale: Locale): { month: string; day: string } {
  const at = new Date(`${date}T00:00:00Z`)
  return {
    month: format(locale, { month: 'short', timeZone: 'UTC' }).format(at),
    day: format(locale, { day: 'numeric', timeZone: 'UTC' }).format(at),
  }
}
