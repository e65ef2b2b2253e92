import 'server-only'
import { type Actor, mayPay } from '@/lib/access/actor'
import type { PlainDate } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import type { AttemptState } from './attempt'
import { chargeAttempt } from './charge-attempt'
import { chargeSource } from './charge-source'
import { debitPayerOf } from './debit-payer'
import { explainDecline } from './decline'
import { customerToSaveFor, keepAgreed } from './keep-agreed'
import { openAttempt } from './open-attempt'
import { openGateway } from './open-gateway'
import { refusal } from './refusal'
import type { Order, PaymentResult, Where } from './result'

/**
 * Somebody pressed "Pay": write the intent, call Stripe, record the answer. A second press with the same order key, a
 * second tab or a reload ends at the first attempt; nothing is charged twice, whatever dies on the way.
 * @throws Fault when something of ours is broken; everything the payer can answer comes back as a value
 */
export async function startPayment(actor: Actor, order: Order, where: Where): Promise<PaymentResult> {
  const { tenantId } = actor
  if (!mayPay(actor)) return refusal('not-allowed', where.locale)
  if (!isId(order.orderKey) || !hasOneSource(order)) return refusal('form', where.locale)
  const gateway = await withTenant(tenantId, openGateway).catch(orBusy)
  if (gateway === 'busy') return refusal('busy', where.locale)
  const customerId = await customerToSaveFor(actor, order, gateway)
  if (customerId === 'unreachable') return refusal('unreachable', where.locale)
  const opened = await withTenant(tenantId, async (tx) => {
    const opened = await openAttempt(tx, actor, order, where, gateway.account, customerId)
    if (opened.do !== 'charge' || order.agreed === undefined) return opened
    const attempt = { ...opened, attemptId: order.orderKey, account: gateway.account, debit: order.debit }
    const isKept = await keepAgreed(tx, actor, order.agreed, where, attempt, customerId)
    // Thrown, so that nothing of the attempt stays.
    if (!isKept) throw new OtherWords()
    return opened
  }).catch((error: unknown) => {
    if (error instanceof OtherWords) return { do: 'refuse' as const, because: 'changed' as const }
    // Set for a date in the same instant: the database let the date stand.
    if (isSetForDate(error)) return { do: 'refuse' as const, because: 'scheduled' as const }
    // Two tabs in the same instant: the database let one of them hold the invoice.
    if (isUniqueViolation(error)) return { do: 'lost' as const }
    return orBusy(error)
  })
  // Nothing is written yet: the same press may come again.
  if (opened === 'busy') return refusal('busy', where.locale)
  switch (opened.do) {
    case 'lost': {
      const followed = await resultOf(tenantId, order.orderKey, where.locale)
      return followed ?? refusal('on-its-way', where.locale)
    }
    case 'refuse':
      return refusal(opened.because, where.locale)
    case 'follow':
      return (await resultOf(tenantId, opened.attemptId, where.locale)) ?? refusal('form', where.locale)
    case 'covered':
      return { ok: true, attemptId: order.orderKey, state: 'covered' }
    case 'charge': {
      const answer = await chargeAttempt(gateway, {
        attemptId: order.orderKey,
        tenantId,
        amount: opened.amount,
        description: opened.description,
        ...(order.receiptEmail === undefined ? {} : { receiptEmail: order.receiptEmail }),
        ...chargeSource({
          methodType: opened.method?.type ?? order.debit ?? null,
          confirmationTokenId: order.confirmationTokenId ?? null,
          customerId: opened.method?.customerId ?? customerId ?? null,
          paymentMethodId: opened.method?.paymentMethodId ?? null,
          stripeMandateId: opened.method?.mandateId ?? null,
          saves: customerId !== undefined,
          origin: where.origin,
        }),
      })
      const result = await resultOf(tenantId, order.orderKey, where.locale)
      if (result === undefined) throw new Error('the attempt just made is gone')
      // The browser needs the secret to show the bank's own check; it is passed on, never stored.
      const secret = typeof answer === 'object' ? answer.clientSecret : undefined
      if (!result.ok || result.state !== 'requires_action' || secret === undefined) return result
      if (order.debit === undefined) return { ...result, clientSecret: secret }
      const agreement = await withTenant(tenantId, (tx) => debitPayerOf(tx, order.orderKey))
      return { ...result, clientSecret: secret, agreement }
    }
  }
}

/** The words on the page are not those in force: it must be shown again before anything is charged. */
class OtherWords extends Error {}

/**
 * Typed, saved or a debit to be agreed to; none where credit is to cover everything. Only what is typed can be saved, and
 * a debit is nothing without the words it rests on.
 */
function hasOneSource({
  confirmationTokenId,
  methodId,
  debit,
  receiptEmail,
  agreed,
  creditMinor = 0n,
}: Order): boolean {
  if (debit !== undefined) {
    const isSavedAsSuch = agreed?.save === undefined || agreed.save.type === debit
    const isWorded = agreed?.once !== undefined && isSavedAsSuch && receiptEmail !== undefined
    return isWorded && confirmationTokenId === undefined && methodId === undefined
  }
  if (agreed?.save?.type === 'acss_debit') return false
  if (confirmationTokenId === undefined && methodId === undefined) return creditMinor > 0n
  if (confirmationTokenId === undefined) return methodId !== undefined && agreed?.save === undefined
  return methodId === undefined && /^ctoken_\w+$/.test(confirmationTokenId)
}

/** What an attempt amounts to for the person who placed it. */
export async function resultOf(
  tenantId: string,
  attemptId: string,
  locale: string,
): Promise<PaymentResult | undefined> {
  const attempt = await withTenant(tenantId, (tx) =>
    tx.row<{ state: AttemptState; failureCode: string | null; clearsOn: PlainDate | null }>(sql`
      select state, failure_code, clears_on from attempts where tenant_id = ${tx.tenantId} and id = ${attemptId}`),
  )
  if (attempt === undefined) return undefined
  const { state, failureCode, clearsOn } = attempt
  switch (state) {
    case 'created':
    case 'sent':
    case 'unknown':
      return { ok: true, attemptId, state: 'unknown' }
    case 'requires_action':
      return { ok: true, attemptId, state }
    case 'processing':
      return { ok: true, attemptId, state, ...(clearsOn === null ? {} : { clearsOn }) }
    case 'succeeded':
    case 'part_refunded':
    case 'refunded':
    case 'disputed':
      return { ok: true, attemptId, state: 'succeeded' }
    case 'failed':
      if (failureCode === 'never_arrived') return { ...refusal('unreachable', locale), attemptId }
      return { ok: false, because: 'declined', ...explainDecline(failureCode ?? '', locale), attemptId }
    case 'returned':
      return { ok: false, because: 'declined', ...explainDecline(failureCode ?? 'bank.returned', locale), attemptId }
    case 'canceled':
      return { ok: false, because: 'declined', ...explainDecline('abandoned', locale), attemptId }
  }
}

function orBusy(error: unknown): 'busy' {
  if (error instanceof Fault && error.kind === 'busy') return 'busy'
  throw error
}

function isSetForDate(error: unknown): boolean {
  return error instanceof Error && error.message === 'this invoice is set to be paid on a date'
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && (error as { code?: string }).code === '23505'
}
