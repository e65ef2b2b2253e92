import { CheckoutForm, CheckoutSession, openCheckout } from '@/lib/api/open-checkout'
import { operation } from '@/lib/api/operation'

export const createCheckoutSession = operation({
  id: 'createCheckoutSession',
  method: 'POST',
  path: '/checkout-sessions',
  tag: 'Checkout',
  summary: 'Open a checkout session',
  description:
    'For the widget on your page: whoever holds the token may pay, or save a way to pay, as `mode` says, and nothing else.',
  scope: 'sessions',
  body: CheckoutForm,
  status: 201,
  answer: CheckoutSession,
  run: (tx, actor, { body }) => openCheckout(tx, actor, body),
})
