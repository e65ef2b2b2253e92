'use client'

import { useState } from 'react'
import { buttonLook } from '@/components/ui/button-look'
import { AmountInput } from './amount-input'
import type { CheckoutFacts } from './checkout'
import { fill } from './fill'
import { ShortPay } from './short-pay'
import type { UsedOrder } from './use-order'

/** One invoice is paid whole unless somebody asks for another amount, where the MSP allows one. */
export function SingleOrder({ facts, used }: { facts: CheckoutFacts; used: UsedOrder }) {
  const { order, words } = facts
  const [isOpen, setOpen] = useState(false)
  const [invoice] = order.invoices
  if (invoice === undefined) return null
  const { invoiceId, number, held } = invoice
  const left = used.short.find((one) => one.invoiceId === invoiceId)
  const isShown = isOpen || used.state.texts[invoiceId] !== undefined
  const mayChange = order.partial !== undefined || order.keepsMore
  return (
    <>
      {held !== undefined && <p className="text-sm text-text-2">{held}</p>}
      {mayChange && !isShown && (
        <p>
          <button type="button" onClick={() => setOpen(true)} className={buttonLook('plain', 'small')}>
            {words.otherAmount}
          </button>
        </p>
      )}
      {mayChange && isShown && (
        <div className="grid gap-3">
          <div className="grid gap-1.5">
            <label htmlFor={`amount-${invoiceId}`} className="font-medium text-md">
              {fill(words.amountOn, { number })}
            </label>
            <AmountInput
              id={`amount-${invoiceId}`}
              invoice={invoice}
              facts={facts}
              used={used}
              className="w-full justify-items-stretch"
            />
          </div>
          {left !== undefined && <ShortPay invoice={invoice} leftMinor={left.leftMinor} facts={facts} used={used} />}
        </div>
      )}
    </>
  )
}
