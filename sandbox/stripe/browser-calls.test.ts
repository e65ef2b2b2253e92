import type Stripe from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusalOf, startTestStripe, type TestStripe } from './test-stripe.ts'

let world: TestStripe
let stripe: Stripe

beforeAll(async () => {
  world = await startTestStripe()
  stripe = world.stripe
})
afterAll(() => world.close())

/** A call as the browser library makes it: publishable key, form, account in a header. */
async function fromBrowser(method: 'GET' | 'POST', path: string, params: Record<string, string>) {
  const form = new URLSearchParams(params).toString()
  const response = await fetch(`${world.service.url}${path}${method === 'GET' ? `?${form}` : ''}`, {
    method,
    headers: {
      authorization: `Bearer ${world.service.credentials.platform.publishableKey}`,
      'stripe-account': world.account,
      'stripe-version': '2026-10-28.endive',
      origin: 'https://pay.example.com',
    },
    ...(method === 'POST' && { body: new URLSearchParams(params) }),
  })
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  return response.json()
}

const card = {
  'payment_method_data[type]': 'card',
  'payment_method_data[card][number]': '4242 4242 4242 4242',
  'payment_method_data[card][exp_month]': '8',
  'payment_method_data[card][exp_year]': '2030',
  'payment_method_data[card][cvc]': '123',
  'payment_method_data[billing_details][address][postal_code]': '14850',
}
const bank = {
  'payment_method_data[type]': 'us_bank_account',
  'payment_method_data[us_bank_account][routing_number]': '110000000',
  'payment_method_data[us_bank_account][account_number]': '000123456789',
  'payment_method_data[us_bank_account][account_holder_type]': 'company',
  'payment_method_data[billing_details][name]': 'Pat Payer',
  'mandate_data[customer_acceptance][type]': 'online',
  'mandate_data[customer_acceptance][online][infer_from_client]': 'true',
}

test('a typed card becomes a token that the server can look at and charge', async () => {
  const token = await fromBrowser('POST', '/v1/confirmation_tokens', card)
  const seen = await stripe.confirmationTokens.retrieve(token.id)
  expect(seen.payment_method_preview?.card).toMatchObject({
    funding: 'credit',
    last4: '4242',
    checks: { cvc_check: 'pass' },
  })
  const intent = await stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    confirm: true,
    confirmation_token: token.id,
    return_url: 'https://example.com',
  })
  expect(intent.status).toBe('succeeded')
})

test('a mistyped card is refused where it was typed', async () => {
  const refused = (change: Record<string, string>) =>
    fromBrowser('POST', '/v1/confirmation_tokens', { ...card, ...change })
  const number = 'payment_method_data[card][number]'
  expect(await refused({ [number]: '4242424242424241' })).toMatchObject({ error: { code: 'incorrect_number' } })
  expect(await refused({ [number]: '4111111111111111' })).toMatchObject({
    error: { decline_code: 'test_mode_live_card' },
  })
  expect(await refused({ 'payment_method_data[card][exp_year]': '2020' })).toMatchObject({
    error: { code: 'invalid_expiry_year' },
  })
  expect(await refused({ 'payment_method_data[card][cvc]': '12' })).toMatchObject({ error: { code: 'invalid_cvc' } })
})

test('a bank account is debited at once when it was verified, and only then', async () => {
  const charge = async (verification: string) => {
    const token = await fromBrowser('POST', '/v1/confirmation_tokens', { ...bank, _verification: verification })
    const ask = { amount: 1000, currency: 'usd', confirm: true, confirmation_token: token.id } as const
    return stripe.paymentIntents.create({ ...ask, allowed_payment_method_types: ['us_bank_account'] })
  }
  expect(await charge('instant')).toMatchObject({ status: 'processing' })
  const waiting = await charge('microdeposits')
  expect(waiting).toMatchObject({ status: 'requires_action', next_action: { type: 'verify_with_microdeposits' } })
  const path = `/v1/payment_intents/${waiting.id}/verify_microdeposits`
  const verified = await fromBrowser('POST', path, {
    client_secret: waiting.client_secret ?? '',
    descriptor_code: 'SM11AA',
  })
  expect(verified).toMatchObject({ status: 'processing' })
})

test('an intent is seen and confirmed only with its secret, and does not show what is the merchant’s', async () => {
  const intent = await stripe.paymentIntents.create({
    amount: 2000,
    currency: 'usd',
    automatic_payment_methods: { enabled: true },
    metadata: { internal: 'yes' },
  })
  const path = `/v1/payment_intents/${intent.id}`
  expect(await fromBrowser('GET', path, { client_secret: `${intent.id}_secret_guess` })).toMatchObject({
    error: { code: 'resource_missing', param: 'client_secret' },
  })
  const secret = intent.client_secret ?? ''
  const seen = await fromBrowser('GET', path, { client_secret: secret })
  expect(seen).toMatchObject({ id: intent.id, status: 'requires_payment_method' })
  expect(seen).not.toHaveProperty('metadata')
  const token = await fromBrowser('POST', '/v1/confirmation_tokens', card)
  const confirmed = await fromBrowser('POST', `${path}/confirm`, {
    client_secret: secret,
    confirmation_token: token.id,
    return_url: 'https://example.com/back',
  })
  expect(confirmed).toMatchObject({ status: 'succeeded' })
})

test('a saved method is offered through a customer session and charged through a token', async () => {
  const customer = await stripe.customers.create({ name: 'Payer' })
  const method = await stripe.paymentMethods.attach('pm_card_mastercard', { customer: customer.id })
  const session = await stripe.customerSessions.create({
    customer: customer.id,
    components: { payment_element: { enabled: true, features: { payment_method_redisplay: 'enabled' } } },
  })
  const offered = await fromBrowser('GET', '/v1/elements/sessions', {
    customer_session_client_secret: session.client_secret,
  })
  expect(offered.customer.payment_methods).toMatchObject([{ id: method.id, card: { brand: 'mastercard' } }])
  const token = await fromBrowser('POST', '/v1/confirmation_tokens', { payment_method: method.id })
  const intent = await stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    confirm: true,
    customer: customer.id,
    confirmation_token: token.id,
    allowed_payment_method_types: ['card'],
  })
  expect(intent).toMatchObject({ status: 'succeeded', payment_method: method.id })
  await stripe.paymentMethods.detach(method.id)
  const gone = await refusalOf(stripe.paymentMethods.attach(method.id, { customer: customer.id }))
  expect(gone.statusCode).toBe(400)
})

test('a preflight is answered, and Stripe.js is served', async () => {
  const preflight = await fetch(`${world.service.url}/v1/confirmation_tokens`, { method: 'OPTIONS' })
  expect(preflight.headers.get('access-control-allow-headers')).toContain('stripe-account')
  const script = await fetch(`${world.service.url}/v1/stripe.js`)
  expect(script.headers.get('content-type')).toContain('javascript')
})
