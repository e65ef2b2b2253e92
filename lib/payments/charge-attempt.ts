import 'server-only'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { log } from '@/lib/base/log'
import { sql } from '@/lib/base/sql'
import { raise } from '@/lib/events/exception'
import { type ChargeOrder, type Gateway, GatewayFault, type IntentNews } from './gateway'
import { takeIntentNews } from './take-intent-news'

/**
 * Asks the processor to charge an attempt that is already written down, and passes the answer through the funnel.
 * Repeating is safe: the key is the attempt's id. What stays unclear stays `unknown`, and is ended by asking.
 */
export async function chargeAttempt(
  gateway: Gateway,
  order: ChargeOrder,
): Promise<IntentNews | 'unknown' | 'never-sent'> {
  await faultPoint('charge.before_call')
  const answer = await askTwice(gateway, order)
  await faultPoint('charge.after_call')
  if (answer instanceof GatewayFault) return giveUp(order, answer)
  await withTenant(order.tenantId, (tx) => takeIntentNews(tx, gateway.account, answer))
  await faultPoint('charge.recorded')
  return answer
}

/** A lost answer is asked for once more at once, under the same key: most often a stale connection was all it was. */
async function askTwice(gateway: Gateway, order: ChargeOrder): Promise<IntentNews | GatewayFault> {
  const ask = () => gateway.charge(order).catch((error: unknown) => asFault(error))
  const first = await ask()
  if (!(first instanceof GatewayFault) || first.outcome === 'refused') return first
  const second = await ask()
  if (!(second instanceof GatewayFault)) return second
  // Certain only if both tries were: the first may have gone through where the second was turned away at the door.
  return first.outcome === 'unknown' && second.outcome === 'nothing-happened' ? first : second
}

function asFault(error: unknown): GatewayFault {
  if (error instanceof GatewayFault) return error
  throw error
}

async function giveUp(order: ChargeOrder, fault: GatewayFault): Promise<'unknown' | 'never-sent'> {
  log.warn(
    { tenantId: order.tenantId, attemptId: order.attemptId, outcome: fault.outcome, code: fault.code },
    'payment.charge_unanswered',
  )
  // A failure in a state that a later answer may still correct: the row is locked and compared, never overwritten.
  const state = fault.outcome === 'unknown' ? 'unknown' : 'failed'
  const code = fault.outcome === 'refused' ? 'refused' : 'never_arrived'
  await withTenant(order.tenantId, async (tx) => {
    await tx.run(sql`
      update attempts set state = ${state}, state_at = ${now()},
        failure_code = ${state === 'failed' ? code : null}, failure_reason = ${state === 'failed' ? fault.message : null}
      where tenant_id = ${tx.tenantId} and id = ${order.attemptId} and state = 'sent'`)
    if (fault.outcome === 'refused')
      await raise(tx, {
        cause: 'payment-refused',
        subject: { kind: 'attempt', id: order.attemptId },
        amount: order.amount,
        detail: `${fault.message}. Nothing was charged.`,
        nextStep: 'Check under Connections that the Stripe key still has the rights it needs.',
      })
  })
  return fault.outcome === 'unknown' ? 'unknown' : 'never-sent'
}
