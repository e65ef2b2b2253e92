import type { Numbered } from './happenings.ts'

export type Tone = 'good' | 'move' | 'warn' | 'bad' | 'plain'

/** 4,913.14 and −3,904.50: the cells of one currency are bare. */
export function money(cents: number): string {
  const amount = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  return `${cents < 0 ? '\u2212' : ''}${amount.format(Math.abs(cents) / 100)}`
}

/** "Dec 2", with the year when it is another. */
export function dayWords(day: string, today: string): string {
  const isThisYear = day.slice(0, 4) === today.slice(0, 4)
  const words = new Intl.DateTimeFormat('en-US', {
    timeZone: 'UTC',
    month: 'short',
    day: 'numeric',
    ...(!isThisYear && { year: 'numeric' }),
  })
  return words.format(new Date(`${day}T00:00:00Z`))
}

/** "Fri, Nov 20, 2026, 10:42 AM" */
export function clockWords(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  }).format(at)
}

/** "10:42:07" */
export function secondWords(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' }).format(new Date(at))
}

/** "10:42" today, else the day. */
export function momentWords(at: string, now: Date, timeZone: string): string {
  const day = (time: Date) => new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(time)
  const time = new Date(at)
  if (day(time) !== day(now)) return dayWords(day(time), day(now))
  return new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format(time)
}

const serviceNames: Record<string, string> = {
  connectwise: 'ConnectWise',
  stripe: 'Stripe',
  quickbooksOnline: 'QuickBooks',
}

export function serviceWords(service: string): string {
  return serviceNames[service] ?? service
}

/** The part of an address that says something. */
export function whatWords(what: string): string {
  return what.replace(/\/v3\/company\/\d+/, '').replace(/\/v4_6_release\/apis\/3\.0/, '')
}

const toneOfOutcome: [RegExp, Tone, string][] = [
  [/^(2\d\d|3\d\d)$/, 'good', 'circle-check'],
  [/^(429|rate-limit)$/, 'warn', 'clock'],
  [/^4\d\d$/, 'warn', 'triangle-alert'],
  [/^5\d\d$/, 'bad', 'octagon-x'],
  [/^timeout/, 'bad', 'timer'],
  [/^(error|reset|truncated|html|refused|rejected|given up|taken, then)/, 'bad', 'octagon-x'],
  [/^(sent twice|reordered)/, 'warn', 'repeat'],
  [/^(lost|never|greylisted|not taken|not in|no such)/, 'warn', 'triangle-alert'],
]

/** How an outcome looks: its colour, its icon, and its words. */
export function outcomeLook({ outcome }: Numbered): { tone: Tone; icon: string; words: string } {
  const [, tone, icon] = toneOfOutcome.find(([pattern]) => pattern.test(outcome)) ?? [
    null,
    'good' as const,
    'circle-check',
  ]
  return { tone, icon, words: outcome.replaceAll('-', ' ') }
}
