import type { ReactNode } from 'react'
import { formatMoney } from '@/lib/money/format'
import type { Money } from '@/lib/money/money'
import { SumRows } from './sum-rows'

type Sum = { key: string; label: ReactNode; amount: Money; weight?: 'plain' | 'quiet' | 'total' }

/** Figures that add up by eye, written in the reader’s language. */
export function Sums({ sums, locale, className = '' }: { sums: Sum[]; locale: string; className?: string }) {
  return (
    <SumRows
      className={className}
      sums={sums.map(({ amount, weight = 'plain', ...row }) => ({ ...row, weight, text: formatMoney(amount, locale) }))}
    />
  )
}
