import 'server-only'
import { type Actor, mayAct } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { openGateway } from './open-gateway'
import { getAttempt } from './queries'
import { takeIntentNews } from './take-intent-news'

/**
 * The payer turned away before agreeing to the debit: the payment is ended at Stripe, and its invoices are free again.
 * What has moved on meanwhile, agreed to in another window, say, is not ended: what it became passes the funnel.
 * @throws Fault not-found when the attempt is not the actor's to see; GatewayFault
 */
export async function giveUpAttempt(actor: Actor, attemptId: string): Promise<void> {
  if (!mayAct(actor)) throw new Fault('not-found', 'No such payment')
  const { paymentIntentId } = await getAttempt(actor, attemptId)
  if (paymentIntentId === undefined) return
  const gateway = await withTenant(actor.tenantId, openGateway)
  // Asked first: why it failed, if it did, is lost with its end.
  const before = await gateway.retrieveIntent(paymentIntentId)
  const news = before.waitsFor === 'agreement' ? await gateway.cancelIntent(paymentIntentId) : before
  await withTenant(actor.tenantId, (tx) => takeIntentNews(tx, gateway.account, news))
}
