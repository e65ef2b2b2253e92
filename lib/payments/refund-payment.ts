import 'server-only'
import { type Actor, mayManage } from '@/lib/access/actor'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { money } from '@/lib/money/money'
import { getTenant } from '@/lib/tenancy/queries'
import { needsSecondPerson } from './approval'
import { askApproval } from './ask-approval'
import { type Gateway, GatewayFault, type RefundNews } from './gateway'
import { openGateway } from './open-gateway'
import { lockRefundable, type NotRefundable, type OpenRefund, openRefund, type RefundOrder } from './open-refund'
import { takeRefundNews } from './take-refund-news'

export type Refunded =
  | { ok: true; refundId: string; state: 'pending' | 'succeeded' | 'unknown' }
  | { ok: false; because: 'not-allowed' | 'not-refundable' | 'over-captured' | 'refused'; reason: string }

/** Above the MSP's amount nothing is sent: what was asked for waits for a second person. */
export type RefundAnswer = Refunded | { ok: true; approvalId: string; state: 'waiting' }

/**
 * Gives money back on the method it came from. `amountMinor` counts the surcharge in: its part follows pro rata. The
 * database refuses refunds that add up to more than was charged, however many run at once, and those above the MSP's
 * amount that nobody else has approved.
 */
export async function refundPayment(actor: Actor, order: RefundOrder): Promise<RefundAnswer> {
  if (!mayManage(actor)) return { ok: false, because: 'not-allowed', reason: 'Your role cannot refund payments.' }
  const opened = await withTenant(actor.tenantId, (tx) => openOrAsk(tx, actor, order))
  if (!opened.ok || 'approvalId' in opened) return opened
  const gateway = await withTenant(actor.tenantId, openGateway)
  return sendRefund(gateway, actor.tenantId, opened)
}

async function openOrAsk(
  tx: Tx,
  actor: Actor,
  order: RefundOrder,
): Promise<OpenRefund | NotRefundable | Extract<RefundAnswer, { state: 'waiting' }>> {
  const payment = await lockRefundable(tx, order)
  if (!payment.ok) return payment
  const { settings, currency } = await getTenant(tx)
  const rule = { aboveMinor: settings.secondPersonAboveMinor, ownCurrency: currency, aloneMinor: payment.aloneMinor }
  const { amountMinor } = order
  if (!needsSecondPerson({ amountMinor, currency: payment.currency }, rule))
    return openRefund(tx, actor, payment, { ...order, id: newId() })
  return {
    ok: true,
    approvalId: await askApproval(tx, actor, { ...order, currency: payment.currency }),
    state: 'waiting',
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
