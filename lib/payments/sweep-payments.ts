import 'server-only'
import { now, todayIn } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { log } from '@/lib/base/log'
import { sql } from '@/lib/base/sql'
import { raise } from '@/lib/events/exception'
import { money } from '@/lib/money/money'
import { getTenant } from '@/lib/tenancy/queries'
import type { AttemptState } from './attempt'
import { chargeAttempt } from './charge-attempt'
import { chargeSource, type SourceRow } from './charge-source'
import { type Gateway, GatewayFault, type IntentNews } from './gateway'
import { describe } from './open-attempt'
import { openGateway } from './open-gateway'
import { sendRefund } from './refund-payment'
import { decideSweep, type Stuck } from './sweep'
import { takeIntentNews } from './take-intent-news'
import { takeRefundNews } from './take-refund-news'

const atOnceMax = 8

/**
 * Ends every waiting state by asking, never by assuming: attempts whose answer was lost, checks nobody finished, debits
 * under way. Safe to run at any time and twice at once.
 * @returns how many it looked at
 */
export async function sweepPayments(tenantId: string): Promise<number> {
  const { gateway, stuck, refunds, today } = await withTenant(tenantId, async (tx) => ({
    gateway: await openGateway(tx),
    today: todayIn((await getTenant(tx)).timeZone),
    stuck: await tx.rows<Stuck & SourceRow & { description: string[] }>(sql`
      select a.id, a.state, a.amount_minor, a.currency, a.client_id, a.sent_at, a.state_at, a.clears_on, a.payment_intent_id, a.method_type, a.waits_for,
        a.confirmation_token_id, a.receipt_email, a.customer_id, a.payment_method_id, a.stripe_mandate_id, a.saves, a.origin,
        array(select i.number from allocations l join invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
          where l.tenant_id = a.tenant_id and l.attempt_id = a.id order by i.number) as description
      from attempts a
      where a.tenant_id = ${tx.tenantId} and a.state in ('created', 'sent', 'requires_action', 'processing', 'unknown')
      order by a.state_at limit 500`),
    refunds: await tx.rows<StuckRefund>(sql`
      select r.id, r.refund_id, r.state, r.amount_minor, r.currency, r.reason, r.created_at, a.payment_intent_id, a.client_id
      from refunds r join attempts a on a.tenant_id = r.tenant_id and a.id = r.attempt_id
      where r.tenant_id = ${tx.tenantId} and r.state in ('sent', 'unknown', 'pending') and r.state_at < ${secondsAgo(30)} limit 100`),
  }))
  await eachOf(stuck, (one) => sweepOne(gateway, tenantId, one, today))
  await eachOf(refunds, (one) => sweepRefund(gateway, tenantId, one))
  return stuck.length + refunds.length
}

type StuckRefund = {
  id: string
  refundId: string | null
  state: string
  amountMinor: bigint
  currency: string
  reason: string
  /** When its key was first used. */
  createdAt: Date
  paymentIntentId: string | null
  clientId: string
}

async function sweepOne(
  gateway: Gateway,
  tenantId: string,
  stuck: Stuck & SourceRow & { description: string[] },
  today: string,
): Promise<void> {
  const decision = decideSweep(stuck, now(), today)
  try {
    switch (decision.do) {
      case 'wait':
        return
      case 'ask':
        return await take(gateway, tenantId, await gateway.retrieveIntent(decision.intentId))
      case 'cancel':
        return await take(gateway, tenantId, await gateway.cancelIntent(decision.intentId))
      case 'send-again':
        await chargeAttempt(gateway, {
          attemptId: stuck.id,
          tenantId,
          amount: money(stuck.amountMinor, stuck.currency),
          description: describe(stuck.description),
          ...(stuck.receiptEmail === null ? {} : { receiptEmail: stuck.receiptEmail }),
          ...chargeSource(stuck),
        })
        break
      case 'look-up':
        await lookUp(gateway, tenantId, stuck, decision.since, decision.mayGiveUp)
        break
    }
  } catch (error) {
    if (!(error instanceof GatewayFault)) throw error
    log.warn({ tenantId, attemptId: stuck.id, outcome: error.outcome }, 'payment.sweep_unanswered')
  }
  if (stuck.state === 'unknown' && now().getTime() - stuck.stateAt.getTime() > 15 * 60_000) await alarm(tenantId, stuck)
}

async function take(gateway: Gateway, tenantId: string, news: IntentNews): Promise<void> {
  await withTenant(tenantId, (tx) => takeIntentNews(tx, gateway.account, news))
}

/**
 * The key can no longer tell: it is too old, or Stripe replays an error under it. The list of what Stripe made since
 * then can. Found nowhere, long enough after the last try, it never happened, and the invoice is free again.
 */
async function lookUp(
  gateway: Gateway,
  tenantId: string,
  stuck: Stuck,
  since: Date,
  mayGiveUp: boolean,
): Promise<void> {
  for await (const news of gateway.listIntents(since)) {
    if (news.attemptId === stuck.id) return take(gateway, tenantId, news)
  }
  if (!mayGiveUp) return
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      update attempts set state = 'failed', state_at = ${now()}, failure_code = 'never_arrived', failure_reason = 'Stripe has no such payment'
      where tenant_id = ${tx.tenantId} and id = ${stuck.id} and state in ('sent', 'unknown')`),
  )
}

/** As with payments: the key answers for a day, an error replayed under it tells nothing, and the list of refunds does. */
async function sweepRefund(gateway: Gateway, tenantId: string, refund: StuckRefund): Promise<void> {
  const { id: refundId, refundId: externalId, paymentIntentId } = refund
  const age = now().getTime() - refund.createdAt.getTime()
  const keyTells = age < 23 * 3_600_000 && (refund.state !== 'unknown' || age < 2 * 60_000)
  try {
    if (externalId !== null) {
      const news = await gateway.retrieveRefund(externalId)
      await withTenant(tenantId, (tx) => takeRefundNews(tx, news))
    } else if (paymentIntentId !== null && keyTells) {
      await sendRefund(gateway, tenantId, {
        refundId,
        intentId: paymentIntentId,
        amountMinor: refund.amountMinor,
        currency: refund.currency,
        reason: refund.reason,
      })
    } else {
      for await (const news of gateway.listRefunds(new Date(refund.createdAt.getTime() - 5 * 60_000)))
        if (news.refundId === refundId) return await withTenant(tenantId, (tx) => takeRefundNews(tx, news))
      if (age > 15 * 60_000) await giveUpRefund(tenantId, refund)
    }
  } catch (error) {
    if (!(error instanceof GatewayFault)) throw error
    log.warn({ tenantId, refundId, outcome: error.outcome }, 'refund.sweep_unanswered')
  }
}

/** Found nowhere: it never happened, and no longer stands in the way of another. */
async function giveUpRefund(tenantId: string, refund: StuckRefund): Promise<void> {
  await withTenant(tenantId, async (tx) => {
    const ended = await tx.run(sql`
      update refunds set state = 'failed', state_at = ${now()}, failure_reason = 'Stripe has no such refund'
      where tenant_id = ${tx.tenantId} and id = ${refund.id} and state in ('sent', 'unknown') and refund_id is null`)
    if (ended === 0) return
    await raise(tx, {
      cause: 'refund-failed',
      subject: { kind: 'refund', id: refund.id },
      clientId: refund.clientId,
      amount: money(refund.amountMinor, refund.currency),
      detail: 'The refund did not reach Stripe. Nothing was given back.',
      nextStep: 'Refund the payment again if it is still wanted.',
    })
  })
}

async function alarm(tenantId: string, stuck: Stuck): Promise<void> {
  await withTenant(tenantId, async (tx) => {
    const current = await tx.row<{ state: AttemptState }>(
      sql`select state from attempts where tenant_id = ${tx.tenantId} and id = ${stuck.id}`,
    )
    if (current?.state !== 'unknown') return
    await raise(tx, {
      cause: 'outcome-unknown',
      subject: { kind: 'attempt', id: stuck.id },
      clientId: stuck.clientId,
      amount: money(stuck.amountMinor, stuck.currency),
      detail: 'Stripe has not said what became of this payment. The money stays locked; nothing can run twice.',
      nextStep: 'Nothing to do yet: we keep asking. Stripe’s own dashboard may already show it.',
    })
  })
}

/** A few at a time: the processor limits our rate, and one slow answer must not hold up the rest. */
async function eachOf<Item>(items: Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values()
  await Promise.all(
    Array.from({ length: Math.min(atOnceMax, items.length) }, async () => {
      for (const item of queue) await work(item)
    }),
  )
}

function secondsAgo(seconds: number): Date {
  return new Date(now().getTime() - seconds * 1000)
}
