import { ShieldAlert } from 'lucide-react'
import { Notice } from '@/components/ui/notice'
import { statusLooks } from '@/components/ui/status-words'
import { todayIn } from '@/lib/base/clock'
import type { AttemptView } from '@/lib/payments/attempt'
import type { PaymentRecord } from '@/lib/reports/payment-record'
import { onDay } from '../../when'

/** What a person should know before the tables: why it failed, by when to answer, what we are still asking. */
export function Told({ attempt, record, timeZone }: { attempt: AttemptView; record: PaymentRecord; timeZone: string }) {
  const { state, failureReason, clearsOn } = attempt
  const today = todayIn(timeZone)
  switch (state) {
    case 'unknown':
      return (
        <Notice tone="warn" icon={statusLooks.attempt.unknown.icon} title="We have not heard back from Stripe.">
          The invoice stays locked, so nothing can be charged twice. We keep asking by ourselves; “Ask Stripe now” asks
          at once.
        </Notice>
      )
    case 'processing':
      return (
        <Notice tone="move" title="On its way, not paid yet.">
          {clearsOn === undefined ? 'The bank has not said by when.' : `It clears by ${onDay(clearsOn, today)}.`} Until
          then it is not written to the PSA, not posted and not counted.
        </Notice>
      )
    case 'failed':
      return (
        <Notice tone="bad" title="Nothing was charged.">
          {failureReason}
        </Notice>
      )
    case 'returned':
      return (
        <Notice tone="bad" icon={statusLooks.attempt.returned.icon} title="The bank took the money back.">
          {sentence(record.disputes.at(-1)?.reason ?? failureReason ?? 'No reason was given')} The invoices are open
          again.
        </Notice>
      )
    case 'disputed': {
      const due = record.disputes.at(-1)?.evidenceDueAt
      return (
        <Notice tone="talk" icon={ShieldAlert} title="The cardholder disputes it.">
          Answer it in Stripe{due === undefined ? '' : ` by ${onDay(todayIn(timeZone, due), today)}`}. The money is held
          until it is decided.
        </Notice>
      )
    }
    default:
      return null
  }
}

/** `insufficient_funds` as a sentence. */
function sentence(reason: string): string {
  const words = reason.replaceAll('_', ' ')
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`
}
