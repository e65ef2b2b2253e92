'use client'

import { Badge } from '@/components/ui/badge'
import { invoiceLooks } from '@/components/ui/invoice-looks'
import { Tick } from '@/components/ui/tick'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import { AmountInput } from './amount-input'
import type { CheckoutFacts, OrderInvoice } from './checkout'
import { ShortPay } from './short-pay'
import type { UsedOrder } from './use-order'

type Props = { invoice: OrderInvoice; facts: CheckoutFacts; used: UsedOrder }

/** One invoice of the order: chosen or not, what is open, what is paid now, and why it is less. */
export function OrderRow({ invoice, facts, used }: Props) {
  const { order, currency, locale } = facts
  const { state, setState, planned, short } = used
  const { invoiceId, number, title, isNamed, badge, payableMinor, held } = invoice
  const look = invoiceLooks[badge.is]
  const isOut = state.by === 'invoice' && state.out.includes(invoiceId)
  const share = planned.ok ? planned.plan.shares.find((one) => one.invoiceId === invoiceId) : undefined
  const open = formatMoney(money(BigInt(payableMinor), currency), locale)
  const isTyped = state.by === 'invoice' && order.partial !== undefined
  const left = short.find((one) => one.invoiceId === invoiceId)
  return (
    <li className="grid gap-3 border-hairline px-4.5 py-4 wide:px-6 [&+&]:border-t">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <label htmlFor={`pay-${invoiceId}`} className="flex min-w-0 cursor-pointer items-start gap-3.5">
          {state.by === 'invoice' && (
            <span className="pt-1">
              <Tick
                id={`pay-${invoiceId}`}
                checked={!isOut}
                onChange={() =>
                  setState((before) => ({
                    ...before,
                    out: isOut ? before.out.filter((id) => id !== invoiceId) : [...before.out, invoiceId],
                  }))
                }
              />
            </span>
          )}
          <span className="grid gap-1">
            <span className="font-medium">{title}</span>
            <span className="flex flex-wrap items-center gap-2 text-sm text-text-3">
              <Badge tone={look.tone} icon={look.icon}>
                {badge.word}
              </Badge>
              {isNamed && <span className="num">{number}</span>}
            </span>
            {held !== undefined && <span className="text-sm text-text-2">{held}</span>}
          </span>
        </label>
        <span className="ml-auto flex items-center gap-4">
          {isTyped && <span className="num w-24 text-right text-text-2 max-wide:hidden">{open}</span>}
          {isTyped ? (
            <AmountInput id={`amount-${invoiceId}`} invoice={invoice} facts={facts} used={used} isOff={isOut} />
          ) : (
            <span className={`num w-32 text-right ${share === undefined ? 'text-text-3' : 'font-medium'}`}>
              {state.by === 'sum'
                ? formatMoney(money(share?.minor ?? 0n, currency), locale)
                : formatMoney(money(isOut ? 0n : BigInt(payableMinor), currency), locale)}
            </span>
          )}
        </span>
      </div>
      {left !== undefined && <ShortPay invoice={invoice} leftMinor={left.leftMinor} facts={facts} used={used} />}
    </li>
  )
}
