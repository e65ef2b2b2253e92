import 'server-only'
import { type Actor, actorName, mayManage } from '@/lib/access/actor'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { money } from '@/lib/money/money'
import { audit } from '@/lib/tenancy/audit'
import { type Gateway, GatewayFault, type RefundNews } from './gateway'
import { openGateway } from './open-gateway'
import { takeRefundNews } from './take-refund-news'

export type Refunded =
  | { ok: true; refundId: string; state: 'pending' | 'succeeded' | 'unknown' }
  | { ok: false; because: 'not-allowed' | 'not-refundable' | 'over-captured' | 'refused'; reason: string }

/**
 * Gives money back on the method it came from. `amountMinor` counts the surcharge in: its part follows pro rata. The
 * database refuses refunds that add up to more than was charged, however many run at once.
 */
export async function refundPayment(
  actor: Actor,
  order: { attemptId: string; amountMinor: bigint; reason: string },
): Promise<Refunded> {
  if (!mayManage(actor)) return { ok: false, because: 'not-allowed', reason: 'Your role cannot refund payments.' }
  const opened = await withTenant(actor.tenantId, async (tx) => openRefund(tx, actor, order))
  if (!opened.ok) return opened
  const gateway = await withTenant(actor.tenantId, openGateway)
  return sendRefund(gateway, actor.tenantId, opened)
}

type OpenRefund = {
  ok: true
  refundId: string
  intentId: string
  amountMinor: bigint
  currency: string
  reason: string
}

async function openRefund(
  tx: Tx,
  actor: Actor,
  order: { attemptId: string; amountMinor: bigint; reason: string },
): Promise<OpenRefund | Extract<Refunded, { ok: false }>> {
  const attempt = await tx.row<{
    state: string
    amountMinor: bigint
    surchargeMinor: bigint
    currency: string
    paymentIntentId: string | null
  }>(sql`
    select a.state, a.amount_minor, a.surcharge_minor, a.currency, a.payment_intent_id
    from attempts a where a.tenant_id = ${tx.tenantId} and a.id = ${order.attemptId} for update of a`)
  if (attempt?.paymentIntentId == null || !['succeeded', 'part_refunded'].includes(attempt.state))
    return { ok: false, because: 'not-refundable', reason: 'Only a payment that has succeeded can be refunded.' }
  // Asked only now: in one statement with the lock, it would not see what the holder of the lock has just written.
  const asked = await tx.row<{ minor: bigint }>(sql`
    select coalesce(sum(r.amount_minor), 0)::bigint as minor from refunds r
    where r.tenant_id = ${tx.tenantId} and r.attempt_id = ${order.attemptId} and r.state <> 'failed'`)
  const left = attempt.amountMinor - (asked?.minor ?? 0n)
  if (order.amountMinor <= 0n || order.amountMinor > left)
    return { ok: false, because: 'over-captured', reason: 'That is more than is left of this payment.' }
  const refundId = newId()
  const surcharge = (attempt.surchargeMinor * order.amountMinor) / attempt.amountMinor
  await tx.run(sql`
    insert into refunds (tenant_id, id, attempt_id, state, amount_minor, surcharge_minor, currency, reason, actor_id, created_at, state_at)
    values (${tx.tenantId}, ${refundId}, ${order.attemptId}, 'sent', ${order.amountMinor}, ${surcharge}, ${attempt.currency}, ${order.reason}, ${actorName(actor).id ?? null}, ${now()}, ${now()})`)
  await audit(
    tx,
    actorName(actor),
    'payment.refund_asked',
    { kind: 'attempt', id: order.attemptId },
    { refundId, amountMinor: order.amountMinor },
  )
  await faultPoint('refund.opened')
  return {
    ok: true,
    refundId,
    intentId: attempt.paymentIntentId,
    amountMinor: order.amountMinor,
    currency: attempt.currency,
    reason: order.reason,
  }
}

/** Sends a refund that is already written down. Repeating is safe: its id is the key. */
export async function sendRefund(
  gateway: Gateway,
  tenantId: string,
  refund: Omit<OpenRefund, 'ok'>,
): Promise<Refunded> {
  await faultPoint('refund.before_call')
  const answer = await gateway
    .refund({
      key: refund.refundId,
      refundId: refund.refundId,
      intentId: refund.intentId,
      amount: money(refund.amountMinor, refund.currency),
      reason: refund.reason,
    })
    .catch((error: unknown): GatewayFault => {
      if (error instanceof GatewayFault) return error
      throw error
    })
  await faultPoint('refund.after_call')
  if (!(answer instanceof GatewayFault)) {
    await withTenant(tenantId, (tx) => takeRefundNews(tx, answer))
    return { ok: true, refundId: refund.refundId, state: stateOf(answer) }
  }
  // Nothing-happened stays "sent": the sweeper sends it again under the same key.
  const state = answer.outcome === 'refused' ? 'failed' : answer.outcome === 'unknown' ? 'unknown' : 'sent'
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      update refunds set state = ${state}, state_at = ${now()}, failure_reason = ${answer.message}
      where tenant_id = ${tx.tenantId} and id = ${refund.refundId} and state in ('sent', 'unknown')`),
  )
  return answer.outcome === 'refused'
    ? { ok: false, because: 'refused', reason: `${answer.message}. Nothing was refunded.` }
    : { ok: true, refundId: refund.refundId, state: 'unknown' }
}

function stateOf(news: RefundNews): 'pending' | 'succeeded' | 'unknown' {
  return news.status === 'succeeded' || news.status === 'pending' ? news.status : 'unknown'
}
