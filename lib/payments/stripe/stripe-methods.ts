import 'server-only'
import Stripe from 'stripe'
import { env } from '@/lib/base/env'
import { faultPoint } from '@/lib/base/fault-point'
import type { MethodGateway, SetupOrder } from '../gateway'
import { padStanding } from './pad-terms'
import { toGatewayFault } from './stripe-faults'
import { toMethodNews, toSetupNews } from './translate-methods'

const setupParts = ['payment_method']

/** Customers, setups and saved methods of one MSP at Stripe. */
export function stripeMethods(stripe: Stripe, scope: Stripe.RequestOptions): MethodGateway {
  const ask = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await call()
    } catch (error) {
      throw toGatewayFault(error)
    }
  }
  /** A refusal is news about the setup, not a fault: the intent comes with it. */
  const setup = async (call: () => Promise<Stripe.SetupIntent>) => {
    try {
      return toSetupNews(await call())
    } catch (error) {
      const intent = error instanceof Stripe.errors.StripeError ? error.setup_intent : undefined
      if (intent !== undefined) return toSetupNews(intent)
      throw toGatewayFault(error)
    }
  }
  return {
    async createCustomer({ key, clientId, tenantId, name }) {
      const params = { name, metadata: { client_id: clientId, tenant_id: tenantId } }
      const { id } = await ask(() => stripe.customers.create(params, { ...scope, idempotencyKey: key }))
      await faultPoint('gateway.customer_made')
      return id
    },
    async setUp({ setupId, tenantId, customerId, ...what }) {
      const params: Stripe.SetupIntentCreateParams = {
        ...typedOrAgreed(what),
        customer: customerId,
        usage: 'off_session',
        metadata: { setup_id: setupId, tenant_id: tenantId },
        expand: setupParts,
      }
      const news = await setup(() => stripe.setupIntents.create(params, { ...scope, idempotencyKey: setupId }))
      await faultPoint('gateway.set_up')
      return news
    },
    retrieveSetup: (id) => setup(() => stripe.setupIntents.retrieve(id, { expand: setupParts }, scope)),
    async *listSetups(since) {
      const created = { gte: Math.floor(since.getTime() / 1000) }
      try {
        const list = stripe.setupIntents.list({ created, limit: 100, expand: ['data.payment_method'] }, scope)
        for await (const intent of list) yield toSetupNews(intent)
      } catch (error) {
        throw toGatewayFault(error)
      }
    },
    verifySetup(id, proof) {
      const shown = 'amounts' in proof ? { amounts: proof.amounts } : { descriptor_code: proof.descriptorCode }
      return setup(() => stripe.setupIntents.verifyMicrodeposits(id, { ...shown, expand: setupParts }, scope))
    },
    retrieveMethod: async (id) => toMethodNews(await ask(() => stripe.paymentMethods.retrieve(id, {}, scope))),
    async detachMethod(id) {
      try {
        await stripe.paymentMethods.detach(id, {}, scope)
      } catch (error) {
        // Not attached, or gone: what was wanted is so.
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw toGatewayFault(error)
      }
    },
  }
}

/** What was typed is confirmed at once; an agreement to debits is accepted in the browser, for a setup that exists. */
function typedOrAgreed({
  confirmationTokenId,
  debit,
}: Pick<SetupOrder, 'confirmationTokenId' | 'debit'>): Partial<Stripe.SetupIntentCreateParams> {
  if (debit !== undefined)
    return {
      allowed_payment_method_types: [debit],
      payment_method_options: { acss_debit: { currency: 'cad', mandate_options: padStanding } },
    }
  return {
    confirm: true,
    ...(confirmationTokenId === undefined ? {} : { confirmation_token: confirmationTokenId }),
    allowed_payment_method_types: ['card', 'us_bank_account'],
    return_url: `${env().PUBLIC_URL}/`,
  }
}
