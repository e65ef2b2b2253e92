'use client'

import type { CheckoutActions, CheckoutFacts, Go } from './checkout'
import { CheckoutCard } from './checkout-card'
import { CheckoutForm } from './checkout-form'
import { OrderChooser } from './order-chooser'
import { useOrder } from './use-order'

/** What is paid, beside how. One invoice needs no choosing: the form stands alone. */
export function FormView({ facts, actions, go }: { facts: CheckoutFacts; actions: CheckoutActions; go: Go }) {
  const used = useOrder(facts)
  const form = (
    <CheckoutCard facts={facts}>
      <CheckoutForm facts={facts} used={used} actions={actions} go={go} />
    </CheckoutCard>
  )
  if (facts.order.invoices.length === 1) return form
  return (
    <div className="grid min-w-0 items-start gap-4 wide:grid-cols-[minmax(0,1fr)_minmax(0,440px)] wide:gap-6">
      <OrderChooser facts={facts} used={used} />
      {form}
    </div>
  )
}
