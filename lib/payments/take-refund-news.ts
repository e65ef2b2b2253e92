import 'server-only'
import { now, todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { newId } from '@/lib/base/ids'
import { log } from '@/lib/base/log'
import { sql } from '@/lib/base/sql'
import { withdrawCredit } from '@/lib/billing/withdraw-credit'
import { announce } from '@/lib/events/announce'
import { raise } from '@/lib/events/exception'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import { getTenant } from '@/lib/tenancy/queries'
import type { RefundNews } from './gateway'
import { movementsBack } from './movements'
import { standingOf } from './standing'

type LockedRefund = {
  id: string
  attemptId: string
  state: string
  amountMinor: bigint
  currency: string
  clientId: string
}

/**
 * The one place where a refund changes state, given the refund as it stands at Stripe. A refund made in Stripe's own
 * dashboard is taken in too: the money has left all the same.
 */
export async function takeRefundNews(tx: Tx, news: RefundNews): Promise<void> {
  const refund = (await lockRefund(tx, news)) ?? (await adoptRefund(tx, news))
  if (refund === undefined) return
  const isBooked = news.booked && (news.status === 'succeeded' || news.status === 'pending')
  await tx.run(sql`
    update refunds set refund_id = ${news.externalId}, state = ${nextState(refund.state, news)}, state_at = ${now()}, failure_reason = ${news.failureReason ?? null}
    where tenant_id = ${tx.tenantId} and id = ${refund.id} and (refund_id is null or state <> ${nextState(refund.state, news)})`)
  if (isBooked) await book(tx, refund)
  if (news.status === 'failed' && news.booked) await passThrough(tx, refund)
  if (news.status === 'failed') await unbook(tx, refund, news.failureReason ?? 'unknown')
  await faultPoint('refund.recorded')
}

function nextState(state: string, news: RefundNews): string {
  if (news.status === 'other') return state
  // A success that later fails is news; a success that turns pending again is an old answer.
  return state === 'succeeded' && news.status === 'pending' ? state : news.status
}

async function lockRefund(tx: Tx, news: RefundNews): Promise<LockedRefund | undefined> {
  return tx.row<LockedRefund>(sql`
    select r.id, r.attempt_id, r.state, r.amount_minor, r.currency, a.client_id
    from refunds r join attempts a on a.tenant_id = r.tenant_id and a.id = r.attempt_id
    where r.tenant_id = ${tx.tenantId} and (r.refund_id = ${news.externalId} or r.id::text = ${news.refundId ?? ''}) for update of a, r`)
}

async function adoptRefund(tx: Tx, news: RefundNews): Promise<LockedRefund | undefined> {
  const attempt = await tx.row<{ id: string; clientId: string }>(sql`
    select id, client_id from attempts where tenant_id = ${tx.tenantId} and payment_intent_id = ${news.intentId ?? ''} for update`)
  if (attempt === undefined) return undefined
  await giveWay(tx, attempt.id, news)
  const id = newId()
  await tx.run(sql`
    insert into refunds (tenant_id, id, attempt_id, state, amount_minor, currency, reason, refund_id, created_at, state_at)
    values (${tx.tenantId}, ${id}, ${attempt.id}, 'sent', ${news.amount.minor}, ${news.amount.currency}, 'Made in Stripe', ${news.externalId}, ${news.createdAt}, ${now()})`)
  return {
    id,
    attemptId: attempt.id,
    state: 'sent',
    amountMinor: news.amount.minor,
    currency: news.amount.currency,
    clientId: attempt.clientId,
  }
}

/**
 * Stripe never refunds more than it charged. What it has refunded is a fact; a refund of ours that was asked for, never
 * answered, and no longer fits beside it did not happen. Should its own news come all the same, it is taken as it is.
 */
async function giveWay(tx: Tx, attemptId: string, news: RefundNews): Promise<void> {
  await tx.run(sql`
    update refunds r set state = 'failed', state_at = ${now()}, failure_reason = 'Refunded in Stripe meanwhile'
    from attempts a
    where r.tenant_id = ${tx.tenantId} and r.attempt_id = ${attemptId} and r.state in ('sent', 'unknown') and r.refund_id is null
      and a.tenant_id = r.tenant_id and a.id = r.attempt_id
      and a.amount_minor < ${news.amount.minor} + (select sum(o.amount_minor) from refunds o
        where o.tenant_id = ${tx.tenantId} and o.attempt_id = r.attempt_id and o.state <> 'failed')`)
}

async function book(tx: Tx, refund: LockedRefund): Promise<void> {
  const { timeZone } = await getTenant(tx)
  const { movements } = movementsBack({
    attemptId: refund.attemptId,
    clientId: refund.clientId,
    amount: money(refund.amountMinor, refund.currency),
    from: 'clearing',
    standing: await standingOf(tx, refund.attemptId),
  })
  const cause = { kind: 'refund.succeeded' as const, id: refund.id }
  const fresh = await record(tx, [{ cause, happenedAt: now(), bookedOn: todayIn(timeZone), movements }])
  if (fresh.size === 0) return
  await withdrawCredit(tx, [refund.clientId], refund.attemptId)
  await moveAttempt(tx, refund.attemptId)
  await announce(tx, { kind: 'refund.succeeded', attemptId: refund.attemptId, refundId: refund.id }, refund.id)
  log.info({ tenantId: tx.tenantId, attemptId: refund.attemptId, refundId: refund.id }, 'refund.booked')
}

/**
 * A refund that had already come back when we first heard of it took nothing off an invoice. Stripe's book has both its
 * movements all the same, in payouts that need not be the same: they go through the client's credit.
 */
async function passThrough(tx: Tx, refund: LockedRefund): Promise<void> {
  const { timeZone } = await getTenant(tx)
  const { attemptId, clientId, amountMinor, currency } = refund
  const amount = money(amountMinor, currency)
  const movements = [{ debit: 'unapplied' as const, credit: 'clearing' as const, amount, clientId, attemptId }]
  const cause = { kind: 'refund.succeeded' as const, id: refund.id }
  await record(tx, [{ cause, happenedAt: now(), bookedOn: todayIn(timeZone), movements }])
}

/** A refund the bank could not deliver: the money is back at Stripe, and the payment stands again. */
async function unbook(tx: Tx, refund: LockedRefund, why: string): Promise<void> {
  const { timeZone } = await getTenant(tx)
  // Per invoice: what had left it and what had left the credit beyond its total are one.
  const lines = await tx.rows<{
    debit: 'receivable' | 'unapplied' | 'surcharge_income'
    amountMinor: bigint
    invoiceId: string | null
    balanceMinor: bigint | null
  }>(sql`
    select b.debit, b.amount_minor, b.invoice_id, i.balance_minor
    from (
      select case when l.invoice_id is null then l.debit else 'receivable' end as debit, l.invoice_id, sum(l.amount_minor)::bigint as amount_minor
      from journal_entries e join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
      where e.tenant_id = ${tx.tenantId} and e.cause_kind = 'refund.succeeded' and e.cause_id = ${refund.id}
      group by 1, l.invoice_id) b
    left join invoices i on i.tenant_id = ${tx.tenantId} and i.id = b.invoice_id order by b.invoice_id nulls first`)
  const base = { debit: 'clearing' as const, clientId: refund.clientId, attemptId: refund.attemptId }
  const movements = lines.flatMap(({ debit, amountMinor, invoiceId, balanceMinor }) => {
    // An invoice that was paid another way meanwhile takes no more: the rest is the client's credit.
    const applied =
      invoiceId === null ? amountMinor : amountMinor < (balanceMinor ?? 0n) ? amountMinor : (balanceMinor ?? 0n)
    const back = {
      ...base,
      credit: debit,
      amount: money(applied, refund.currency),
      ...(invoiceId === null ? {} : { invoiceId }),
    }
    return [back, { ...base, credit: 'unapplied' as const, amount: money(amountMinor - applied, refund.currency) }]
  })
  await record(tx, [
    { cause: { kind: 'refund.reversed', id: refund.id }, happenedAt: now(), bookedOn: todayIn(timeZone), movements },
  ])
  await moveAttempt(tx, refund.attemptId)
  await announce(tx, { kind: 'refund.failed', attemptId: refund.attemptId, refundId: refund.id }, refund.id)
  await raise(tx, {
    cause: 'refund-failed',
    subject: { kind: 'refund', id: refund.id },
    clientId: refund.clientId,
    amount: money(refund.amountMinor, refund.currency),
    detail: `The bank could not deliver the refund (${why.replaceAll('_', ' ')}). The money is back at Stripe.`,
    nextStep: 'Ask the client how to return it, for example by check, and record that in the PSA.',
  })
}

/** The attempt's state after its refunds have changed. */
async function moveAttempt(tx: Tx, attemptId: string): Promise<void> {
  await tx.run(sql`
    with sums as (
      select coalesce(sum(amount_minor), 0)::bigint as refunded from refunds
      where tenant_id = ${tx.tenantId} and attempt_id = ${attemptId} and state in ('pending', 'succeeded'))
    update attempts a set refunded_minor = sums.refunded, state_at = ${now()},
      state = case when a.state in ('disputed', 'returned') then a.state when sums.refunded = 0 then 'succeeded' when sums.refunded >= a.amount_minor then 'refunded' else 'part_refunded' end
    from sums where a.tenant_id = ${tx.tenantId} and a.id = ${attemptId}`)
}
