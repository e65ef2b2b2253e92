import type { Stripe } from '@stripe/stripe-js'
import type { DebitPayer } from '@/lib/payments/result'

/** `open`: the window was closed, or Stripe refused what was given; the payment waits as before. */
export type Agreement = { is: 'agreed' } | { is: 'open'; reason?: string }

/** Lets the payer choose the account and agree to the debit, in Stripe’s own window over the page. */
export async function agreeToDebit(stripe: Stripe, clientSecret: string, payer: DebitPayer): Promise<Agreement> {
  const { error, paymentIntent } = await stripe.confirmAcssDebitPayment(clientSecret, {
    payment_method: { billing_details: payer },
  })
  if (error) return { is: 'open', ...(error.message === undefined ? {} : { reason: error.message }) }
  const isOpen = paymentIntent.status === 'requires_payment_method' || paymentIntent.status === 'requires_confirmation'
  return { is: isOpen ? 'open' : 'agreed' }
}
