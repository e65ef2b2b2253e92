import type { ReactNode } from 'react'
import { formatMoney } from '@/lib/money/format'
import type { Money } from '@/lib/money/money'

type Sum = {
  key: string
  label: ReactNode
  amount: Money
  /** `total` adds up what stands above, under a stronger line. */
  weight?: 'plain' | 'quiet' | 'total'
}

/** Figures that add up by eye. */
export function Sums({ sums, locale, className = '' }: { sums: Sum[]; locale: string; className?: string }) {
  return (
    <dl className={`grid gap-2 tabular-nums ${className}`}>
      {sums.map(({ key, label, amount, weight = 'plain' }) => (
        <div
          key={key}
          className={
            weight === 'total'
              ? 'mt-0.5 flex justify-between gap-6 border-hairline-strong border-t pt-2.5 font-semibold text-text'
              : 'flex justify-between gap-6'
          }
        >
          <dt className={weight === 'quiet' ? 'text-text-2' : ''}>{label}</dt>
          <dd className="num">{formatMoney(amount, locale)}</dd>
        </div>
      ))}
    </dl>
  )
}
