import type { Stripe, StripeError } from '@stripe/stripe-js'
import type { DebitPayer } from '@/lib/payments/result'

/** `open`: the window was closed, or Stripe refused what was given; the payment waits as before. */
export type Agreement = { is: 'agreed' } | { is: 'open'; reason?: string }

/** Lets the payer choose the account and agree to the debit, in Stripe’s own window over the page. */
export async function agreeToDebit(stripe: Stripe, clientSecret: string, payer: DebitPayer): Promise<Agreement> {
  const { error, paymentIntent } = await stripe.confirmAcssDebitPayment(clientSecret, {
    payment_method: { billing_details: payer },
  })
  return came(error, paymentIntent?.status)
}

/** The same for an account that is only kept: the agreement is to the debits to come. */
export async function agreeToDebits(stripe: Stripe, clientSecret: string, payer: DebitPayer): Promise<Agreement> {
  const { error, setupIntent } = await stripe.confirmAcssDebitSetup(clientSecret, {
    payment_method: { billing_details: payer },
  })
  return came(error, setupIntent?.status)
}

function came(error: StripeError | undefined, status: string | undefined): Agreement {
  if (error) return { is: 'open', ...(error.message === undefined ? {} : { reason: error.message }) }
  return { is: status === 'requires_payment_method' || status === 'requires_confirmation' ? 'open' : 'agreed' }
}
