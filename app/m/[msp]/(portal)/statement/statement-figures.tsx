import type { PlainDate } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import type { Statement } from '@/lib/reports/statement'
import { formatDay } from '@/messages/date'
import { type Locale, wordsIn } from '@/messages/words'

type Props = { statement: Statement; locale: Locale; today: PlainDate }

/** Opening and closing balance, and the two sums between them: they add up by eye. */
export function StatementFigures({ statement, locale, today }: Props) {
  const words = wordsIn(locale)
  const { from, to, opening, billed, paid, closing } = statement
  const day = (on: PlainDate) => formatDay(on, locale, 'plain', today)
  const figures = [
    { sign: '', label: words('statement.opening', { date: day(from) }), amount: opening },
    { sign: '+', label: words('statement.billed'), amount: billed },
    { sign: '−', label: words('statement.paid'), amount: paid },
    {
      sign: '=',
      label: to === today ? words('statement.closingToday') : words('statement.closing', { date: day(to) }),
      amount: closing,
    },
  ]
  return (
    <dl className="grid gap-4 rounded-brand-card border border-hairline bg-surface px-4.5 py-4.5 shadow-1 wide:grid-cols-4 wide:px-6">
      {figures.map(({ sign, label, amount }) => (
        // The sign is drawn, not written: between a term and its value nothing else may stand, and it says nothing read out.
        <div
          key={label}
          data-sign={sign}
          className="grid grid-cols-[1.5rem_1fr] gap-y-1 before:row-span-2 before:self-end before:text-text-3 before:content-[attr(data-sign)_/_''] wide:first:grid-cols-[1fr] wide:first:before:hidden"
        >
          <dt className="font-medium text-sm text-text-3">{label}</dt>
          <dd className="num font-semibold text-[19px] leading-[26px]">{formatMoney(amount, locale)}</dd>
        </div>
      ))}
    </dl>
  )
}
