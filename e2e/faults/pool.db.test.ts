import { createHmac } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { startPayment } from '@/lib/payments/start-payment'
import { POST } from '../../app/api/webhooks/stripe/[[...tenant]]/route.ts'
import { startTestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { makeMsp, tokenFor } from '../support/msp.ts'

process.env.DATABASE_POOL_SIZE = '2'
process.env.STRIPE_WEBHOOK_SECRETS = 'whsec_test'
const stripe = await startTestStripe()
process.env.STRIPE_API_URL = stripe.service.url
process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
const msp = await makeMsp('pool', stripe)
const { tenantId } = msp
afterAll(() => stripe.close())

/** Every connection taken, until it is let go. */
function exhaust(): { letGo: () => void; done: Promise<unknown> } {
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const hold = () => withTenant(tenantId, (tx) => tx.row(sql`select 1`).then(() => held))
  const done = Promise.all([hold(), hold()])
  return { letGo, done }
}

test('fault 51: without a free connection everybody waits a bounded time and is told to come back; nothing is charged', async () => {
  const invoiceId = await msp.makeInvoice(await msp.makeClient(), 4_000n)
  const confirmationTokenId = await tokenFor(stripe, { card: '4242424242424242' })
  const order = { orderKey: newId(), invoices: [{ invoiceId }], confirmationTokenId }
  const where = { ip: '127.0.0.1', userAgent: 'test', locale: 'en-US', origin: 'link' } as const
  const press = () => startPayment({ kind: 'system', tenantId, reason: 'test' }, order, where)

  const { letGo, done } = exhaust()
  const began = performance.now()
  const [payment, webhook] = await Promise.all([press(), POST(signedEvent(), { params: Promise.resolve({}) })])
  expect(performance.now() - began).toBeLessThan(10_000)
  expect(payment).toMatchObject({ ok: false, because: 'busy', next: 'wait' })
  expect(webhook.status).toBe(503)
  expect(Number(webhook.headers.get('retry-after'))).toBeGreaterThan(0)
  letGo()
  await done

  // The same press again, a moment later, is the first that counts.
  expect(await press()).toMatchObject({ ok: true, state: 'succeeded' })
  expect((await POST(signedEvent(), { params: Promise.resolve({}) })).status).toBe(200)
})

function signedEvent(): Request {
  const body = JSON.stringify({
    id: `evt_${newId()}`,
    type: 'x',
    account: stripe.account,
    data: { object: { id: 'pi_1' } },
  })
  const seconds = Math.floor(Date.now() / 1000)
  const mac = createHmac('sha256', 'whsec_test').update(`${seconds}.${body}`).digest('hex')
  const headers = { 'stripe-signature': `t=${seconds},v1=${mac}` }
  return new Request('http://localhost/api/webhooks/stripe', { method: 'POST', body, headers })
}
