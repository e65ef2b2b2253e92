import { addDays, type PlainDate } from '@/lib/base/clock'

/** `nth` -1 is the last one of the month; `weekday` 0 is Sunday. */
export type WeekdayRule = { month: number; weekday: number; nth: number }

export function nthWeekday(year: string, { month, weekday, nth }: WeekdayRule): PlainDate {
  const start = `${year}-${String(month).padStart(2, '0')}-01`
  const first = addDays(start, (weekday - weekdayOf(start) + 7) % 7)
  if (nth > 0) return addDays(first, 7 * (nth - 1))
  const fifth = addDays(first, 28)
  return fifth.slice(0, 7) === start.slice(0, 7) ? fifth : addDays(first, 21)
}

/** 0 is Sunday. */
export function weekdayOf(on: PlainDate): number {
  return new Date(`${on}T12:00:00Z`).getUTCDay()
}
