import type { Metadata, Shipping } from './common.ts'
import type { SetupFutureUsage } from './intent.ts'
import type { CustomerAcceptance, PaymentMethod } from './payment-method.ts'

/** What a payer chose in the browser, to be looked at before it is charged. */
export type ConfirmationToken = {
  id: string
  object: 'confirmation_token'
  created: number
  expires_at: number
  livemode: false
  mandate_data: { customer_acceptance: CustomerAcceptance } | null
  metadata: Metadata
  payment_intent: string | null
  payment_method_options: { card: null } | null
  payment_method_preview: Omit<PaymentMethod, 'id' | 'object' | 'created' | 'livemode' | 'metadata'>
  return_url: string | null
  setup_future_usage: SetupFutureUsage | null
  setup_intent: string | null
  shipping: Shipping | null
  use_stripe_sdk: true
}
