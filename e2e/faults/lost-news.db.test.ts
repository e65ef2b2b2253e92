import { afterAll, beforeEach, expect, test } from 'vitest'
import { windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { reconcilePayments } from '@/lib/payments/reconcile-payments'
import type { PaymentResult } from '@/lib/payments/result'
import { startPayment } from '@/lib/payments/start-payment'
import { sweepPayments } from '@/lib/payments/sweep-payments'
import { takeStripeEvent } from '@/lib/payments/take-stripe-event'
import { startTestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { chargesAtStripe, makeMsp, tokenFor } from '../support/msp.ts'

const stripe = await startTestStripe()
process.env.STRIPE_API_URL = stripe.service.url
process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
const msp = await makeMsp('lost-news', stripe)
const { tenantId } = msp
const where = { ip: '127.0.0.1', userAgent: 'test', locale: 'en-US', origin: 'link' } as const
const faultPoint = Symbol.for('closeloop.fault-point')
type Armed = { [faultPoint]?: (name: string) => void | Promise<void> }

const follow = () => windClock(stripe.clock.now().getTime() - Date.now())
beforeEach(() => {
  stripe.service.faults.clear()
  follow()
})
afterAll(() => stripe.close())

async function owing(totalMinor: bigint): Promise<string> {
  return msp.makeInvoice(await msp.makeClient(), totalMinor)
}

async function pay(invoiceId: string, method: Parameters<typeof tokenFor>[1]): Promise<PaymentResult> {
  const confirmationTokenId = await tokenFor(stripe, method)
  const order = { orderKey: newId(), invoices: [{ invoiceId }], confirmationTokenId }
  return startPayment({ kind: 'system', tenantId, reason: 'test' }, order, where)
}

async function stateOf(attemptId: string | undefined): Promise<string | undefined> {
  const row = await withTenant(tenantId, (tx) =>
    tx.row<{ state: string }>(
      sql`select state from attempts where tenant_id = ${tx.tenantId} and id = ${attemptId ?? null}`,
    ),
  )
  return row?.state
}

async function later(hours: number): Promise<void> {
  await stripe.clock.advanceTo(new Date(stripe.clock.now().getTime() + hours * 3_600_000))
  follow()
}

async function openExceptions(subjectId: string | undefined): Promise<string[]> {
  const rows = await withTenant(tenantId, (tx) =>
    tx.rows<{ cause: string }>(sql`
      select cause from exceptions where tenant_id = ${tx.tenantId} and subject_id = ${subjectId ?? ''} and closed_at is null`),
  )
  return rows.map(({ cause }) => cause)
}

test('fault 16: with every webhook lost, the sweeper settles a debit on the day it was promised to clear', async () => {
  stripe.service.faults.webhooks = 'lost'
  const invoiceId = await owing(72_000n)
  const result = await pay(invoiceId, { bank: '000123456789' })
  await later(24)
  await sweepPayments(tenantId)
  expect(await stateOf(result.attemptId)).toBe('processing')
  await later(6 * 24)
  await sweepPayments(tenantId)
  expect(await stateOf(result.attemptId)).toBe('succeeded')
  expect(await msp.balanceOf(invoiceId)).toBe(0n)
})

test('fault 16: the end of a dispute is found though its webhook was lost and it began weeks ago', async () => {
  const invoiceId = await owing(30_000n)
  const result = await pay(invoiceId, { card: '4242424242424242' })
  await reconcilePayments(tenantId)
  const charge = (await chargesAtStripe(stripe)).find(({ metadata }) => metadata.attempt_id === result.attemptId)
  await stripe.control('POST', `dispute/${charge?.id}`, { reason: 'product_not_received' })
  await reconcilePayments(tenantId)
  expect(await stateOf(result.attemptId)).toBe('disputed')
  for (let day = 0; day < 6; day++) {
    await later(24)
    await reconcilePayments(tenantId)
  }
  const [dispute] = (await stripe.stripe.disputes.list()).data.filter((one) => one.charge === charge?.id)
  const evidence = { uncategorized_text: 'losing_evidence' }
  await stripe.stripe.disputes.update(dispute?.id ?? '', { evidence, submit: true })
  await later(72)
  await reconcilePayments(tenantId)
  expect(await stateOf(result.attemptId)).toBe('returned')
  expect(await msp.balanceOf(invoiceId)).toBe(30_000n)
})

test('fault 17: what Stripe never makes an event of is found by reading the objects, also after three days of silence', async () => {
  stripe.service.faults.webhooks = 'never'
  const invoiceId = await owing(10_000n)
  const result = await pay(invoiceId, { card: '4242424242424242' })
  await reconcilePayments(tenantId)
  const charge = (await chargesAtStripe(stripe)).find(({ metadata }) => metadata.attempt_id === result.attemptId)
  await stripe.stripe.refunds.create({ charge: charge?.id ?? '', amount: 4_000 })
  // Nobody was there to read for three nights.
  await later(3 * 24)
  await reconcilePayments(tenantId)
  expect(await msp.balanceOf(invoiceId)).toBe(4_000n)
  expect(await stateOf(result.attemptId)).toBe('part_refunded')
})

test('fault 18: a webhook that is faster than Stripe’s own answer settles the payment once, and nobody waits for nobody', async () => {
  const invoiceId = await owing(5_500n)
  let heard: Promise<unknown> | undefined
  const armed = globalThis as Armed
  armed[faultPoint] = async (name) => {
    if (name !== 'gateway.charged') return
    const [intent] = (await stripe.stripe.paymentIntents.list({ limit: 1 })).data
    const event = { kind: 'stripe.event', eventId: newId(), type: 'any', account: stripe.account } as const
    const take = () => takeStripeEvent(tenantId, { ...event, object: 'payment_intent', objectId: intent?.id ?? '' })
    await take() // one before us,
    heard = Promise.all([take(), take()]) // and two beside us
  }
  try {
    const result = await pay(invoiceId, { card: '4242424242424242' })
    await heard
    expect(result).toMatchObject({ ok: true, state: 'succeeded' })
    const entries = await withTenant(tenantId, (tx) =>
      tx.rows(sql`
        select 1 from journal_entries where tenant_id = ${tx.tenantId} and cause_kind = 'payment.succeeded' and cause_id = ${result.attemptId ?? ''}`),
    )
    expect(entries).toHaveLength(1)
    expect(await msp.balanceOf(invoiceId)).toBe(0n)
  } finally {
    delete armed[faultPoint]
  }
})

test('fault 10: two hours without Stripe lose nothing, charge nothing twice, and call a person once', async () => {
  const [lost, waiting, other] = [await owing(1_000n), await owing(2_000n), await owing(3_000n)]
  const onItsWay = await pay(waiting, { bank: '000123456789' })
  await later(24 * 3)
  const [first, second] = [
    await tokenFor(stripe, { card: '4242424242424242' }),
    await tokenFor(stripe, { card: '4242424242424242' }),
  ]
  const order = (invoiceId: string, confirmationTokenId: string) =>
    startPayment(
      { kind: 'system', tenantId, reason: 'test' },
      { orderKey: newId(), invoices: [{ invoiceId }], confirmationTokenId },
      where,
    )
  // The last answer before it goes down is lost: charged, and nobody knows.
  stripe.service.faults.rules = [
    { kind: 'reset-after', match: 'POST /v1/payment_intents$', times: 1 },
    { kind: 'reset-before' },
  ]
  const unknown = await order(lost, first)
  expect(unknown).toMatchObject({ ok: true, state: 'unknown' })
  expect((await order(other, second)).ok).toBe(true) // not known either: nobody answered
  for (let minutes = 0; minutes < 120; minutes += 10) {
    await later(1 / 6)
    await sweepPayments(tenantId)
    await expect(reconcilePayments(tenantId)).rejects.toThrow()
  }
  expect(await stateOf(unknown.attemptId)).toBe('unknown')
  expect(await openExceptions(unknown.attemptId)).toEqual(['outcome-unknown'])

  stripe.service.faults.clear()
  await sweepPayments(tenantId)
  expect(await stateOf(unknown.attemptId)).toBe('succeeded')
  expect(await openExceptions(unknown.attemptId)).toEqual([])
  expect(await msp.balanceOf(lost)).toBe(0n)
  expect(await msp.balanceOf(other)).toBe(3_000n)
  // What never reached Stripe is free to be paid again, and what was under way goes on.
  expect(await pay(other, { card: '4242424242424242' })).toMatchObject({ ok: true, state: 'succeeded' })
  await later(24 * 4)
  await sweepPayments(tenantId)
  expect(await stateOf(onItsWay.attemptId)).toBe('succeeded')
  const charged = (await chargesAtStripe(stripe)).filter(
    ({ metadata, status }) => metadata.attempt_id === unknown.attemptId && status === 'succeeded',
  )
  expect(charged).toHaveLength(1)
})
