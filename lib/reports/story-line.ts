import type { PlainDate } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import type { Money } from '@/lib/money/money'

/** Who acted, for the line's icon. */
export type StoryActor = 'psa' | 'mail' | 'client' | 'payment' | 'bank' | 'refund' | 'books' | 'payout' | 'person'

export type StoryLine = {
  at: Date
  by: StoryActor
  tone: 'gray' | 'good' | 'move' | 'warn' | 'bad' | 'talk'
  /** One sentence in plain words. */
  text: string
  /** What else there is to know: reasons, what is next. */
  detail: string[]
  /** What this did to what is owed, and what was owed after it. Only lines the journal knows have them. */
  change?: Money
  balance?: Money
  /** Where to read on. */
  about?: { kind: 'attempt' | 'payout'; id: string }
}

/** A line before it has its place; of lines at the same instant the lower rank comes first. */
export type Told = Omit<StoryLine, 'detail' | 'balance'> & { detail?: string[]; rank: number }

/** Writes amounts in the reader's way. */
export function amountsIn(locale: string): (amount: Money) => string {
  return (amount) => formatMoney(amount, locale)
}

/** `Wednesday, December 2, 2026`. A calendar date has no zone; UTC keeps it where it is. */
export function dayIn(locale: string): (on: PlainDate) => string {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    year: 'numeric',
  })
  return (on) => format.format(new Date(`${on}T12:00:00Z`))
}
