'use client'

import type { CheckoutActions, CheckoutFacts, Go } from './checkout'
import { CheckoutForm } from './checkout-form'
import { useOrder } from './use-order'

/** The form where the invoices are chosen elsewhere, as in the widget’s own list. */
export function OrderedForm({ facts, actions, go }: { facts: CheckoutFacts; actions: CheckoutActions; go: Go }) {
  const used = useOrder(facts)
  return <CheckoutForm facts={facts} used={used} actions={actions} go={go} />
}
