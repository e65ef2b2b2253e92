import type { AlreadyScheduled } from '@/components/checkout/when'
import type { PlainDate } from '@/lib/base/clock'
import { formatDay } from '@/messages/date'
import { type Locale, wordsIn } from '@/messages/words'

/** What a page says of an invoice that is set to be paid on a date; of the method it says nothing. */
export function alreadyScheduled(
  runOn: PlainDate | undefined,
  locale: Locale,
  today: PlainDate,
): AlreadyScheduled | undefined {
  if (runOn === undefined) return undefined
  const words = wordsIn(locale)
  const date = formatDay(runOn, locale, 'prose', today)
  return {
    text: words('when.already', { date }),
    agree: words('when.agreeReplace', { date }),
    mustAgree: words('when.mustAgree'),
  }
}
