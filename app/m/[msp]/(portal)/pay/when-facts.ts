import type { WhenFacts } from '@/components/checkout/when'
import { daysBetween, type PlainDate } from '@/lib/base/clock'
import { clearsAfter, datesFor } from '@/lib/payments/scheduled'
import { formatDay } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import type { Visitor } from '../visitor'

/**
 * The dates these invoices can be set for, with what happens on each; nothing when all are due.
 * @param creditMinor the client's credit that no payment for a date counts on yet
 */
export function whenFacts(
  { locale, today, href }: Visitor,
  dueOn: PlainDate[],
  creditMinor: bigint,
): WhenFacts | undefined {
  const words = wordsIn(locale)
  const dates = datesFor(dueOn, today)
  if (dates.length === 0) return undefined
  const day = (on: PlainDate) => formatDay(on, locale, 'prose', today)
  const last = dueOn.toSorted()[0] ?? today
  return {
    creditMinor: creditMinor.toString(),
    dates: dates.map((on) => {
      const { takenUpOn, clearsOn } = clearsAfter(on)
      const clears = formatDay(clearsOn, locale, 'table', today)
      const bank =
        takenUpOn === on
          ? words('when.bank', { date: day(on), clears })
          : words('when.bankClosed', { date: day(on), taken: day(takenUpOn), clears })
      return {
        on,
        name: words('when.dateName', { date: formatDay(on, locale, 'table', today), days: daysBetween(today, on) }),
        bank: clearsOn > last ? `${bank} ${words('when.late')}` : bank,
        card: words('when.card', { date: day(on) }),
      }
    }),
    words: {
      title: words('when.title'),
      now: words('when.now'),
      later: words('when.later'),
      date: words('when.date'),
      button: words('when.button'),
      setting: words('when.setting'),
      agreement: words('when.agreement'),
      savesToo: words('when.savesToo'),
      needsSaved: words('when.needsSaved'),
      saveFirst: { text: words('when.saveFirst'), href: href('/methods') },
    },
  }
}
