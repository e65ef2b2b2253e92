import 'server-only'
import { type Actor, mayAct } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import type { AttemptView } from './attempt'
import { GatewayFault } from './gateway'
import { openGateway } from './open-gateway'
import { getAttempt } from './queries'
import { takeIntentNews } from './take-intent-news'

/**
 * Asks Stripe how a payment stands and passes the answer through the funnel: after the browser came back from the
 * bank's check, or when staff press "Ask now". When Stripe does not answer, what we knew stands.
 * @throws Fault not-found when the attempt is not the actor's to see
 */
export async function refreshAttempt(actor: Actor, attemptId: string): Promise<AttemptView> {
  if (!mayAct(actor)) throw new Fault('not-found', 'No such payment')
  const before = await getAttempt(actor, attemptId)
  if (before.paymentIntentId === undefined) return before
  const { paymentIntentId } = before
  const gateway = await withTenant(actor.tenantId, openGateway)
  const news = await gateway.retrieveIntent(paymentIntentId).catch((error: unknown) => {
    if (error instanceof GatewayFault) return undefined
    throw error
  })
  if (news === undefined) return before
  await withTenant(actor.tenantId, (tx) => takeIntentNews(tx, gateway.account, news))
  return getAttempt(actor, attemptId)
}
