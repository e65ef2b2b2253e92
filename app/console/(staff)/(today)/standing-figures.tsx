import { ArrowDownRight, ArrowUpRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { monthBefore } from '@/lib/mail/statement-month'
import type { Standing } from '@/lib/reports/standing'
import type { Today } from '@/lib/reports/today'
import { cash } from '../cash'
import type { Figure } from '../figures'
import { monthOf } from '../when'

/** Four figures of the MSP's own currency; what stands in another is said beneath each, and added to none. */
export function standingFigures(today: Today): Figure[] {
  const { on, others } = today
  const figure = (label: string, of: (standing: Standing) => { value: ReactNode; note: ReactNode }): Figure => ({
    ...{ label, ...of(today) },
    others: others.map((other) => ({ currency: other.onItsWay.total.currency, ...of(other) })),
  })
  return [
    figure(`Collected in ${monthOf(on)}`, ({ figures: { collected, throughStripe } }) => ({
      value: cash(collected),
      note: `${cash(throughStripe)} of it through Stripe`,
    })),
    figure('On its way', ({ onItsWay: { total, count } }) => ({
      value: cash(total),
      note: `${count === 1 ? '1 bank debit' : `${count} bank debits`}, not counted as paid`,
    })),
    figure('Overdue', ({ figures: { overdue, toCollect } }) => ({
      value: cash(overdue),
      note: `${percentOf(overdue.minor, toCollect.minor)}% of ${cash(toCollect)} to collect`,
    })),
    figure('Days to pay, weighted', ({ figures: { daysToPay, daysToPayBefore, collected } }) => ({
      value: (
        <>
          {daysToPay === undefined ? '–' : daysToPay.toFixed(1)}
          {/* A number of days has no sign to tell whose it is. */}
          {others.length > 0 && <span className="font-normal text-sm text-text-3"> in {collected.currency}</span>}
        </>
      ),
      note: <Trend now={daysToPay} before={daysToPayBefore} month={monthOf(monthBefore(on).from)} />,
    })),
  ]
}

/** One decimal; of nothing, nothing. */
function percentOf(part: bigint, whole: bigint): string {
  return (whole === 0n ? 0 : Number((part * 1000n) / whole) / 10).toFixed(1)
}

function Trend({ now, before, month }: { now: number | undefined; before: number | undefined; month: string }) {
  if (now === undefined) return 'No invoice was settled this month yet'
  if (before === undefined) return 'Σ amount × days ÷ Σ amount'
  const change = Number(now.toFixed(1)) - Number(before.toFixed(1))
  if (Math.abs(change) < 0.05) return `As in ${month}`
  const fewer = change < 0
  const Icon = fewer ? ArrowDownRight : ArrowUpRight
  return (
    <span className={fewer ? 'text-good' : 'text-warn'}>
      <Icon aria-hidden size={14} className="mr-0.5 inline align-[-2px]" />
      {Math.abs(change).toFixed(1)} {fewer ? 'fewer' : 'more'} than {month}
    </span>
  )
}
