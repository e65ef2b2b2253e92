import 'server-only'
import { type Actor, mayAct } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { debitPayerOf } from './debit-payer'
import { openGateway } from './open-gateway'
import { getAttempt } from './queries'
import type { DebitPayer } from './result'
import { takeIntentNews } from './take-intent-news'

/** What the browser needs to take a payment up again; `agreement` where a debit waits to be agreed to. */
export type Resumed = { clientSecret: string; agreement?: DebitPayer }

/**
 * The secret with which the browser takes up a bank's check or an agreement again, after a reload. It is asked for anew
 * each time and stored nowhere.
 * @returns undefined when nothing is waiting
 * @throws Fault not-found when the attempt is not the actor's to see; GatewayFault
 */
export async function resumeAttempt(actor: Actor, attemptId: string): Promise<Resumed | undefined> {
  if (!mayAct(actor)) throw new Fault('not-found', 'No such payment')
  const { paymentIntentId, state } = await getAttempt(actor, attemptId)
  if (paymentIntentId === undefined || state !== 'requires_action') return undefined
  const gateway = await withTenant(actor.tenantId, openGateway)
  const news = await gateway.retrieveIntent(paymentIntentId)
  const agreement = await withTenant(actor.tenantId, async (tx) => {
    await takeIntentNews(tx, gateway.account, news)
    return news.waitsFor === 'agreement' ? debitPayerOf(tx, attemptId) : undefined
  })
  const { status, clientSecret } = news
  if (status !== 'requires_action' || clientSecret === undefined) return undefined
  return { clientSecret, ...(agreement === undefined ? {} : { agreement }) }
}
