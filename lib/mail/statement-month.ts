import { Temporal } from 'temporal-polyfill'
import type { PlainDate } from '@/lib/base/clock'

/** The first day of the month a date is in. */
export function monthOf(date: PlainDate): PlainDate {
  return Temporal.PlainDate.from(date).with({ day: 1 }).toString()
}

/** The whole month before the one a date is in, first and last day. */
export function monthBefore(date: PlainDate): { from: PlainDate; to: PlainDate } {
  const to = Temporal.PlainDate.from(monthOf(date)).subtract({ days: 1 })
  return { from: to.with({ day: 1 }).toString(), to: to.toString() }
}
