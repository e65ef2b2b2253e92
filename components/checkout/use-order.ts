'use client'

import { useState } from 'react'
import * as z from 'zod/mini'
import { type CheckoutFacts, shortCodes } from './checkout'
import { freshOrder, type OrderState, reckon } from './order-state'
import { useDraft } from './use-draft'

const Stored = z.object({
  by: z.enum(['invoice', 'sum']),
  out: z.array(z.string()),
  texts: z.record(z.string(), z.string()),
  sum: z.string(),
  reasons: z.record(z.string(), z.object({ code: z.enum(shortCodes), text: z.string() })),
})

/** What is paid, as the person chooses it, and what that comes to. */
export function useOrder(facts: CheckoutFacts) {
  const ids = facts.order.invoices.map(({ invoiceId }) => invoiceId)
  const [state, setState, forget] = useDraft<OrderState>(`order:${ids.join()}`, freshOrder, (stored) => {
    const read = Stored.safeParse(stored)
    return read.success ? read.data : undefined
  })
  // Once “Pay” was pressed, what is missing is said; before, nobody is told off.
  const [isPressed, setPressed] = useState(false)
  return { state, setState, forget, isPressed, setPressed, ...reckon(facts, state) }
}
export type UsedOrder = ReturnType<typeof useOrder>
