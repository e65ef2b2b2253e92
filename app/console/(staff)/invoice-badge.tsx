import { Status } from '@/components/ui/status'
import type { PlainDate } from '@/lib/base/clock'
import { daysBetween } from '@/lib/base/clock'
import type { InvoiceStatus } from '@/lib/billing/invoice'

type Props = {
  invoice: { status: InvoiceStatus; daysOverdue: number; dueOn: PlainDate; kind: string }
  today: PlainDate
}

/** The invoice's word, with the fact that goes with it. */
export function InvoiceBadge({ invoice: { status, daysOverdue, dueOn, kind }, today }: Props) {
  if (kind === 'credit_memo' && status !== 'void')
    return (
      <Status of="invoice" is="open">
        Credit memo
      </Status>
    )
  return (
    <Status of="invoice" is={status}>
      {status === 'overdue' ? overdue(daysOverdue) : status === 'due_soon' ? due(daysBetween(today, dueOn)) : undefined}
    </Status>
  )
}

function overdue(days: number): string {
  return days === 1 ? '1 day overdue' : `${days} days overdue`
}

function due(days: number): string {
  if (days <= 0) return 'Due today'
  return days === 1 ? 'Due tomorrow' : `Due in ${days} days`
}
