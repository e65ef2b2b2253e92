import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import type { PlainDate } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import type { AttemptView } from '@/lib/payments/attempt'
import { formatDay } from '@/messages/date'
import { type Locale, listOf, wordsIn } from '@/messages/words'
import { PaymentSums } from './payment-sums'
import { ResultFrame, Strong } from './result-frame'

type Props = { attempt: AttemptView; locale: Locale; sentOn: PlainDate; today: PlainDate }

/** A bank debit was asked for. It is not paid before the bank clears it, and no word here says so. */
export function OnItsWayResult({ attempt, locale, sentOn, today }: Props) {
  const words = wordsIn(locale)
  const { methodLabel, clearsOn } = attempt
  const numbers = attempt.allocations.map(({ number }) => number)
  const invoices = words('result.invoices', { count: numbers.length, numbers: listOf(numbers, locale) })
  const facts = { amount: formatMoney(attempt.amount, locale), b: Strong }
  return (
    <ResultFrame
      tone="move"
      icon={ArrowRight}
      title={words('result.wayTitle')}
      text={
        methodLabel === undefined
          ? words.rich('result.wayTextPlain', facts)
          : words.rich('result.wayText', { ...facts, method: methodLabel })
      }
    >
      <Card foot={words('result.wayFoot', { invoices })}>
        <div className="grid gap-6">
          <ol className="grid auto-cols-fr grid-flow-col text-sm leading-[18px]">
            <Step name={words('result.stepSent')} state="done">
              {formatDay(sentOn, locale, 'table', today)}
            </Step>
            <Step name={words('result.stepClearing')} state="now">
              {words('result.stepInProgress')}
            </Step>
            <Step name={words('result.stepPaid')} state="next">
              {clearsOn !== undefined && words('result.stepBy', { date: formatDay(clearsOn, locale, 'table', today) })}
            </Step>
          </ol>
          <hr className="border-hairline border-t" />
          <PaymentSums attempt={attempt} locale={locale} total={methodLabel ?? words('portal.total')} />
        </div>
      </Card>
    </ResultFrame>
  )
}

const looks = {
  done: {
    dot: 'border-move-solid bg-move-solid',
    line: 'after:bg-move-solid',
    text: 'text-text',
  },
  now: {
    dot: 'border-move-solid bg-surface shadow-[0_0_0_4px_var(--move-bg)]',
    line: 'after:bg-hairline-strong',
    text: 'font-medium text-text',
  },
  next: { dot: 'border-edge bg-surface', line: 'after:hidden', text: 'text-text-3' },
}

function Step({ name, state, children }: { name: string; state: keyof typeof looks; children: ReactNode }) {
  const { dot, line, text } = looks[state]
  return (
    <li
      aria-current={state === 'now' ? 'step' : undefined}
      className={`relative pt-6 after:absolute after:top-[9px] after:right-1.5 after:left-4.5 after:h-0.5 after:content-[""] ${line} ${text}`}
    >
      <span aria-hidden className={`absolute top-1 left-0 z-1 size-3 rounded-full border-2 ${dot}`} />
      {name}
      <br />
      <span className="font-normal text-text-3 tabular-nums">{children}</span>
    </li>
  )
}
