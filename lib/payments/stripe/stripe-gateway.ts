import 'server-only'
import Stripe from 'stripe'
import { env } from '@/lib/base/env'
import { Fault } from '@/lib/base/fault'
import { faultPoint } from '@/lib/base/fault-point'
import { money } from '@/lib/money/money'
import type { ChargeOrder, Gateway } from '../gateway'
import { pace } from './pace'
import { padOnce, padStanding } from './pad-terms'
import { stripeClient } from './stripe-client'
import { toGatewayFault } from './stripe-faults'
import { stripeMethods } from './stripe-methods'
import type { StripeSecret } from './stripe-secret'
import { toBalanceTransactionNews, toDisputeNews, toIntentNews, toPayoutNews, toRefundNews } from './translate'

const intentParts = ['latest_charge.balance_transaction', 'payment_method']
const listedIntentParts = intentParts.map((part) => `data.${part}`)

/** The gateway that talks to Stripe for one MSP. Everything it answers is in our words. */
export function stripeGateway(secret: StripeSecret): Gateway {
  const stripe = stripeClient(secret.mode === 'key' ? secret.secretKey : platformKey())
  // A key of the account's own names the account by itself.
  const scope: Stripe.RequestOptions = secret.mode === 'connect' ? { stripeAccount: secret.account } : {}

  const ask = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await call()
    } catch (error) {
      throw toGatewayFault(error)
    }
  }
  const all = async function* <Item, News>(
    list: () => AsyncIterable<Item>,
    translate: (item: Item) => News,
  ): AsyncIterable<News> {
    try {
      for await (const item of list()) yield translate(item)
    } catch (error) {
      throw toGatewayFault(error)
    }
  }
  const since = (at: Date) => ({ created: { gte: Math.floor(at.getTime() / 1000) }, limit: 100 })
  const retrieveIntent = async (intentId: string) =>
    toIntentNews(await ask(() => stripe.paymentIntents.retrieve(intentId, { expand: intentParts }, scope)))

  return {
    account: secret.account,

    async charge(order) {
      const params: Stripe.PaymentIntentCreateParams = {
        amount: Number(order.amount.minor),
        currency: order.amount.currency.toLowerCase(),
        description: order.description,
        metadata: { attempt_id: order.attemptId, tenant_id: order.tenantId },
        expand: intentParts,
        ...(order.receiptEmail === undefined ? {} : { receipt_email: order.receiptEmail }),
        ...sourceOf(order),
      }
      await pace(secret.account)
      try {
        const intent = await stripe.paymentIntents.create(params, { ...scope, idempotencyKey: order.attemptId })
        await faultPoint('gateway.charged')
        return toIntentNews(intent)
      } catch (error) {
        // A decline is news about the payment, not a fault: the intent comes with it.
        if (error instanceof Stripe.errors.StripeCardError && error.payment_intent !== undefined)
          return toIntentNews(error.payment_intent)
        throw toGatewayFault(error)
      }
    },
    retrieveIntent,
    listIntents: (from) =>
      all(() => stripe.paymentIntents.list({ ...since(from), expand: listedIntentParts }, scope), toIntentNews),
    async cancelIntent(intentId) {
      try {
        return toIntentNews(
          await stripe.paymentIntents.cancel(
            intentId,
            { cancellation_reason: 'abandoned', expand: intentParts },
            scope,
          ),
        )
      } catch (error) {
        // It moved on before we could end it: what it has become is the answer.
        if (error instanceof Stripe.errors.StripeInvalidRequestError) return retrieveIntent(intentId)
        throw toGatewayFault(error)
      }
    },
    async verifyMicrodeposits(intentId, proof) {
      const params = 'amounts' in proof ? { amounts: proof.amounts } : { descriptor_code: proof.descriptorCode }
      return toIntentNews(
        await ask(() => stripe.paymentIntents.verifyMicrodeposits(intentId, { ...params, expand: intentParts }, scope)),
      )
    },

    ...stripeMethods(stripe, scope),

    async refund(order) {
      const params: Stripe.RefundCreateParams = {
        payment_intent: order.intentId,
        amount: Number(order.amount.minor),
        reason: 'requested_by_customer',
        metadata: { refund_id: order.refundId, note: order.reason.slice(0, 200) },
      }
      return toRefundNews(await ask(() => stripe.refunds.create(params, { ...scope, idempotencyKey: order.key })))
    },
    retrieveRefund: async (refundId) => toRefundNews(await ask(() => stripe.refunds.retrieve(refundId, {}, scope))),
    listRefunds: (from) => all(() => stripe.refunds.list(since(from), scope), toRefundNews),

    retrieveDispute: async (disputeId) =>
      toDisputeNews(await ask(() => stripe.disputes.retrieve(disputeId, { expand: ['charge'] }, scope))),
    listDisputes: (from) =>
      all(() => stripe.disputes.list({ ...since(from), expand: ['data.charge'] }, scope), toDisputeNews),

    async intentOfCharge(chargeId) {
      const { payment_intent: intent } = await ask(() => stripe.charges.retrieve(chargeId, {}, scope))
      return typeof intent === 'string' ? intent : intent?.id
    },

    listPayouts: (from) => all(() => stripe.payouts.list(since(from), scope), toPayoutNews),
    listBalanceTransactions: (of) =>
      all(
        () =>
          stripe.balanceTransactions.list(
            'payout' in of
              ? { payout: of.payout, limit: 100, expand: ['data.source'] }
              : { ...since(of.since), expand: ['data.source'] },
            scope,
          ),
        toBalanceTransactionNews,
      ),
    async balance() {
      const { available, pending } = await ask(() => stripe.balance.retrieve({}, scope))
      const sums = new Map<string, bigint>()
      for (const { amount, currency } of [...available, ...pending])
        sums.set(currency.toUpperCase(), (sums.get(currency.toUpperCase()) ?? 0n) + BigInt(amount))
      return [...sums].map(([currency, minor]) => money(minor, currency))
    },
  }
}

/** What is charged: details just typed, a method of the client's that is kept, or a debit to be agreed to. */
function sourceOf(order: ChargeOrder): Partial<Stripe.PaymentIntentCreateParams> {
  const { confirmationTokenId, customerId, saves, saved, unattended, debit } = order
  if (debit !== undefined) return agreedLater(debit, customerId, saves)
  const isPad = saved?.type === 'acss_debit'
  return {
    confirm: true,
    allowed_payment_method_types: isPad ? ['acss_debit'] : ['card', 'us_bank_account'],
    ...(isPad ? { payment_method_options: { acss_debit: { mandate_options: padStanding } } } : {}),
    // The same for every try: a parameter that differed would make the key refuse a repeat.
    return_url: `${env().PUBLIC_URL}/`,
    ...(saved === undefined && confirmationTokenId !== undefined ? { confirmation_token: confirmationTokenId } : {}),
    ...(customerId === undefined ? {} : { customer: customerId }),
    ...(saves === true ? { setup_future_usage: 'off_session' } : {}),
    ...(saved === undefined ? {} : { payment_method: saved.paymentMethodId }),
    ...(saved?.mandateId === undefined ? {} : { mandate: saved.mandateId }),
    ...(unattended === undefined ? {} : { off_session: true }),
    ...(unattended === undefined || isPad
      ? {}
      : { payment_method_options: { card: { stored_credential_usage: unattended } } }),
  }
}

/**
 * No ConfirmationToken stands for a pre-authorized debit: Stripe's own dialog collects the account and the agreement for
 * a payment that exists. It is one debit with no other to follow; or the first of those that the payer agrees to with it.
 */
function agreedLater(
  type: 'acss_debit',
  customerId: string | undefined,
  saves: boolean | undefined,
): Partial<Stripe.PaymentIntentCreateParams> {
  return {
    allowed_payment_method_types: [type],
    payment_method_options: { acss_debit: { mandate_options: saves === true ? padStanding : padOnce } },
    ...(customerId === undefined ? {} : { customer: customerId }),
    ...(saves === true ? { setup_future_usage: 'off_session' } : {}),
  }
}

/** @throws Fault broken when the platform's own key is not set */
export function platformKey(): string {
  const { STRIPE_SECRET_KEY } = env()
  if (STRIPE_SECRET_KEY === '') throw new Fault('broken', 'STRIPE_SECRET_KEY is not set')
  return STRIPE_SECRET_KEY
}
