import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
import { openGateway } from './open-gateway'
import { getAttempt } from './queries'
import { takeIntentNews } from './take-intent-news'

/**
 * The secret with which the browser takes up a bank's check again, after a reload. It is asked for anew each time and
 * stored nowhere.
 * @returns undefined when no check is waiting
 * @throws Fault not-found when the attempt is not the actor's to see; GatewayFault
 */
export async function resumeAttempt(actor: Actor, attemptId: string): Promise<string | undefined> {
  const { paymentIntentId, state } = await getAttempt(actor, attemptId)
  if (paymentIntentId === undefined || state !== 'requires_action') return undefined
  const gateway = await withTenant(actor.tenantId, openGateway)
  const news = await gateway.retrieveIntent(paymentIntentId)
  await withTenant(actor.tenantId, (tx) => takeIntentNews(tx, gateway.account, news))
  return news.status === 'requires_action' ? news.clientSecret : undefined
}
