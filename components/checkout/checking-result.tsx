import { CircleQuestionMark } from 'lucide-react'
import { Card } from '@/components/ui/card'
import { formatMoney } from '@/lib/money/format'
import type { AttemptView } from '@/lib/payments/attempt'
import { type Locale, wordsIn } from '@/messages/words'
import { KeepAsking } from './keep-asking'
import { PaymentSums } from './payment-sums'
import { ResultFrame, Strong } from './result-frame'

type Props = { attempt: AttemptView; locale: Locale; ask: () => Promise<unknown> }

/** Nobody knows yet. Nothing here offers to try again. */
export function CheckingResult({ attempt, locale, ask }: Props) {
  const words = wordsIn(locale)
  const amount = formatMoney(attempt.amount, locale)
  return (
    <ResultFrame
      tone="warn"
      icon={CircleQuestionMark}
      title={words('result.checkingTitle')}
      text={words.rich('result.checkingText', { amount, b: Strong })}
    >
      <Card foot={words('result.checkingNext')}>
        <PaymentSums attempt={attempt} locale={locale} total={words('portal.total')} />
      </Card>
      <KeepAsking ask={ask} />
    </ResultFrame>
  )
}
