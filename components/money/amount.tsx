import { formatMoney } from '@/lib/money/format'
import type { Money } from '@/lib/money/money'

type Props = {
  of: Money
  locale: string
  /** A change carries its sign: +$589.62. */
  sign?: boolean
  className?: string
}

/** An amount in figures of one width, never broken over two lines. */
export function Amount({ of, locale, sign = false, className }: Props) {
  return (
    <span className={className === undefined ? 'num' : `num ${className}`}>{formatMoney(of, locale, { sign })}</span>
  )
}
