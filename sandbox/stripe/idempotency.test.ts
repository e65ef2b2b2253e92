import type Stripe from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clientFor, refusalOf, startTestStripe, type TestStripe } from './test-stripe.ts'

let world: TestStripe
let stripe: Stripe

beforeAll(async () => {
  world = await startTestStripe()
  stripe = world.stripe
})
afterAll(() => world.close())

const card = {
  currency: 'usd',
  confirm: true,
  allowed_payment_method_types: ['card'],
} satisfies Partial<Stripe.PaymentIntentCreateParams>

test('one key, one charge: the first answer is replayed, another request under the key is refused', async () => {
  const ask = { ...card, amount: 4200, payment_method: 'pm_card_visa' }
  const first = await stripe.paymentIntents.create(ask, { idempotencyKey: 'attempt-1' })
  const second = await stripe.paymentIntents.create(ask, { idempotencyKey: 'attempt-1' })
  expect(second.id).toBe(first.id)
  expect(second.lastResponse.headers['idempotent-replayed']).toBe('true')
  expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined()
  const mismatch = await refusalOf(
    stripe.paymentIntents.create({ ...ask, amount: 4300 }, { idempotencyKey: 'attempt-1' }),
  )
  expect(mismatch).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 })
  const own = clientFor(world.service, world.service.credentials.own.restrictedKey)
  const elsewhere = await own.paymentIntents.create(ask, { idempotencyKey: 'attempt-1' })
  expect(elsewhere.id).not.toBe(first.id)
})

test('a decline is replayed, too', async () => {
  const declined = { ...card, amount: 4200, payment_method: 'pm_card_chargeDeclined' }
  const first = await refusalOf(stripe.paymentIntents.create(declined, { idempotencyKey: 'attempt-2' }))
  const second = await refusalOf(stripe.paymentIntents.create(declined, { idempotencyKey: 'attempt-2' }))
  expect(second.payment_intent?.id).toBe(first.payment_intent?.id)
})

test('a second request while the first runs is told to wait', async () => {
  await world.control('POST', 'work-time', { milliseconds: 200 })
  const ask = { ...card, amount: 4200, payment_method: 'pm_card_visa' }
  const options = { idempotencyKey: 'attempt-4' }
  const [first, second] = await Promise.allSettled([
    stripe.paymentIntents.create(ask, options),
    stripe.paymentIntents.create(ask, options),
  ])
  await world.control('POST', 'work-time', { milliseconds: 0 })
  expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected'])
  const rejected = first.status === 'rejected' ? first.reason : second.status === 'rejected' ? second.reason : undefined
  expect(rejected).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' })
})

test('a breakdown after the work is what the key answers from then on, and the charge exists', async () => {
  const ask = { ...card, amount: 4400, payment_method: 'pm_card_visa', metadata: { attempt: 'lost-and-found' } }
  const options = { idempotencyKey: 'attempt-5' }
  world.service.faults.rules = [{ kind: 'error-after', match: 'POST /v1/payment_intents$', times: 1 }]
  expect(await refusalOf(stripe.paymentIntents.create(ask, options))).toMatchObject({ statusCode: 500 })
  expect(await refusalOf(stripe.paymentIntents.create(ask, options))).toMatchObject({ statusCode: 500 })
  const found = await stripe.paymentIntents.search({
    query: "metadata['attempt']:'lost-and-found' AND status:'succeeded'",
  })
  expect(found.data.map(({ amount }) => amount)).toEqual([4400])
})

test('a breakdown before the work leaves the key free', async () => {
  const options = { idempotencyKey: 'attempt-6' }
  world.service.faults.rules = [{ kind: 'error-before', match: 'POST /v1/customers$', times: 1 }]
  expect(await refusalOf(stripe.customers.create({ name: 'Grace' }, options))).toMatchObject({ statusCode: 500 })
  expect(await stripe.customers.create({ name: 'Grace' }, options)).toMatchObject({ name: 'Grace' })
})

test('a key is forgotten after a day', async () => {
  const ask = { ...card, amount: 4500, payment_method: 'pm_card_visa' }
  const first = await stripe.paymentIntents.create(ask, { idempotencyKey: 'attempt-7' })
  await world.clock.advanceTo(new Date(world.clock.now().getTime() + 24 * 3_600_000))
  const second = await stripe.paymentIntents.create(ask, { idempotencyKey: 'attempt-7' })
  expect(second.id).not.toBe(first.id)
})
