import { Status } from '@/components/ui/status'
import { daysBetween, type PlainDate } from '@/lib/base/clock'
import type { InvoiceRow, InvoiceStatus } from '@/lib/billing/invoice'
import { type Locale, wordsIn } from '@/messages/words'

type Facts = Pick<InvoiceRow, 'kind' | 'status' | 'dueOn' | 'daysOverdue'>

/** Further off, the date says more than a count. */
const relativeDaysMax = 14

/** The one word an invoice goes by, with the fact that belongs to it, in the reader’s language. */
export function invoiceStatusWord(
  { kind, status, dueOn, daysOverdue }: Facts,
  locale: Locale,
  today: PlainDate,
): { status: InvoiceStatus; word: string } {
  const words = wordsIn(locale)
  // Nobody owes a credit memo, so it is neither due nor late.
  if (kind === 'credit_memo' && status !== 'void') return { status: 'open', word: words('status.credit') }
  switch (status) {
    case 'overdue':
      return { status, word: words('status.daysOverdue', { days: daysOverdue }) }
    // Whether we sent it and they saw it is our business; to the client it is open until it is due.
    case 'open':
    case 'sent':
    case 'viewed':
    case 'due_soon': {
      const days = daysBetween(today, dueOn)
      const word = days > relativeDaysMax ? words('status.invoice.open') : words('status.dueIn', { days })
      return { status: status === 'due_soon' ? status : 'open', word }
    }
    case 'on_its_way':
    case 'scheduled':
    case 'part_paid':
    case 'paid':
    case 'in_dispute':
    case 'failed':
    case 'returned':
    case 'void':
      return { status, word: words(`status.invoice.${status}`) }
  }
}

export function InvoiceStatusBadge({ invoice, locale, today }: { invoice: Facts; locale: Locale; today: PlainDate }) {
  const { status, word } = invoiceStatusWord(invoice, locale, today)
  return (
    <Status of="invoice" is={status}>
      {word}
    </Status>
  )
}
