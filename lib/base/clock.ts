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

/** The calendar date it is now in a time zone (IANA name). */
export function todayIn(timeZone: string, at: Date = now()): PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

export function addDays(date: PlainDate, days: number): PlainDate {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days
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
  const timer = setInterval(() => void read().catch(() => {}), 500)
  timer.unref()
  return () => clearInterval(timer)
}
