import 'server-only'
import Stripe from 'stripe'
import { GatewayFault } from '../gateway'

/**
 * What an error of Stripe's says about the money. Only a refusal before execution is certain: authentication, rate
 * limit, bad parameters, a lost race for the key, a connection that was never made. A timeout, a reset or a 5xx is not:
 * Stripe saves a 500 under the key and replays it, whatever happened behind it.
 */
export function toGatewayFault(error: unknown): GatewayFault {
  const details = {
    cause: error,
    ...(error instanceof Stripe.errors.StripeError && error.code ? { code: error.code } : {}),
  }
  if (error instanceof Stripe.errors.StripeRateLimitError)
    return new GatewayFault('nothing-happened', 'Stripe is limiting our rate', details)
  if (error instanceof Stripe.errors.StripeConnectionError)
    return isNeverConnected(error)
      ? new GatewayFault('nothing-happened', 'Stripe could not be reached', details)
      : new GatewayFault('unknown', 'Stripe did not answer', details)
  // Somebody used this key before us, or is using it now: the outcome of that is what we must ask for.
  if (
    error instanceof Stripe.errors.StripeIdempotencyError ||
    (error instanceof Stripe.errors.StripeError && error.code === 'idempotency_key_in_use')
  )
    return new GatewayFault('unknown', 'Stripe knows this payment already', details)
  if (error instanceof Stripe.errors.StripeAPIError)
    return new GatewayFault('unknown', 'Stripe had a fault of its own', details)
  if (error instanceof Stripe.errors.StripeError)
    return new GatewayFault('refused', `Stripe refused the request: ${error.code ?? error.type}`, details)
  return new GatewayFault('unknown', 'The call to Stripe broke off', details)
}

function isNeverConnected(error: Stripe.errors.StripeConnectionError): boolean {
  const code = (error.detail as { code?: string } | undefined)?.code
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN'
}
