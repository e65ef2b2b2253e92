import { formatMoney } from '@/lib/money/format'
import type { Money } from '@/lib/money/money'

/** The console speaks American English whatever the clients read. `$4,913.14` */
export function cash(amount: Money): string {
  return formatMoney(amount, 'en-US')
}

/** `4,913.14`, in a table whose heading or total carries the sign. */
export function bare(amount: Money): string {
  return formatMoney(amount, 'en-US', { bare: true })
}

/** `$18.2k`, above a bar and nowhere else. */
export function short({ minor, currency }: Money): string {
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
  })
    .format(Number(minor) / 100)
    .replace('K', 'k')
}
