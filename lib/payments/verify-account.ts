import 'server-only'
import { type Actor, mayAct } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { GatewayFault } from './gateway'
import { openGateway } from './open-gateway'
import { getAttempt } from './queries'
import { takeIntentNews } from './take-intent-news'

/** What the bank statement shows of the small deposits: a code, or two amounts in cents. */
export type AccountProof = { descriptorCode: string } | { amounts: [number, number] }

/**
 * Holds the proof against the deposits Stripe made; when it fits, the debit is on its way.
 * @returns whether it fits
 * @throws Fault not-found when the attempt is not the actor's to see
 */
export async function verifyAccount(actor: Actor, attemptId: string, proof: AccountProof): Promise<boolean> {
  if (!mayAct(actor)) throw new Fault('not-found', 'No such payment')
  const { paymentIntentId } = await getAttempt(actor, attemptId)
  if (paymentIntentId === undefined) return false
  const gateway = await withTenant(actor.tenantId, openGateway)
  const news = await gateway.verifyMicrodeposits(paymentIntentId, proof).catch((error: unknown) => {
    if (error instanceof GatewayFault) return undefined
    throw error
  })
  if (news === undefined) return false
  await withTenant(actor.tenantId, (tx) => takeIntentNews(tx, gateway.account, news))
  return true
}
