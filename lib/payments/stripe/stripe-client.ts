import 'server-only'
import Stripe from 'stripe'
import { env } from '@/lib/base/env'

const clients = new Map<string, Stripe>()

/** One client per key. It never retries by itself: whether a second try is safe is for the caller to say. */
export function stripeClient(secretKey: string): Stripe {
  let client = clients.get(secretKey)
  if (client === undefined) {
    const { protocol, hostname, port } = new URL(env().STRIPE_API_URL)
    client = new Stripe(secretKey, {
      apiVersion: '2026-10-28.endive',
      protocol: protocol === 'http:' ? 'http' : 'https',
      host: hostname,
      ...(port === '' ? {} : { port }),
      maxNetworkRetries: 0,
      timeout: 30_000,
      telemetry: false,
      httpClient: sendsOnce(Stripe.createNodeHttpClient()),
    })
    clients.set(secretKey, client)
  }
  return client
}

/**
 * The SDK repeats a request whose connection broke, even when told not to retry. Then a refusal of the second try could
 * hide that the first went through; so a broken connection is told in a code the SDK does not repeat on.
 */
function sendsOnce(inner: Stripe.HttpClient): Stripe.HttpClient {
  const makeRequest = inner.makeRequest.bind(inner)
  inner.makeRequest = async (...request) => {
    try {
      return await makeRequest(...request)
    } catch (error) {
      const code = (error as { code?: string }).code
      if (code === 'ECONNRESET' || code === 'EPIPE')
        throw Object.assign(new Error('connection lost', { cause: error }), { code: 'CONNECTION_LOST' })
      throw error
    }
  }
  return inner
}
