'use client'

import { classes } from '@/components/ui/classes'
import { inputLook } from '@/components/ui/input-look'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import { readAmount } from '@/lib/money/read-amount'
import type { CheckoutFacts, OrderInvoice } from './checkout'
import { fill } from './fill'
import type { UsedOrder } from './use-order'

type Props = {
  id: string
  invoice: OrderInvoice
  facts: CheckoutFacts
  used: UsedOrder
  isOff?: boolean
  className?: string
}

/** How much is paid on one invoice. Written out again when it is left, so that a slip shows. */
export function AmountInput({ id, invoice, facts, used, isOff = false, className = 'w-32' }: Props) {
  const { currency, locale, words } = facts
  const { invoiceId, number, payableMinor } = invoice
  const bare = (minor: bigint) => formatMoney(money(minor, currency), locale, { bare: true })
  const error = isOff ? undefined : used.errors[invoiceId]
  const type = (text: string) =>
    used.setState((before) => ({ ...before, texts: { ...before.texts, [invoiceId]: text } }))
  return (
    <span className={classes('grid justify-items-end gap-1', className)}>
      <input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        disabled={isOff}
        aria-label={fill(words.amountOn, { number })}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        value={isOff ? bare(0n) : (used.state.texts[invoiceId] ?? bare(BigInt(payableMinor)))}
        onChange={(event) => type(event.target.value)}
        onBlur={(event) => {
          const read = readAmount(event.target.value, currency)
          if (read !== undefined) type(bare(read))
        }}
        className={classes(inputLook, 'text-right tabular-nums disabled:text-text-3')}
      />
      {error !== undefined && (
        <span id={`${id}-error`} className="text-bad text-sm leading-[18px]">
          {error}
        </span>
      )}
    </span>
  )
}
