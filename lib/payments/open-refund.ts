import 'server-only'
import { type Actor, actorName } from '@/lib/access/actor'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'

export type RefundOrder = { attemptId: string; amountMinor: bigint; reason: string }

/** A payment of which money can go back; its row is locked. */
export type Refundable = {
  ok: true
  attemptId: string
  intentId: string
  amountMinor: bigint
  surchargeMinor: bigint
  currency: string
  /** What was sent back of it without a second person (see approval.ts). */
  aloneMinor: bigint
}
export type NotRefundable = { ok: false; because: 'not-refundable' | 'over-captured'; reason: string }

/** Whether so much of the payment can still go back. Holds its row until the transaction ends. */
export async function lockRefundable(tx: Tx, order: RefundOrder): Promise<Refundable | NotRefundable> {
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
  const sent = await tx.row<{ minor: bigint; alone: bigint }>(sql`
    select coalesce(sum(r.amount_minor), 0)::bigint as minor,
      coalesce(sum(r.amount_minor) filter (where r.actor_id is not null and a.id is null), 0)::bigint as alone
    from refunds r left join approvals a on a.tenant_id = r.tenant_id and a.id = r.id
    where r.tenant_id = ${tx.tenantId} and r.attempt_id = ${order.attemptId} and r.state <> 'failed'`)
  const left = attempt.amountMinor - (sent?.minor ?? 0n)
  if (order.amountMinor <= 0n || order.amountMinor > left)
    return { ok: false, because: 'over-captured', reason: 'That is more than is left of this payment.' }
  const { paymentIntentId: intentId, amountMinor, surchargeMinor, currency } = attempt
  const { attemptId } = order
  return { ok: true, attemptId, intentId, amountMinor, surchargeMinor, currency, aloneMinor: sent?.alone ?? 0n }
}

export type OpenRefund = {
  ok: true
  refundId: string
  intentId: string
  amountMinor: bigint
  currency: string
  reason: string
}

/** Writes the refund down before it is sent. Its part of the surcharge follows pro rata. */
export async function openRefund(
  tx: Tx,
  actor: Actor,
  payment: Refundable,
  refund: { id: string; amountMinor: bigint; reason: string },
): Promise<OpenRefund> {
  const { attemptId, intentId, currency } = payment
  const { id: refundId, amountMinor, reason } = refund
  const surcharge = (payment.surchargeMinor * amountMinor) / payment.amountMinor
  const by = actorName(actor)
  await tx.run(sql`
    insert into refunds (tenant_id, id, attempt_id, state, amount_minor, surcharge_minor, currency, reason, actor_id, created_at, state_at)
    values (${tx.tenantId}, ${refundId}, ${attemptId}, 'sent', ${amountMinor}, ${surcharge}, ${currency}, ${reason}, ${by.id ?? null}, ${now()}, ${now()})`)
  const detail = { refundId, amountMinor, currency, reason }
  await audit(tx, by, 'payment.refund_asked', { kind: 'attempt', id: attemptId }, detail)
  await faultPoint('refund.opened')
  return { ok: true, refundId, intentId, amountMinor, currency, reason }
}
