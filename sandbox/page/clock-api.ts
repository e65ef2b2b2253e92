import { z } from 'zod'
import { addBankingDays } from '../bank/calendar.ts'
import { dayOf } from '../bank/weekdays.ts'
import type { SimClock } from '../kernel/clock.ts'
import { localDate, localInstant } from '../world/calendar.ts'

const hourMs = 3_600_000

/** One of: so many days or hours, until an instant or a day, until the next event, until the next banking day. */
export const advanceRequest = z.union([
  z.strictObject({ days: z.number().positive() }),
  z.strictObject({ hours: z.number().positive() }),
  z.strictObject({ to: z.union([z.iso.datetime({ offset: true }), z.iso.date()]) }),
  z.strictObject({ event: z.literal(true) }),
  z.strictObject({ bankingDay: z.literal(true) }),
])
type Advance = z.infer<typeof advanceRequest>

export function clockState(clock: SimClock) {
  const now = clock.now()
  return {
    now: now.toISOString(),
    /** What to add to the outside time; of no use while paused. */
    offsetMs: now.getTime() - Date.now(),
    paused: clock.paused,
    upcoming: clock.upcoming(),
  }
}

/** Winds the clock; resolves when everything that was due on the way has run. */
export async function advance(clock: SimClock, timeZone: string, wanted: Advance): Promise<void> {
  await clock.advanceTo(targetOf(clock, timeZone, wanted))
}

function targetOf(clock: SimClock, timeZone: string, wanted: Advance): Date {
  const now = clock.now()
  if ('days' in wanted) return new Date(now.getTime() + wanted.days * 24 * hourMs)
  if ('hours' in wanted) return new Date(now.getTime() + wanted.hours * hourMs)
  if ('to' in wanted) return wanted.to.includes('T') ? new Date(wanted.to) : morningOf(wanted.to, timeZone)
  if ('event' in wanted) return new Date(clock.upcoming(1)[0]?.at ?? now)
  const today = localDate(now, timeZone)
  const next = addBankingDays(dayOf(new Date(Date.parse(today) + 24 * hourMs)), 0)
  return lateMorningOf(next, timeZone)
}

function morningOf(day: string, timeZone: string): Date {
  return localInstant(day, 9, timeZone)
}

/** When the bank's files of the day have been worked off and payouts have arrived. */
function lateMorningOf(day: string, timeZone: string): Date {
  return localInstant(day, 11, timeZone)
}
