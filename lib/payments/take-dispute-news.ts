import 'server-only'
import { now, todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { newId } from '@/lib/base/ids'
import { log } from '@/lib/base/log'
import { sql } from '@/lib/base/sql'
import { withdrawCredit } from '@/lib/billing/withdraw-credit'
import { announce } from '@/lib/events/announce'
import { raise, settle } from '@/lib/events/exception'
import type { CauseKind, Movement } from '@/lib/ledger/entry'
import { record } from '@/lib/ledger/record'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import { getTenant } from '@/lib/tenancy/queries'
import type { AttemptState } from './attempt'
import { blockMethodOf } from './block-method'
import type { DisputeNews } from './gateway'
import { movementsBack } from './movements'
import { standingOf } from './standing'

type Dispute = { id: string; kind: 'return' | 'chargeback'; state: 'open' | 'won' | 'lost' }
type Attempt = { id: string; clientId: string; state: AttemptState; refundedMinor: bigint; amountMinor: bigint }

/**
 * The one place where money taken back by a bank or a card network is recorded, given the dispute as it stands at
 * Stripe. A bank debit that is returned after it succeeded comes as a dispute that is lost at once; a card's is open
 * first, and may be won. The invoice opens again as soon as the money is gone for good.
 */
export async function takeDisputeNews(tx: Tx, news: DisputeNews): Promise<void> {
  const attempt = await tx.row<Attempt>(sql`
    select id, client_id, state, refunded_minor, amount_minor from attempts
    where tenant_id = ${tx.tenantId} and payment_intent_id = ${news.intentId ?? ''} for update`)
  if (attempt === undefined) return
  if (!news.booked) return takeInquiry(tx, attempt, news)
  const dispute = await upsertDispute(tx, attempt, news)
  const amount = news.amount
  const base = { amount, clientId: attempt.clientId, attemptId: attempt.id }
  if (dispute.kind === 'return') {
    const { movements } = movementsBack({ ...base, from: 'clearing', standing: await standingOf(tx, attempt.id) })
    if (await book(tx, 'payment.returned', dispute.id, movements)) {
      await blockMethodOf(tx, attempt.id, news.reason)
      await reopen(tx, attempt, dispute, news)
    }
    return
  }
  if (await book(tx, 'dispute.opened', dispute.id, [{ ...base, debit: 'disputed', credit: 'clearing' }])) {
    await setAttempt(tx, attempt.id, 'disputed')
    await announce(tx, { kind: 'payment.disputed', attemptId: attempt.id, disputeId: dispute.id }, dispute.id)
    await raise(tx, {
      cause: 'disputed',
      subject: { kind: 'attempt', id: attempt.id },
      clientId: attempt.clientId,
      amount,
      detail: `The cardholder disputes ${formatMoney(amount, 'en-US')}: ${news.reason.replaceAll('_', ' ')}.`,
      nextStep:
        news.evidenceDueAt === undefined
          ? 'Answer it in Stripe.'
          : `Answer it in Stripe by ${news.evidenceDueAt.toISOString().slice(0, 10)}.`,
    })
  }
  if (
    news.status === 'won' &&
    (await book(tx, 'dispute.won', dispute.id, [{ ...base, debit: 'clearing', credit: 'disputed' }]))
  ) {
    const state = attempt.refundedMinor === 0n ? 'succeeded' : 'part_refunded'
    await setAttempt(tx, attempt.id, state)
    await settle(tx, 'disputed', attempt.id)
    await announce(tx, { kind: 'payment.dispute_closed', attemptId: attempt.id, disputeId: dispute.id }, dispute.id)
  }
  if (news.status === 'lost') {
    const { movements } = movementsBack({ ...base, from: 'disputed', standing: await standingOf(tx, attempt.id) })
    if (await book(tx, 'dispute.lost', dispute.id, movements)) await reopen(tx, attempt, dispute, news)
  }
}

/** The cardholder's bank only asks: no money has moved, and a good answer keeps it from doing so. */
async function takeInquiry(
  tx: Tx,
  attempt: Attempt,
  { status, amount, reason, evidenceDueAt }: DisputeNews,
): Promise<void> {
  if (status !== 'open') return settle(tx, 'disputed', attempt.id)
  const until = evidenceDueAt === undefined ? '' : ` by ${evidenceDueAt.toISOString().slice(0, 10)}`
  await raise(tx, {
    cause: 'disputed',
    subject: { kind: 'attempt', id: attempt.id },
    clientId: attempt.clientId,
    amount,
    detail: `The cardholder’s bank asks about ${formatMoney(amount, 'en-US')}: ${reason.replaceAll('_', ' ')}. Nothing was taken back yet.`,
    nextStep: `Answer it in Stripe${until}, or refund the payment.`,
  })
}

async function upsertDispute(tx: Tx, attempt: Attempt, news: DisputeNews): Promise<Dispute> {
  const closedAt = news.status === 'open' ? null : now()
  const row = await tx.row<Dispute>(sql`
    insert into disputes (tenant_id, id, attempt_id, dispute_id, kind, state, amount_minor, currency, reason, opened_at, evidence_due_at, closed_at)
    values (${tx.tenantId}, ${newId()}, ${attempt.id}, ${news.externalId}, ${news.methodType === 'card' ? 'chargeback' : 'return'}, ${news.status},
      ${news.amount.minor}, ${news.amount.currency}, ${news.reason}, ${news.openedAt}, ${news.evidenceDueAt ?? null}, ${closedAt})
    on conflict (tenant_id, dispute_id) do update
      set state = case when disputes.state = 'open' then excluded.state else disputes.state end,
        closed_at = coalesce(disputes.closed_at, excluded.closed_at)
    returning id, kind, state`)
  if (row === undefined) throw new Error('a dispute was not stored')
  return row
}

async function book(tx: Tx, kind: CauseKind, id: string, movements: Movement[]): Promise<boolean> {
  const { timeZone } = await getTenant(tx)
  const fresh = await record(tx, [{ cause: { kind, id }, happenedAt: now(), bookedOn: todayIn(timeZone), movements }])
  await faultPoint('dispute.booked')
  return fresh.size > 0
}

async function reopen(tx: Tx, attempt: Attempt, dispute: Dispute, news: DisputeNews): Promise<void> {
  await withdrawCredit(tx, [attempt.clientId], attempt.id)
  await tx.run(sql`
    update attempts set state = 'returned', state_at = ${now()}, failure_code = ${`bank.${news.reason}`},
      failure_reason = ${news.reason.replaceAll('_', ' ')}
    where tenant_id = ${tx.tenantId} and id = ${attempt.id}`)
  await settle(tx, 'disputed', attempt.id)
  await announce(tx, { kind: 'payment.returned', attemptId: attempt.id, disputeId: dispute.id }, dispute.id)
  const amount = money(news.amount.minor, news.amount.currency)
  await raise(tx, {
    cause: 'returned',
    subject: { kind: 'attempt', id: attempt.id },
    clientId: attempt.clientId,
    amount,
    detail:
      dispute.kind === 'return'
        ? `The bank took back ${formatMoney(amount, 'en-US')}: ${news.reason.replaceAll('_', ' ')}. The invoice is open again.`
        : `The dispute over ${formatMoney(amount, 'en-US')} was lost. The invoice is open again.`,
    nextStep: 'Agree with the client how it will be paid. Their bank account is not debited again by itself.',
  })
  log.info({ tenantId: tx.tenantId, attemptId: attempt.id, disputeId: dispute.id }, 'payment.returned')
}

async function setAttempt(tx: Tx, attemptId: string, state: AttemptState): Promise<void> {
  await tx.run(
    sql`update attempts set state = ${state}, state_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${attemptId} and state <> ${state}`,
  )
}
