'use client'

import { TextField } from '@/components/ui/text-field'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import { readAmount } from '@/lib/money/read-amount'
import type { CheckoutFacts } from './checkout'
import type { UsedOrder } from './use-order'

/** One amount for everything that is open: the oldest is paid first. */
export function SumField({ facts, used }: { facts: CheckoutFacts; used: UsedOrder }) {
  const { currency, locale, words } = facts
  const type = (sum: string) => used.setState((before) => ({ ...before, sum }))
  return (
    <TextField
      id="order-sum"
      label={words.sumLabel}
      inputMode="decimal"
      autoComplete="off"
      value={used.state.sum}
      onChange={(event) => type(event.target.value)}
      onBlur={(event) => {
        const read = readAmount(event.target.value, currency)
        if (read !== undefined) type(formatMoney(money(read, currency), locale, { bare: true }))
      }}
      error={used.state.sum === '' ? undefined : used.errors.sum}
      className="max-w-72"
    />
  )
}
