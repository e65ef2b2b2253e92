import type Stripe from 'stripe'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { clientFor, refusalOf, startTestStripe, type TestStripe } from './test-stripe.ts'

let world: TestStripe
let stripe: Stripe

beforeAll(async () => {
  vi.stubEnv('SANDBOX_TRACE', '') // what is asked wrongly on purpose is held against nobody
  world = await startTestStripe()
  stripe = world.stripe
})
afterAll(() => {
  vi.unstubAllEnvs()
  return world.close()
})

const malformed: [string, () => Promise<unknown>, object][] = [
  [
    'an unknown parameter',
    () => stripe.customers.create({ shoe_size: 44 } as Stripe.CustomerCreateParams),
    { code: 'parameter_unknown', param: 'shoe_size', message: 'Received unknown parameter: shoe_size' },
  ],
  [
    'an unknown parameter inside another',
    () => stripe.customers.create({ address: { planet: 'Earth' } } as Stripe.CustomerCreateParams),
    { code: 'parameter_unknown', param: 'address[planet]' },
  ],
  [
    'a missing parameter',
    () => stripe.paymentIntents.create({ currency: 'usd' } as Stripe.PaymentIntentCreateParams),
    { code: 'parameter_missing', param: 'amount', message: 'Missing required param: amount.' },
  ],
  [
    'an amount that is no integer',
    () => stripe.paymentIntents.create({ amount: 10.5, currency: 'usd' }),
    { code: 'parameter_invalid_integer', param: 'amount', message: 'Invalid integer: 10.5' },
  ],
  [
    'too little money',
    () => stripe.paymentIntents.create({ amount: 49, currency: 'usd' }),
    { code: 'amount_too_small' },
  ],
  [
    'payment_method_types, which this version no longer takes',
    () => stripe.paymentIntents.create({ amount: 500, currency: 'usd', payment_method_types: ['card'] } as never),
    { code: 'payment_method_types_no_longer_supported' },
  ],
  [
    'parameters that exclude each other',
    () =>
      stripe.paymentIntents.create({
        amount: 500,
        currency: 'usd',
        allowed_payment_method_types: ['card'],
        automatic_payment_methods: { enabled: true },
      }),
    { code: 'parameters_exclusive' },
  ],
  ['a page that is too long', () => stripe.customers.list({ limit: 101 }), { param: 'limit' }],
  ['an expansion that does not exist', () => stripe.balance.retrieve({ expand: ['available'] }), { param: 'expand' }],
  [
    'metadata with a long value',
    () => stripe.customers.create({ metadata: { note: 'x'.repeat(501) } }),
    { param: 'metadata[note]' },
  ],
  [
    'a customer of another account',
    () => stripe.paymentIntents.create({ amount: 500, currency: 'usd', customer: 'cus_elsewhere' }),
    { code: 'resource_missing', param: 'customer', message: "No such customer: 'cus_elsewhere'" },
  ],
]
test.each(malformed)('%s is refused in Stripe’s words', async (_, call, expected) => {
  expect(await refusalOf(call())).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400, ...expected })
})

test('who asks, in which version and for whom is checked first', async () => {
  const { service } = world
  expect(await refusalOf(clientFor(service, 'sk_test_wrong').balance.retrieve())).toMatchObject({ statusCode: 401 })
  expect(await refusalOf(stripe.balance.retrieve({}, { apiVersion: '2020-01-01' }))).toMatchObject({ statusCode: 400 })
  const stranger = clientFor(service, service.credentials.platform.secretKey, service.credentials.own.account)
  expect(await refusalOf(stranger.balance.retrieve())).toMatchObject({ statusCode: 403, code: 'account_invalid' })
  const browser = clientFor(service, service.credentials.platform.publishableKey)
  expect(await refusalOf(browser.customers.list())).toMatchObject({ statusCode: 401, code: 'secret_key_required' })
  expect(await refusalOf(stripe.paymentIntents.retrieve('pi_missing'))).toMatchObject({
    statusCode: 404,
    code: 'resource_missing',
    message: "No such payment_intent: 'pi_missing'",
  })
})

test('a malformed request is not kept for its key', async () => {
  const options = { idempotencyKey: 'attempt-1' }
  await refusalOf(stripe.customers.create({ shoe_size: 44 } as Stripe.CustomerCreateParams, options))
  expect((await stripe.customers.create({ name: 'Ada' }, options)).name).toBe('Ada')
})

test('a limit on the pace answers 429', async () => {
  await world.control('POST', 'rate-limit', { perSecond: 2 })
  const answers = await Promise.allSettled(Array.from({ length: 6 }, () => stripe.balance.retrieve()))
  await world.control('POST', 'rate-limit', { perSecond: 0 })
  const refused = answers.filter((answer) => answer.status === 'rejected')
  expect(refused.length).toBeGreaterThanOrEqual(3)
  expect(refused[0]?.reason).toMatchObject({ statusCode: 429, type: 'StripeRateLimitError' })
})
