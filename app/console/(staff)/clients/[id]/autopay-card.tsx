import { Card } from '@/components/ui/card'
import type { AutopayNext, AutopayView } from '@/lib/autopay/autopay'
import type { PlainDate } from '@/lib/base/clock'
import type { Money } from '@/lib/money/money'
import { formatDay } from '@/messages/date'
import { cash } from '../../cash'

/** What the client lets us charge by itself, what comes next, and what waits for somebody. Only the client changes it. */
export function AutopayCard({ autopay, today }: { autopay: AutopayView; today: PlainDate }) {
  const { methodLabel, cap, sinceOn, noticeDays, failed, isMethodGone, next } = autopay
  const day = (on: PlainDate) => formatDay(on, 'en-US', 'table', today)
  return (
    <Card title="Automatic payment">
      <div className="grid gap-2 text-md">
        <p>
          On since {day(sinceOn)} with {methodLabel}
          {cap === undefined ? ', whatever an invoice comes to' : `, up to ${cash(cap)} an invoice`}. Notice goes out{' '}
          {noticeDays} days before.
        </p>
        {isMethodGone && <p className="text-warn">{methodLabel} cannot be charged any more.</p>}
        {failed !== undefined && (
          <p className="text-bad">
            The charge of {day(failed.on)} for invoice {failed.number} was not made. It is not tried again by itself.
          </p>
        )}
        {next.length > 0 && (
          <ul className="grid gap-1 text-text-2">
            {next.map((one) => (
              <li key={one.invoiceId} className="flex flex-wrap justify-between gap-x-4">
                <span>{says(one)}</span>
                <span className="num">{cash(one.amount)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  )

  function says(one: AutopayNext): string {
    return one.do === 'charge'
      ? `Invoice ${one.number} is charged on ${day(one.runOn)}, announced on ${day(one.noticeOn)}${after(one.credit)}`
      : `Invoice ${one.number} waits: ${reasons[one.because]}`
  }
}

function after(credit: Money): string {
  return credit.minor > 0n ? `, after ${cash(credit)} of credit` : ''
}

const reasons = {
  held: 'part of it is on hold',
  credit: 'the client has credit in the PSA that pays no invoice yet',
  'over-cap': 'it is above the client’s limit',
  'method-gone': 'the method cannot be charged',
  currency: 'it is in another currency',
}
