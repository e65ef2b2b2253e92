import 'server-only'
import { withTenant } from '@/lib/base/db'
import type { NewsOf } from '@/lib/events/news'
import { openGateway } from './open-gateway'
import { takeDisputeNews } from './take-dispute-news'
import { takeIntentNews } from './take-intent-news'
import { takeMethodNews } from './take-method-news'
import { takeRefundNews } from './take-refund-news'
import { takeSetupNews } from './take-setup-news'

/**
 * A webhook says that something changed; it is never trusted for content. The object is read and passed through its
 * funnel, so two events about one object, or events out of order, come to the same.
 * @returns what else is touched: `payout` when settlements should be read
 */
export async function takeStripeEvent(tenantId: string, event: NewsOf<'stripe.event'>): Promise<'payout' | undefined> {
  const gateway = await withTenant(tenantId, openGateway)
  switch (event.object) {
    case 'payment_intent': {
      const news = await gateway.retrieveIntent(event.objectId)
      await withTenant(tenantId, (tx) => takeIntentNews(tx, gateway.account, news))
      return undefined
    }
    case 'charge': {
      const intentId = event.paymentIntentId ?? (await gateway.intentOfCharge(event.objectId))
      if (intentId === undefined) return undefined
      const news = await gateway.retrieveIntent(intentId)
      await withTenant(tenantId, (tx) => takeIntentNews(tx, gateway.account, news))
      return undefined
    }
    // What takes a payment back may be told before the payment itself: that is heard first.
    case 'refund': {
      const news = await gateway.retrieveRefund(event.objectId)
      const payment = news.intentId === undefined ? undefined : await gateway.retrieveIntent(news.intentId)
      await withTenant(tenantId, async (tx) => {
        if (payment !== undefined) await takeIntentNews(tx, gateway.account, payment)
        await takeRefundNews(tx, news)
      })
      return undefined
    }
    case 'dispute': {
      const news = await gateway.retrieveDispute(event.objectId)
      const payment = news.intentId === undefined ? undefined : await gateway.retrieveIntent(news.intentId)
      await withTenant(tenantId, async (tx) => {
        if (payment !== undefined) await takeIntentNews(tx, gateway.account, payment)
        await takeDisputeNews(tx, news)
      })
      return undefined
    }
    case 'setup_intent': {
      const news = await gateway.retrieveSetup(event.objectId)
      await withTenant(tenantId, (tx) => takeSetupNews(tx, gateway.account, news))
      return undefined
    }
    case 'payment_method': {
      const news = await gateway.retrieveMethod(event.objectId)
      await withTenant(tenantId, (tx) => takeMethodNews(tx, gateway.account, news))
      return undefined
    }
    case 'payout':
    case 'balance':
      return 'payout'
    default:
      return undefined
  }
}
