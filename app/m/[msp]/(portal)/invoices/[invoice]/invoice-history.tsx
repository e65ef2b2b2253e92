import { Ban, CircleArrowRight, CircleCheck, Eye, FileText, OctagonX, Send, Undo2 } from 'lucide-react'
import { Card } from '@/components/ui/card'
import { Timeline, type TimelineItem } from '@/components/ui/timeline'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import type { InvoiceView } from '@/lib/billing/invoice'
import { formatMoney } from '@/lib/money/format'
import type { AttemptView } from '@/lib/payments/attempt'
import { formatDay } from '@/messages/date'
import { methodName } from '@/messages/method-name'
import { type Locale, wordsIn } from '@/messages/words'

type Props = {
  invoice: InvoiceView
  attempts: AttemptView[]
  locale: Locale
  timeZone: string
  today: PlainDate
}

/** What happened to this invoice, the latest first. */
export function InvoiceHistory({ invoice, attempts, locale, timeZone, today }: Props) {
  const words = wordsIn(locale)
  const dayOf = (at: Date) => formatDay(todayIn(timeZone, at), locale, 'table', today)
  const payments = attempts.flatMap((attempt) => itemOf(attempt, locale, dayOf))
  const items: TimelineItem[] = [
    ...(invoice.state === 'void' ? [{ key: 'void', icon: Ban, title: words('portal.historyVoid'), time: '' }] : []),
    ...payments,
    ...(invoice.viewedAt === undefined
      ? []
      : [{ key: 'viewed', icon: Eye, title: words('portal.historyOpened'), time: dayOf(invoice.viewedAt) }]),
    ...(invoice.sentAt === undefined
      ? []
      : [{ key: 'sent', icon: Send, title: words('portal.historySent'), time: dayOf(invoice.sentAt) }]),
    {
      key: 'issued',
      icon: FileText,
      title: words('portal.historyIssued'),
      time: formatDay(invoice.issuedOn, locale, 'table', today),
    },
  ]
  return (
    <Card title={words('portal.history')}>
      <Timeline items={items} />
    </Card>
  )
}

function itemOf(attempt: AttemptView, locale: Locale, dayOf: (at: Date) => string): TimelineItem[] {
  const words = wordsIn(locale)
  const { id, state, stateAt, methodLabel, failureReason } = attempt
  const amount = formatMoney(attempt.amount, locale)
  const item = {
    key: id,
    time: dayOf(stateAt),
    ...(methodLabel === undefined ? {} : { detail: methodName(methodLabel, locale) }),
  }
  const reason = failureReason === undefined ? {} : { detail: failureReason }
  switch (state) {
    case 'succeeded':
    case 'disputed':
      return [{ ...item, icon: CircleCheck, tone: 'good', title: words('portal.historyPaid', { amount }) }]
    case 'part_refunded':
    case 'refunded':
      return [
        {
          ...item,
          icon: Undo2,
          title: words('portal.historyRefunded', { amount: formatMoney(attempt.refunded, locale) }),
        },
      ]
    case 'returned':
      return [{ ...item, ...reason, icon: Undo2, tone: 'bad', title: words('portal.historyReturned', { amount }) }]
    case 'failed':
      return [{ ...item, ...reason, icon: OctagonX, tone: 'bad', title: words('portal.historyFailed', { amount }) }]
    case 'processing':
      return [{ ...item, icon: CircleArrowRight, tone: 'move', title: words('portal.historyWay', { amount }) }]
    // Not finished, or given up before anything moved: nothing to tell yet.
    case 'created':
    case 'sent':
    case 'requires_action':
    case 'unknown':
    case 'canceled':
      return []
  }
}
