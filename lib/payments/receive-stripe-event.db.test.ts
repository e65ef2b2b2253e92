import { createHmac } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { acrossTenants, withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { makeMsp, tokenFor } from '../../e2e/support/msp.ts'
import { startTestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { receiveStripeEvent } from './receive-stripe-event'
import { startPayment } from './start-payment'
import { takeStripeEvent } from './take-stripe-event'

process.env.STRIPE_WEBHOOK_SECRETS = 'whsec_new,whsec_old'
const stripe = await startTestStripe()
process.env.STRIPE_API_URL = stripe.service.url
process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
const msp = await makeMsp('larkfield', stripe)
const { tenantId } = msp
afterAll(() => stripe.close())

function event(id: string, over: object = {}): string {
  return JSON.stringify({
    id,
    object: 'event',
    api_version: '2026-10-28.endive',
    account: stripe.account,
    type: 'payment_intent.succeeded',
    livemode: false,
    data: { object: { id: 'pi_1', object: 'payment_intent', amount: 1 } },
    ...over,
  })
}

function signed(body: string, secret: string, at = Date.now()): string {
  const seconds = Math.floor(at / 1000)
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}

async function stored(externalId: string): Promise<number> {
  const rows = await withTenant(tenantId, (tx) =>
    tx.rows(
      sql`select 1 from events where tenant_id = ${tx.tenantId} and source = 'stripe' and external_id = ${externalId}`,
    ),
  )
  return rows.length
}

test('fault 13: an event delivered twice is kept once', async () => {
  const body = event('evt_twice')
  expect(await receiveStripeEvent(body, signed(body, 'whsec_new'))).toBe('kept')
  expect(await receiveStripeEvent(body, signed(body, 'whsec_new'))).toBe('known')
  expect(await stored('evt_twice')).toBe(1)
})

test('fault 22: while a secret is being rotated, both are good', async () => {
  const body = event('evt_rotated')
  expect(await receiveStripeEvent(body, signed(body, 'whsec_old'))).toBe('kept')
})

test('a forged event, a changed body and a signature older than five minutes are turned away', async () => {
  const body = event('evt_forged')
  expect(await receiveStripeEvent(body, signed(body, 'whsec_other'))).toBe('forged')
  expect(await receiveStripeEvent(`${body} `, signed(body, 'whsec_new'))).toBe('forged')
  expect(await receiveStripeEvent(body, signed(body, 'whsec_new', Date.now() - 301_000))).toBe('forged')
  expect(await receiveStripeEvent(body, '')).toBe('forged')
  expect(await receiveStripeEvent(body, signed(body, 'whsec_new'), 'not-a-tenant')).toBe('forged')
  expect(await receiveStripeEvent(body, signed(body, 'whsec_new'), newId())).toBe('forged')
  expect(await stored('evt_forged')).toBe(0)
})

test('fault 19: news for an account we do not know is kept aside, once, and disturbs nobody', async () => {
  const body = event('evt_stray', { account: 'acct_unknown' })
  expect(await receiveStripeEvent(body, signed(body, 'whsec_new'))).toBe('stray')
  expect(await receiveStripeEvent(body, signed(body, 'whsec_new'))).toBe('stray')
  const rows = await acrossTenants((tx) => tx.rows(sql`select 1 from stray_events where external_id = 'evt_stray'`))
  expect(rows).toHaveLength(1)
})

test('fault 14, 15: events in every order, each twice, come to the same as in order', async () => {
  const clientId = await msp.makeClient()
  const invoiceId = await msp.makeInvoice(clientId, 5_000n)
  const confirmationTokenId = await tokenFor(stripe, { card: '4242424242424242' })
  const result = await startPayment(
    { kind: 'system', tenantId, reason: 'test' },
    { orderKey: newId(), invoices: [{ invoiceId }], confirmationTokenId },
    { ip: '127.0.0.1', userAgent: 'test', locale: 'en-US', origin: 'link' },
  )
  const intent = (await stripe.stripe.paymentIntents.list()).data.find(
    ({ metadata }) => metadata.attempt_id === result.attemptId,
  )
  const refund = await stripe.stripe.refunds.create({ payment_intent: intent?.id ?? '', amount: 2_000 })
  const objects = [
    { object: 'payment_intent', objectId: intent?.id ?? '' },
    { object: 'charge', objectId: String(intent?.latest_charge) },
    { object: 'refund', objectId: refund.id },
  ]
  const take = (at: number) => {
    const one = objects[at]
    if (one === undefined) throw new Error('no such event')
    return takeStripeEvent(tenantId, {
      kind: 'stripe.event',
      eventId: newId(),
      type: 'x',
      account: stripe.account,
      ...one,
    })
  }
  for (const order of [
    [2, 1, 0],
    [0, 1, 2],
    [1, 0, 2],
    [2, 0, 1],
    [1, 2, 0],
    [0, 2, 1],
  ])
    for (const at of order) {
      await take(at)
      await Promise.all([take(at), take(at)])
    }
  expect(await msp.balanceOf(invoiceId)).toBe(2_000n)
  const entries = await withTenant(tenantId, (tx) =>
    tx.rows<{ causeKind: string }>(sql`
      select distinct e.cause_kind from journal_entries e join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
      where e.tenant_id = ${tx.tenantId} and l.attempt_id = ${result.attemptId ?? null} order by 1`),
  )
  expect(entries.map(({ causeKind }) => causeKind)).toEqual(['payment.succeeded', 'refund.succeeded'])
})
