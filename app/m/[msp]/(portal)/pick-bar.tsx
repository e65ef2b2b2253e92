'use client'

import { buttonLook } from '@/components/ui/button-look'
import { formatMoney } from '@/lib/money/format'
import type { Money } from '@/lib/money/money'

export type PickWords = {
  /** Of the sum of nothing. */
  currency: string
  locale: string
  /** By how many are chosen: none, one, several with `#` for the number. */
  counts: { none: string; one: string; several: string }
  /** With `{amount}` for the sum. */
  pay: string
  /** That one payment takes one currency, where rows are of several. */
  oneCurrency?: string
}

/** How many invoices are chosen and what they come to, with the one button that leads to paying them. */
export function PickBar({ words, count, total }: { words: PickWords; count: number; total: Money }) {
  const { counts, pay, locale, oneCurrency } = words
  const said = count === 0 ? counts.none : count === 1 ? counts.one : counts.several.replace('#', String(count))
  return (
    <div className="sticky bottom-0 flex min-h-14 flex-wrap items-center justify-between gap-3 border-hairline border-t bg-sunken px-4.5 py-2.5 wide:px-6">
      <span role="status" className="text-sm text-text-2">
        {said}
        {oneCurrency !== undefined && <span className="block text-text-3 text-xs">{oneCurrency}</span>}
      </span>
      <button
        type="submit"
        disabled={count === 0}
        className={buttonLook('primary', 'small', 'min-h-11 disabled:cursor-default disabled:opacity-60')}
      >
        {pay.replace('{amount}', formatMoney(total, locale))}
      </button>
    </div>
  )
}
