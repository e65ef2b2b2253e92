import { Temporal } from 'temporal-polyfill'
import { env } from './env'

/** A calendar date, `YYYY-MM-DD`. Compares as text. */
export type PlainDate = string

// Next loads this file once for its routes and once for instrumentation.ts: both must tell the same time.
const shared = globalThis as { closeloopClockOffsetMs?: number }
const offsetMs = () => shared.closeloopClockOffsetMs ?? 0

/** The only "now" of the product: in sandbox mode it is the simulated world's, elsewhere the machine's. */
export function now(): Date {
  return new Date(Date.now() + offsetMs())
}

const calendars = new Map<string, Intl.DateTimeFormat>()

/** The calendar date it is now in a time zone (IANA name). Sweden writes dates as ISO does. */
export function todayIn(timeZone: string, at: Date = now()): PlainDate {
  // Every payment and every page asks, and making a formatter costs more than all else they compute.
  const calendar = calendars.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone })
  calendars.set(timeZone, calendar)
  return calendar.format(at)
}

export function addDays(date: PlainDate, days: number): PlainDate {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

const DAY_MS = 86_400_000

/** Whole days from `from` to `to`; negative when `to` is earlier. In UTC every day is as long as the others. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS
}

/** Tests and the simulated world wind it. */
export function windClock(toOffsetMs: number): void {
  shared.closeloopClockOffsetMs = toOffsetMs
}

/**
 * In sandbox mode, follows the simulated clock; `onJump` is told when it moved by more than a minute, so that what is
 * due by then runs at once. Returns a function that stops following.
 */
export async function followSandboxClock(onJump: () => void = () => {}): Promise<() => void> {
  const { SANDBOX_CLOCK_URL: url } = env()
  if (url === '') return () => {}
  const read = async () => {
    const response = await fetch(`${url}/clock`, { signal: AbortSignal.timeout(2_000) })
    const { now: there } = (await response.json()) as { now: string }
    const before = offsetMs()
    windClock(new Date(there).getTime() - Date.now())
    if (Math.abs(offsetMs() - before) > 60_000) onJump()
  }
  await read()
  // A clock that cannot be reached for a moment keeps running at the last offset.
  const timer = setInterval(() => void read().catch(() => {}), 200)
  timer.unref()
  return () => clearInterval(timer)
}
