import { Status } from '@/components/ui/status'
import { daysBetween, type PlainDate } from '@/lib/base/clock'
import type { InvoiceRow } from '@/lib/billing/invoice'
import { formatDay } from '@/messages/date'
import { type Locale, wordsIn } from '@/messages/words'

type Props = { invoice: Pick<InvoiceRow, 'status' | 'dueOn' | 'daysOverdue'>; locale: Locale; today: PlainDate }

const relativeDaysMax = 14

/** When it is due, in words: the date, and how far off it is when that is near. */
export function DueBadge({ invoice, locale, today }: Props) {
  const words = wordsIn(locale)
  const { dueOn, daysOverdue } = invoice
  const days = daysBetween(today, dueOn)
  const date = formatDay(dueOn, locale, 'prose', today)
  if (daysOverdue > 0)
    return (
      <>
        <Status of="invoice" is="overdue">
          {words('status.daysOverdue', { days: daysOverdue })}
        </Status>
        <span className="text-sm text-text-3">{words('status.due', { date })}</span>
      </>
    )
  return (
    <>
      <Status of="invoice" is={invoice.status === 'due_soon' ? 'due_soon' : 'open'}>
        {words('status.due', { date })}
      </Status>
      {days >= 0 && days <= relativeDaysMax && (
        <span className="text-sm text-text-3">{words('status.inDays', { days })}</span>
      )}
    </>
  )
}
