'use client'

import type { CheckoutActions, CheckoutScreen, Go } from '@/components/checkout/checkout'
import { CheckoutView } from '@/components/checkout/checkout-view'

/** Behind glass nothing is pressed; what could be pressed leads nowhere. */
const actions: CheckoutActions = {
  pay: () => Promise.reject(new Error('a preview takes no payment')),
  refresh: () => Promise.reject(new Error('a preview has no payment')),
  resume: async () => undefined,
  verify: async () => false,
}
const go: Go = { reload: () => {}, toResult: () => {} }

export function StillCheckout({ screen }: { screen: CheckoutScreen }) {
  return <CheckoutView screen={screen} actions={actions} go={go} />
}
