import { daysBetween, type PlainDate, todayIn } from '@/lib/base/clock'

const cached = new Map<string, Intl.DateTimeFormat>()

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options)
  const known = cached.get(key) ?? new Intl.DateTimeFormat('en-US', options)
  cached.set(key, known)
  return known
}

/** `Wed, Dec 2`, with the year when it is not today's. */
export function onDay(on: PlainDate, today: PlainDate): string {
  return format({
    timeZone: 'UTC',
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    ...(on.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' }),
  }).format(noon(on))
}

/** `Wednesday, December 2, 2026`, in prose. */
export function onDayInFull(on: PlainDate): string {
  return format({ timeZone: 'UTC', weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' }).format(noon(on))
}

/** `November`, for the month a date lies in. */
export function monthOf(on: PlainDate): string {
  return format({ timeZone: 'UTC', month: 'long' }).format(noon(on))
}

/** `Fri` and `20`, under a bar. */
export function weekdayAndDay(on: PlainDate): [weekday: string, day: string] {
  return [format({ timeZone: 'UTC', weekday: 'short' }).format(noon(on)), String(Number(on.slice(8)))]
}

/** `10:42 AM` today, `Nov 18, 10:42 AM` before, with the year when it is not this one. */
export function at(instant: Date, timeZone: string, today: PlainDate = todayIn(timeZone)): string {
  const on = todayIn(timeZone, instant)
  const clock = format({ timeZone, hour: 'numeric', minute: '2-digit' }).format(instant)
  if (on === today) return clock
  const year = on.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' as const }
  return `${format({ timeZone, month: 'short', day: 'numeric', ...year }).format(instant)}, ${clock}`
}

/** `just now`, `41 min`, `3 hours`, `1 day`: how long ago, within a fortnight; older is a date. */
export function age(instant: Date, now: Date, timeZone: string): string {
  const minutes = Math.floor((now.getTime() - instant.getTime()) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return hours === 1 ? '1 hour' : `${hours} hours`
  const days = daysBetween(todayIn(timeZone, instant), todayIn(timeZone, now))
  if (days <= 14) return days === 1 ? '1 day' : `${days} days`
  return onDay(todayIn(timeZone, instant), todayIn(timeZone, now))
}

/** The same as a time before now: `41 min ago`; older than a fortnight, the date. */
export function ago(instant: Date, now: Date, timeZone: string): string {
  const said = age(instant, now, timeZone)
  return said === 'just now' || said.includes(',') ? said : `${said} ago`
}

/** `10:42 AM` today, `Nov 18` before: for a narrow column. */
export function clockOrDay(instant: Date, timeZone: string, today: PlainDate = todayIn(timeZone)): string {
  if (todayIn(timeZone, instant) !== today) return shortDay(instant, timeZone, today)
  return format({ timeZone, hour: 'numeric', minute: '2-digit' }).format(instant)
}

/** `Nov 18`, with the year when it is not this one: of what has a date and no clock. */
export function shortDay(instant: Date, timeZone: string, today: PlainDate = todayIn(timeZone)): string {
  const year = todayIn(timeZone, instant).slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' as const }
  return format({ timeZone, month: 'short', day: 'numeric', ...year }).format(instant)
}

function noon(on: PlainDate): Date {
  return new Date(`${on}T12:00:00Z`)
}
