'use client'

import { Tick } from '@/components/ui/tick'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import type { CheckoutFacts } from './checkout'
import { fill } from './fill'
import { OrderRow } from './order-row'
import { SumField } from './sum-field'
import type { UsedOrder } from './use-order'

/** The invoices, which of them are paid and how much on each, or the one sum for all; edge to edge in what holds it. */
export function OrderList({ facts, used }: { facts: CheckoutFacts; used: UsedOrder }) {
  const { order, words, currency, locale } = facts
  const { state, setState } = used
  const chosen = order.invoices.filter(({ invoiceId }) => !state.out.includes(invoiceId)).length
  const total = order.invoices.length
  return (
    <>
      {state.by === 'sum' && (
        <div className="border-hairline border-b px-4.5 py-4 wide:px-6">
          <SumField facts={facts} used={used} />
        </div>
      )}
      {state.by === 'invoice' && (
        <div className="flex min-h-11 items-center justify-between gap-4 border-hairline border-b px-4.5 text-sm text-text-3 wide:px-6">
          <label htmlFor="order-all" className="flex min-h-11 cursor-pointer items-center gap-3.5">
            <Tick
              id="order-all"
              checked={chosen === total}
              aria-label={words.all}
              onChange={() =>
                setState((before) => ({
                  ...before,
                  out: chosen === total ? order.invoices.map(({ invoiceId }) => invoiceId) : [],
                }))
              }
            />
            <span aria-live="polite">{fill(words.chosen, { chosen: String(chosen), all: String(total) })}</span>
          </label>
          <span className="flex gap-4 text-right">
            {order.partial !== undefined && <span className="w-24 max-wide:hidden">{words.open}</span>}
            <span className="w-32">{words.payNow}</span>
          </span>
        </div>
      )}
      <ul>
        {order.invoices.map((invoice) => (
          <OrderRow key={invoice.invoiceId} invoice={invoice} facts={facts} used={used} />
        ))}
      </ul>
      {used.errors.sum !== undefined && state.by === 'invoice' && (
        <p role="alert" className="border-hairline border-t px-4.5 py-3 text-bad text-sm wide:px-6">
          {used.errors.sum}
        </p>
      )}
      {used.planned.ok && used.planned.plan.keptMinor > 0n && (
        <p className="border-hairline border-t bg-sunken px-4.5 py-3 text-sm text-text-2 wide:px-6">
          {words.kept}: {formatMoney(money(used.planned.plan.keptMinor, currency), locale)}
        </p>
      )}
    </>
  )
}
