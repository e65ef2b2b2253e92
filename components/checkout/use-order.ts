'use client'

import { useState } from 'react'
import type { CheckoutFacts } from './checkout'
import { freshOrder, type OrderState, reckon } from './order-state'
import { storedOrder } from './stored-order'
import { useDraft } from './use-draft'

/** What is paid, as the person chooses it, and what that comes to. */
export function useOrder(facts: CheckoutFacts) {
  const ids = facts.order.invoices.map(({ invoiceId }) => invoiceId)
  const [state, setState, forget] = useDraft<OrderState>(`order:${ids.join()}`, freshOrder, storedOrder)
  // Once “Pay” was pressed, what is missing is said; before, nobody is told off.
  const [isPressed, setPressed] = useState(false)
  return { state, setState, forget, isPressed, setPressed, ...reckon(facts, state) }
}
export type UsedOrder = ReturnType<typeof useOrder>
