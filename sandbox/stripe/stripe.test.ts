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
