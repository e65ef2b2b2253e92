import { Check, Download } from 'lucide-react'
import { Card } from '@/components/ui/card'
import { formatMoney } from '@/lib/money/format'
import type { AttemptView } from '@/lib/payments/attempt'
import { formatInstant } from '@/messages/date'
import { type Locale, listOf, wordsIn } from '@/messages/words'
import { PaymentSums } from './payment-sums'
import { ResultFrame, Strong } from './result-frame'

type Props = {
  attempt: AttemptView
  locale: Locale
  timeZone: string
  msp: string
  /** The number the receipt goes by, and where its PDF lies. */
  receipt: { number: string; href: string }
}

/** The money has moved: said only then. */
export function PaidResult({ attempt, locale, timeZone, msp, receipt }: Props) {
  const words = wordsIn(locale)
  const numbers = attempt.allocations.map(({ number }) => number)
  const invoices = words('result.invoices', { count: numbers.length, numbers: listOf(numbers, locale) })
  const amount = formatMoney(attempt.amount, locale)
  const { receiptEmail, methodLabel, succeededAt = attempt.stateAt } = attempt
  return (
    <ResultFrame
      tone="good"
      icon={Check}
      title={words('result.paidTitle')}
      text={
        <>
          {words.rich('result.paidText', { name: msp, amount, invoices, b: Strong })}{' '}
          {receiptEmail !== undefined && words('result.paidReceipt', { email: receiptEmail })}
        </>
      }
    >
      <Card
        foot={
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <span>
              {words('result.receipt', {
                number: receipt.number,
                time: formatInstant(succeededAt, locale, timeZone),
              })}
            </span>
            <a href={receipt.href} className="inline-flex items-center gap-1.5 py-0.5">
              <Download aria-hidden size={14} />
              {words('result.receiptPdf')}
            </a>
          </div>
        }
      >
        <PaymentSums
          attempt={attempt}
          locale={locale}
          total={
            methodLabel === undefined ? words('result.paidByUnknown') : words('result.paidBy', { method: methodLabel })
          }
        />
      </Card>
    </ResultFrame>
  )
}
