import type { InvoiceFact } from '@/components/embed/frame'
import type { PlainDate } from '@/lib/base/clock'
import type { InvoiceRow } from '@/lib/billing/invoice'
import { formatMoney } from '@/lib/money/format'
import { formatDay } from '@/messages/date'
import { type Locale, wordsIn } from '@/messages/words'

/** An invoice as a row of the widget: what it is for, when it is due, what is open. */
export function invoiceFact(
  { id, number, agreementName, status, dueOn, daysOverdue, balance }: InvoiceRow,
  locale: Locale,
  today: PlainDate,
): InvoiceFact {
  const words = wordsIn(locale)
  const numbered = words('result.invoice', { number })
  return {
    id,
    title: agreementName ?? numbered,
    number: agreementName === undefined ? '' : number,
    amount: formatMoney(balance, locale),
    badge:
      daysOverdue > 0
        ? { is: 'overdue', text: words('status.daysOverdue', { days: daysOverdue }) }
        : {
            is: status === 'due_soon' ? 'due_soon' : 'open',
            text: words('status.due', { date: formatDay(dueOn, locale, 'table', today) }),
          },
  }
}
