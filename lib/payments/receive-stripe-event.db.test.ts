import { createHmac } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { acrossTenants, withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { makeMsp } from '../../e2e/support/msp.ts'
import { startTestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { receiveStripeEvent } from './receive-stripe-event'

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

test('fault 20: an event of an older version, with fields nobody knows, or without its object, names the object all the same', async () => {
  const older = event('evt_older', { api_version: '2019-05-16', livemode: undefined, surprise: { of: ['another', 1] } })
  const thin = event('evt_thin', {
    object: 'v2.core.event',
    data: undefined,
    related_object: { id: 'pi_1', type: 'payment_intent', url: '/v1/payment_intents/pi_1' },
  })
  for (const [id, body] of [
    ['evt_older', older],
    ['evt_thin', thin],
  ] as const) {
    expect(await receiveStripeEvent(body, signed(body, 'whsec_new'))).toBe('kept')
    const row = await withTenant(tenantId, (tx) =>
      tx.row<{ payload: object }>(sql`
        select payload from events where tenant_id = ${tx.tenantId} and source = 'stripe' and external_id = ${id}`),
    )
    expect(row?.payload).toMatchObject({ object: 'payment_intent', objectId: 'pi_1' })
  }
})
