import { Status } from '@/components/ui/status'
import { daysBetween, type PlainDate } from '@/lib/base/clock'
import type { InvoiceRow } from '@/lib/billing/invoice'
import { type Locale, wordsIn } from '@/messages/words'

/** Further off, the date says more than a count. */
const relativeDaysMax = 14

type Props = {
  invoice: Pick<InvoiceRow, 'status' | 'dueOn' | 'daysOverdue'>
  locale: Locale
  today: PlainDate
}

/** The one word an invoice goes by, with the fact that belongs to it. */
export function InvoiceStatusBadge({ invoice, locale, today }: Props) {
  const words = wordsIn(locale)
  const { status, dueOn, daysOverdue } = invoice
  const days = daysBetween(today, dueOn)
  switch (status) {
    case 'overdue':
      return (
        <Status of="invoice" is={status}>
          {words('status.daysOverdue', { days: daysOverdue })}
        </Status>
      )
    // Whether we sent it and they saw it is our business; to the client it is open until it is due.
    case 'open':
    case 'sent':
    case 'viewed':
    case 'due_soon':
      return (
        <Status of="invoice" is={status === 'due_soon' ? status : 'open'}>
          {days > relativeDaysMax ? words('status.invoice.open') : words('status.dueIn', { days })}
        </Status>
      )
    default:
      return (
        <Status of="invoice" is={status}>
          {words(`status.invoice.${status}`)}
        </Status>
      )
  }
}
