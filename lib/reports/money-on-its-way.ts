import { addDays, type PlainDate } from '@/lib/base/clock'
import { type Money, money } from '@/lib/money/money'

/** One day of the chart. On a day that is not `open`, nothing can clear. */
export type WayDay = { on: PlainDate; amount: Money; count: number; open: boolean }

export type MoneyOnItsWay = {
  total: Money
  count: number
  days: WayDay[]
  /** Said to be through by a day before the first one shown, and not heard of yet. */
  late: Money
}

/** This many days are shown at least, so that the chart keeps its shape; beyond them only days on which something clears. */
const daysShownMin = 5

/**
 * Bank debits under way, by the day they clear at the latest. Weekends are left out unless something falls on them;
 * bank holidays stay, as days on which nothing can happen.
 */
export function moneyOnItsWay(
  debits: { clearsOn: PlainDate | null; minor: bigint; count: number }[],
  currency: string,
  today: PlainDate,
  isBankingDay: (on: PlainDate) => boolean,
): MoneyOnItsWay {
  const byDay = new Map<PlainDate, { minor: bigint; count: number }>()
  let lateMinor = 0n
  for (const { clearsOn, minor, count } of debits) {
    if (clearsOn === null || clearsOn < today) lateMinor += minor
    else {
      const known = byDay.get(clearsOn)
      byDay.set(clearsOn, { minor: (known?.minor ?? 0n) + minor, count: (known?.count ?? 0) + count })
    }
  }
  const last = [...byDay.keys()].sort().at(-1) ?? today
  const days: WayDay[] = []
  for (let on = today; days.length < daysShownMin || on <= last; on = addDays(on, 1)) {
    const due = byDay.get(on)
    if (due === undefined && (isWeekend(on) || days.length >= daysShownMin)) continue
    days.push({
      on,
      amount: money(due?.minor ?? 0n, currency),
      count: due?.count ?? 0,
      open: due !== undefined || isBankingDay(on),
    })
  }
  return {
    total: money(
      debits.reduce((sum, { minor }) => sum + minor, 0n),
      currency,
    ),
    count: debits.reduce((sum, { count }) => sum + count, 0),
    days,
    late: money(lateMinor, currency),
  }
}

function isWeekend(on: PlainDate): boolean {
  const weekday = new Date(`${on}T12:00:00Z`).getUTCDay()
  return weekday === 0 || weekday === 6
}
