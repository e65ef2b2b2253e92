'use client'

import { useId } from 'react'
import type { CheckoutFacts } from './checkout'
import type { UsedOrder } from './use-order'

/** Whether each invoice has its amount, or one sum pays the oldest first; where the MSP allows part payments. */
export function OrderBy({ facts: { order, words }, used }: { facts: CheckoutFacts; used: UsedOrder }) {
  const { state, setState } = used
  const name = useId()
  if (order.partial === undefined) return null
  return (
    <fieldset className="inline-flex gap-0.5 rounded-brand bg-hover p-0.5 shadow-[inset_0_0_0_1px_var(--hairline)]">
      <legend className="sr-only">{words.chooseWhat}</legend>
      {(['invoice', 'sum'] as const).map((by) => (
        <label
          key={by}
          className="inline-flex min-h-10 cursor-pointer items-center rounded-[calc(var(--brand-radius)-2px)] px-3.5 font-medium text-md text-text-2 has-checked:bg-surface has-checked:text-text has-checked:shadow-[var(--shadow-1),0_0_0_1px_var(--hairline-strong)] has-focus-visible:outline-2 has-focus-visible:outline-focus max-wide:min-h-11"
        >
          <input
            type="radio"
            name={name}
            checked={state.by === by}
            onChange={() => setState((before) => ({ ...before, by }))}
            className="sr-only"
          />
          {by === 'invoice' ? words.byInvoice : words.bySum}
        </label>
      ))}
    </fieldset>
  )
}
