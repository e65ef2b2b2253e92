import 'server-only'
import { now, todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { log } from '@/lib/base/log'
import { kept, type Sql, sql } from '@/lib/base/sql'
import { applyCredit } from '@/lib/billing/apply-credit'
import { announce } from '@/lib/events/announce'
import { raise, settle } from '@/lib/events/exception'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import type { AttemptState } from './attempt'
import { clearsOnOf } from './banking-days'
import { blockMethod } from './block-method'
import { decideMove } from './decide-move'
import { explainDecline } from './decline'
import type { IntentNews } from './gateway'
import { movementsOfSuccess } from './movements'
import { noteShortPay } from './short-pay'
import { failSetup, takeSavedMethod } from './take-saved-method'

type LockedAttempt = {
  id: string
  clientId: string
  state: AttemptState
  amountMinor: bigint
  surchargeMinor: bigint
  currency: string
  locale: string
  paymentIntentId: string | null
  methodId: string | null
  methodType: string | null
  saves: boolean
  timeZone: string
}

/**
 * The one place where a payment changes state. Browser return, webhook, poller and the clock all end here, with the
 * payment intent as it stands at Stripe. Told twice, or late, it changes nothing more.
 * @returns the attempt's state afterwards, or undefined when the intent is none of ours
 */
export async function takeIntentNews(tx: Tx, account: string, news: IntentNews): Promise<AttemptState | undefined> {
  if (news.attemptId === undefined) return undefined
  const attempt = await tx.row<LockedAttempt>(
    kept`
    select a.id, a.client_id, a.state, a.amount_minor, a.surcharge_minor, a.currency, a.locale, a.payment_intent_id, a.method_id, a.method_type, a.saves, t.time_zone
    from attempts a join tenants t on t.id = a.tenant_id
    where a.tenant_id = ${tx.tenantId} and a.id = ${news.attemptId} and a.account = ${account} for update of a`,
  )
  if (attempt === undefined) {
    log.warn({ tenantId: tx.tenantId, intentId: news.intentId }, 'payment.intent_unknown')
    return undefined
  }
  if (isSomebodyElses(attempt, news)) {
    await raise(tx, {
      cause: 'paid-twice',
      subject: { kind: 'attempt', id: attempt.id },
      clientId: attempt.clientId,
      amount: news.amount,
      detail: `Stripe has a payment ${news.intentId} that names this attempt but does not match it.`,
      nextStep: 'Look at it in Stripe and refund it there if it is a second charge.',
    })
    return attempt.state
  }
  const move = decideMove(attempt.state, news)
  await faultPoint('news.deciding')
  if (attempt.saves || attempt.methodId !== null) await keepMethod(tx, attempt, news)
  switch (move.to) {
    case 'stay':
      await keepFacts(tx, attempt, news)
      return attempt.state
    case 'succeeded':
      await succeed(tx, attempt, news)
      break
    case 'processing':
      await setProcessing(tx, attempt, news)
      break
    case 'requires_action':
    case 'canceled':
      await setState(tx, attempt, news, sql`state = ${move.to}, state_at = ${now()}`)
      break
    case 'failed':
      await fail(tx, attempt, news, move.code)
      break
  }
  if (attempt.state === 'unknown') await settle(tx, 'outcome-unknown', attempt.id)
  await faultPoint('news.decided')
  const ids = { tenantId: tx.tenantId, attemptId: attempt.id, intentId: news.intentId }
  log.info({ ...ids, from: attempt.state, to: move.to }, 'payment.moved')
  return move.to
}

function isSomebodyElses(attempt: LockedAttempt, news: IntentNews): boolean {
  return (
    (attempt.paymentIntentId !== null && attempt.paymentIntentId !== news.intentId) ||
    news.amount.minor !== attempt.amountMinor ||
    news.amount.currency !== attempt.currency
  )
}

/** What was paid with is saved once Stripe has taken it; a bank that takes no more debits from it has said so. */
async function keepMethod(tx: Tx, attempt: LockedAttempt, { status, paidWith, mandateId }: IntentNews): Promise<void> {
  if (paidWith === undefined) return
  if (attempt.methodId === null && (status === 'succeeded' || status === 'processing')) {
    const methodId = await takeSavedMethod(tx, { attemptId: attempt.id }, paidWith, mandateId)
    if (methodId !== undefined)
      await tx.run(
        sql`update attempts set method_id = ${methodId} where tenant_id = ${tx.tenantId} and id = ${attempt.id}`,
      )
  } else if (attempt.methodId === null && (status === 'canceled' || status === 'requires_payment_method')) {
    await failSetup(tx, { attemptId: attempt.id }, 'The payment it came with was not made.')
  }
  if (paidWith.blockedReason !== undefined)
    await blockMethod(tx, attempt.clientId, paidWith.paymentMethodId, paidWith.blockedReason)
}

/** What the intent tells besides its state: who it is, how it was paid, what it cost. */
function factsOf(news: IntentNews): Sql {
  return sql`payment_intent_id = ${news.intentId}, charge_id = coalesce(${news.chargeId ?? null}, charge_id),
    waits_for = ${news.waitsFor ?? null}, method_type = coalesce(${news.method?.type ?? null}, method_type), method_label = coalesce(${news.method?.label ?? null}, method_label),
    fee_minor = coalesce(${news.fee?.minor ?? null}, fee_minor)`
}

async function keepFacts(tx: Tx, attempt: LockedAttempt, news: IntentNews): Promise<void> {
  await tx.run(sql`
    update attempts set ${factsOf(news)}
    where tenant_id = ${tx.tenantId} and id = ${attempt.id}
      and (payment_intent_id is distinct from ${news.intentId}
        or waits_for is distinct from ${news.waitsFor ?? null}
        or charge_id is distinct from coalesce(${news.chargeId ?? null}, charge_id)
        or method_label is distinct from coalesce(${news.method?.label ?? null}, method_label)
        or fee_minor is distinct from coalesce(${news.fee?.minor ?? null}, fee_minor))`)
}

/** Facts and state in one: every statement of this path is run for every payment there is. */
async function setState(tx: Tx, attempt: LockedAttempt, news: IntentNews, state: Sql): Promise<void> {
  await tx.run(
    kept`update attempts set ${factsOf(news)}, ${state} where tenant_id = ${tx.tenantId} and id = ${attempt.id}`,
  )
}

async function setProcessing(tx: Tx, attempt: LockedAttempt, news: IntentNews): Promise<void> {
  // An account that was verified first, or an agreement that came later: the debit is younger than its payment.
  const sentOn = todayIn(attempt.timeZone, news.debitedAt ?? news.createdAt)
  const clearsOn = clearsOnOf(news.method?.type ?? attempt.methodType, sentOn)
  await setState(tx, attempt, news, sql`state = 'processing', state_at = ${now()}, clears_on = ${clearsOn}`)
  await announce(tx, { kind: 'payment.processing', attemptId: attempt.id }, attempt.id)
}

async function fail(tx: Tx, attempt: LockedAttempt, news: IntentNews, code: string): Promise<void> {
  const { reason } = explainDecline(code, attempt.locale)
  const failed = sql`state = 'failed', state_at = ${now()}, failure_code = ${code}, failure_reason = ${reason}`
  await setState(tx, attempt, news, failed)
  const wasProcessing = attempt.state === 'processing'
  await announce(tx, { kind: 'payment.failed', attemptId: attempt.id, wasProcessing }, attempt.id)
  // The browser may still hold the intent's client secret: an intent that failed is closed for good.
  await announce(tx, { kind: 'attempt.to_cancel', attemptId: attempt.id }, attempt.id)
}

type Target = {
  invoiceId: string
  amountMinor: bigint
  creditMinor: bigint
  shortReason: string | null
  balanceMinor: bigint
}

async function succeed(tx: Tx, attempt: LockedAttempt, news: IntentNews): Promise<void> {
  const targets = await tx.rows<Target>(
    kept`
    select l.invoice_id, l.amount_minor, l.credit_minor, l.short_reason, i.balance_minor
    from allocations l join invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
    where l.tenant_id = ${tx.tenantId} and l.attempt_id = ${attempt.id} order by i.id for update of i`,
  )
  const inCurrency = (minor: bigint) => money(minor, attempt.currency)
  const { movements, unfit } = movementsOfSuccess({
    attemptId: attempt.id,
    clientId: attempt.clientId,
    amount: inCurrency(attempt.amountMinor),
    surcharge: inCurrency(attempt.surchargeMinor),
    targets: targets.map(({ invoiceId, amountMinor, balanceMinor }) => ({
      invoiceId,
      allocated: inCurrency(amountMinor),
      payable: inCurrency(balanceMinor > 0n ? balanceMinor : 0n),
    })),
  })
  const happenedAt = now()
  const bookedOn = todayIn(attempt.timeZone, happenedAt)
  const succeeded = sql`state = 'succeeded', state_at = ${happenedAt}, succeeded_at = ${happenedAt}, failure_code = null, failure_reason = null`
  const cause = { kind: 'payment.succeeded' as const, id: attempt.id }
  await Promise.all([
    setState(tx, attempt, news, succeeded),
    record(tx, [{ cause, happenedAt, bookedOn, movements }]),
    announce(tx, { kind: 'payment.succeeded', attemptId: attempt.id }, attempt.id),
  ])
  const { clientId, currency, id: orderId } = attempt
  const shares = targets.map(({ invoiceId, amountMinor, creditMinor, balanceMinor }) => {
    const open = balanceMinor > amountMinor ? balanceMinor - amountMinor : 0n
    return { invoiceId, minor: creditMinor < open ? creditMinor : open }
  })
  await applyCredit(tx, { clientId, currency, orderId, shares, bookedOn })
  for (const { invoiceId, shortReason } of targets)
    await noteShortPay(tx, { orderId, invoiceId, shortReason: shortReason ?? undefined, currency, on: bookedOn })
  if (unfit.minor > 0n)
    await raise(tx, {
      cause: 'paid-after-void',
      subject: { kind: 'attempt', id: attempt.id },
      clientId: attempt.clientId,
      amount: unfit,
      detail: 'The invoice changed while the payment was under way; this part of it is kept as the client’s credit.',
      nextStep: 'Apply the credit to another invoice in the PSA, or refund it.',
    })
}
