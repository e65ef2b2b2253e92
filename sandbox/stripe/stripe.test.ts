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

test('a card is charged at once, with fee, balance transaction and funding', async () => {
  const intent = await stripe.paymentIntents.create({
    ...card,
    amount: 10_000,
    payment_method: 'pm_card_visa_debit',
    metadata: { attempt: 'a1' },
    expand: ['latest_charge.balance_transaction'],
  })
  expect(intent).toMatchObject({ status: 'succeeded', amount_received: 10_000, payment_method_types: ['card'] })
  expect(intent.latest_charge).toMatchObject({
    metadata: { attempt: 'a1' },
    payment_method_details: { card: { funding: 'debit', brand: 'visa' } },
    balance_transaction: { amount: 10_000, fee: 320, net: 9680, status: 'pending', type: 'charge' },
  })
})

test('a decline is a card error that carries its intent, and the intent remembers it', async () => {
  const refusal = await refusalOf(
    stripe.paymentIntents.create({ ...card, amount: 5000, payment_method: 'pm_card_chargeDeclinedInsufficientFunds' }),
  )
  expect(refusal).toMatchObject({
    type: 'StripeCardError',
    statusCode: 402,
    code: 'card_declined',
    decline_code: 'insufficient_funds',
    advice_code: 'try_again_later',
  })
  const intent = await stripe.paymentIntents.retrieve(refusal.payment_intent?.id ?? '', { expand: ['latest_charge'] })
  expect(intent).toMatchObject({ status: 'requires_payment_method', latest_charge: { status: 'failed', paid: false } })
  expect(intent.last_payment_error).toMatchObject({
    decline_code: 'insufficient_funds',
    payment_method: { type: 'card' },
  })
  const again = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })
  expect(again).toMatchObject({ status: 'succeeded', last_payment_error: null })
})

test('a confirmation token shows the card before it is charged, and works once', async () => {
  const token = await stripe.testHelpers.confirmationTokens.create({ payment_method: 'pm_card_mastercard_prepaid' })
  const seen = await stripe.confirmationTokens.retrieve(token.id)
  expect(seen.payment_method_preview).toMatchObject({ type: 'card', card: { funding: 'prepaid', brand: 'mastercard' } })
  const intent = await stripe.paymentIntents.create({ ...card, amount: 700, confirmation_token: token.id })
  expect(intent.status).toBe('succeeded')
  expect(await stripe.confirmationTokens.retrieve(token.id)).toMatchObject({ payment_intent: intent.id })
  const refusal = await refusalOf(stripe.paymentIntents.create({ ...card, amount: 700, confirmation_token: token.id }))
  expect(refusal.code).toBe('token_already_used')
})

test('3-D Secure: the payer passes, fails, or is not there', async () => {
  const start = () =>
    stripe.paymentIntents.create({ ...card, amount: 2000, payment_method: 'pm_card_threeDSecure2Required' })
  const passing = await start()
  expect(passing).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } })
  await world.control('POST', `3ds/${passing.id}/approve`)
  expect(await stripe.paymentIntents.retrieve(passing.id)).toMatchObject({ status: 'succeeded', next_action: null })

  const failing = await start()
  await world.control('POST', `3ds/${failing.id}/fail`)
  expect(await stripe.paymentIntents.retrieve(failing.id)).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { code: 'payment_intent_authentication_failure' },
  })

  const redirected = await stripe.paymentIntents.create({
    ...card,
    amount: 2000,
    payment_method: 'pm_card_threeDSecure2Required',
    return_url: 'https://example.com/back',
  })
  expect(redirected.next_action?.redirect_to_url?.url).toContain(`/3ds/${redirected.id}?`)

  const customer = await stripe.customers.create({ name: 'Payer' })
  const method = await stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer: customer.id })
  const absent = await refusalOf(
    stripe.paymentIntents.create({
      ...card,
      amount: 2000,
      customer: customer.id,
      payment_method: method.id,
      off_session: true,
    }),
  )
  expect(absent).toMatchObject({ statusCode: 402, code: 'authentication_required' })
})

test('a card set up with a challenge can be charged later without one', async () => {
  const customer = await stripe.customers.create({ email: 'payer@example.com' })
  const setup = await stripe.setupIntents.create({
    customer: customer.id,
    payment_method: 'pm_card_authenticationRequiredOnSetup',
    confirm: true,
    allowed_payment_method_types: ['card'],
    usage: 'off_session',
  })
  expect(setup.status).toBe('requires_action')
  await world.control('POST', `3ds/${setup.id}/approve`)
  const done = await stripe.setupIntents.retrieve(setup.id, { expand: ['latest_attempt', 'payment_method'] })
  expect(done).toMatchObject({ status: 'succeeded', latest_attempt: { status: 'succeeded' } })
  const saved = await stripe.customers.listPaymentMethods(customer.id, { type: 'card' })
  expect(saved.data).toHaveLength(1)
  const intent = await stripe.paymentIntents.create({
    ...card,
    amount: 1500,
    customer: customer.id,
    payment_method: saved.data[0]?.id ?? '',
    off_session: true,
    payment_method_options: { card: { stored_credential_usage: 'recurring' } },
  })
  expect(intent.status).toBe('succeeded')
})

test('refunds never exceed the charge', async () => {
  const intent = await stripe.paymentIntents.create({ ...card, amount: 3000, payment_method: 'pm_card_visa' })
  const partial = await stripe.refunds.create({
    payment_intent: intent.id,
    amount: 1000,
    reason: 'duplicate',
    expand: ['charge'],
  })
  expect(partial).toMatchObject({ status: 'succeeded', charge: { amount_refunded: 1000, refunded: false } })
  const tooMuch = await refusalOf(stripe.refunds.create({ payment_intent: intent.id, amount: 2001 }))
  expect(tooMuch.message).toBe('Refund amount ($20.01) is greater than unrefunded amount on charge ($20.00)')
  await stripe.refunds.create({ payment_intent: intent.id })
  const again = await refusalOf(stripe.refunds.create({ payment_intent: intent.id }))
  expect(again.code).toBe('charge_already_refunded')
  const charges = await stripe.charges.list({ payment_intent: intent.id, expand: ['data.refunds'] })
  expect(charges.data[0]?.refunds?.data.map(({ amount }) => amount)).toEqual([2000, 1000])
})

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

test('a decline is replayed, a malformed request is not kept', async () => {
  const declined = { ...card, amount: 4200, payment_method: 'pm_card_chargeDeclined' }
  const first = await refusalOf(stripe.paymentIntents.create(declined, { idempotencyKey: 'attempt-2' }))
  const second = await refusalOf(stripe.paymentIntents.create(declined, { idempotencyKey: 'attempt-2' }))
  expect(second.payment_intent?.id).toBe(first.payment_intent?.id)
  const options = { idempotencyKey: 'attempt-3' }
  await refusalOf(stripe.customers.create({ shoe_size: 44 } as Stripe.CustomerCreateParams, options))
  expect((await stripe.customers.create({ name: 'Ada' }, options)).name).toBe('Ada')
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
  ['an expansion that does not exist', () => stripe.customers.list({ expand: ['data.email'] }), { param: 'expand' }],
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

test('lists go by pages in both directions, newest first', async () => {
  const own = clientFor(world.service, world.service.credentials.own.restrictedKey)
  const made: string[] = []
  for (let index = 0; index < 5; index += 1) made.unshift((await own.customers.create({ name: `C${index}` })).id)
  const first = await own.customers.list({ limit: 2 })
  expect(first).toMatchObject({ has_more: true, url: '/v1/customers' })
  expect(first.data.map(({ id }) => id)).toEqual(made.slice(0, 2))
  const next = await own.customers.list({ limit: 2, starting_after: made[1] ?? '' })
  expect(next.data.map(({ id }) => id)).toEqual(made.slice(2, 4))
  const back = await own.customers.list({ limit: 2, ending_before: made[3] ?? '' })
  expect(back.data.map(({ id }) => id)).toEqual(made.slice(1, 3))
  const all: string[] = []
  for await (const { id } of own.customers.list({ limit: 2 })) all.push(id)
  expect(all).toEqual(made)
})

test('metadata merges, an empty value takes its key away', async () => {
  const customer = await stripe.customers.create({ metadata: { a: '1', b: '2' } })
  const changed = await stripe.customers.update(customer.id, { metadata: { b: '', c: '3' } })
  expect(changed.metadata).toEqual({ a: '1', c: '3' })
})

test('a new account takes money only after its owner has been through onboarding', async () => {
  const { platform, service } = world
  const account = await platform.accounts.create({
    controller: {
      fees: { payer: 'account' },
      losses: { payments: 'stripe' },
      stripe_dashboard: { type: 'full' },
      requirement_collection: 'stripe',
    },
    country: 'US',
    email: 'owner@msp.example',
  })
  expect(account).toMatchObject({ charges_enabled: false, details_submitted: false })
  const client = clientFor(service, service.credentials.platform.secretKey, account.id)
  await refusalOf(client.paymentIntents.create({ ...card, amount: 500, payment_method: 'pm_card_visa' }))
  const link = await platform.accountLinks.create({
    account: account.id,
    type: 'account_onboarding',
    refresh_url: 'https://example.com/again',
    return_url: 'https://example.com/done',
  })
  expect(await (await fetch(link.url)).text()).toContain('Agree and submit')
  const submitted = await fetch(link.url, { method: 'POST', redirect: 'manual' })
  expect([submitted.status, submitted.headers.get('location')]).toEqual([303, 'https://example.com/done'])
  expect((await fetch(link.url)).status).toBe(404)
  expect(await platform.accounts.retrieve(account.id)).toMatchObject({
    charges_enabled: true,
    payouts_enabled: true,
    capabilities: { card_payments: 'active', us_bank_account_ach_payments: 'active' },
  })
  const intent = await client.paymentIntents.create({ ...card, amount: 500, payment_method: 'pm_card_visa' })
  expect(intent.status).toBe('succeeded')
})

test('a limit on the pace answers 429', async () => {
  await world.control('POST', 'rate-limit', { perSecond: 2 })
  const answers = await Promise.allSettled(Array.from({ length: 6 }, () => stripe.balance.retrieve()))
  await world.control('POST', 'rate-limit', { perSecond: 0 })
  const refused = answers.filter((answer) => answer.status === 'rejected')
  expect(refused.length).toBeGreaterThanOrEqual(3)
  expect(refused[0]?.reason).toMatchObject({ statusCode: 429, type: 'StripeRateLimitError' })
})

test('an intent that is done can be neither confirmed nor canceled nor made dearer', async () => {
  const intent = await stripe.paymentIntents.create({ ...card, amount: 900, payment_method: 'pm_card_visa' })
  const calls = [
    stripe.paymentIntents.confirm(intent.id),
    stripe.paymentIntents.cancel(intent.id),
    stripe.paymentIntents.update(intent.id, { amount: 1000 }),
  ]
  for (const call of calls) expect((await refusalOf(call)).code).toBe('payment_intent_unexpected_state')
  const waiting = await stripe.paymentIntents.create({
    amount: 900,
    currency: 'usd',
    allowed_payment_method_types: ['card'],
  })
  expect(await stripe.paymentIntents.update(waiting.id, { amount: 950, metadata: { n: '1' } })).toMatchObject({
    amount: 950,
  })
  expect(await stripe.paymentIntents.cancel(waiting.id, { cancellation_reason: 'abandoned' })).toMatchObject({
    status: 'canceled',
    cancellation_reason: 'abandoned',
  })
})
