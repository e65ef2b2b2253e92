import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bench, startBench } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
}, 30_000)
afterAll(() => bench.close())
beforeEach(() => bench.reset())
afterEach(() => expect(bench.complaints).toEqual([]))

const setup = { elements: { mode: 'payment' as const, amount: 491314, currency: 'usd' } }
const card = { amount: 491314, currency: 'usd', confirm: true, allowed_payment_method_types: ['card'] }

/** A payment the issuer wants to be asked about, confirmed by the merchant's server with the payer's token. */
async function waitingIntent(): Promise<string> {
  const method = { payment_method: 'pm_card_authenticationRequired' }
  const token = await bench.merchant.testHelpers.confirmationTokens.create(method)
  const intent = await bench.merchant.paymentIntents.create({ ...card, confirmation_token: token.id })
  expect(intent.next_action?.type).toBe('use_stripe_sdk')
  return intent.client_secret ?? ''
}

/** A page whose payment waits for the payer's bank, with the challenge open. */
async function openChallenge() {
  const clientSecret = await waitingIntent()
  const { page, form } = await bench.open(setup)
  await form.getByLabel('Card number').waitFor()
  const pay = page.getByRole('button', { name: 'Pay' })
  await pay.focus()
  await page.evaluate((secret) => {
    window.outcome = window.reach.stripe.handleNextAction({ clientSecret: secret })
  }, clientSecret)
  const dialog = page.getByRole('dialog', { name: 'Authentication by your bank' })
  const challenge = dialog.frameLocator('iframe')
  await challenge.getByRole('heading', { name: 'Confirm your payment' }).waitFor()
  return { page, pay, dialog, challenge, outcome: () => page.evaluate(() => window.outcome) }
}

test('a completed challenge resolves with the paid intent and gives the focus back', async () => {
  const { page, pay, dialog, challenge, outcome } = await openChallenge()
  await challenge.getByText('$4,913.14').waitFor()
  await challenge.getByRole('button', { name: 'Complete authentication' }).click()
  expect(await outcome()).toMatchObject({ paymentIntent: { amount: 491314, status: 'succeeded' } })
  expect(await dialog.count()).toBe(0)
  expect(await page.locator('iframe').count()).toBe(1)
  expect(await pay.evaluate((button) => button === document.activeElement)).toBe(true)
})

test('a failed challenge resolves with the refusal, intent attached; nothing is thrown', async () => {
  const { challenge, outcome } = await openChallenge()
  await challenge.getByRole('button', { name: 'Fail authentication' }).click()
  expect(await outcome()).toMatchObject({
    error: {
      code: 'payment_intent_authentication_failure',
      message: expect.stringContaining('unable to authenticate'),
      payment_intent: { status: 'requires_payment_method' },
    },
  })
})

test('Escape is a refusal, and Tab stays within the challenge', async () => {
  const { page, challenge, outcome } = await openChallenge()
  const complete = challenge.getByRole('button', { name: 'Complete authentication' })
  const fail = challenge.getByRole('button', { name: 'Fail authentication' })
  const focused = () => challenge.locator(':focus').textContent()
  await complete.press('Tab')
  expect(await focused()).toBe(await fail.textContent())
  await fail.press('Tab')
  expect(await focused()).toBe(await complete.textContent())
  await complete.press('Shift+Tab')
  expect(await focused()).toBe(await fail.textContent())
  await page.keyboard.press('Escape')
  expect(await outcome()).toMatchObject({ error: { code: 'payment_intent_authentication_failure' } })
})

test('a payer sent away for the challenge comes back with what came of it', async () => {
  const intent = await bench.merchant.paymentIntents.create({
    ...card,
    payment_method: 'pm_card_authenticationRequired',
    return_url: `${bench.url}/elements/payment.html?invoice=20418`,
  })
  const page = await bench.visit(intent.next_action?.redirect_to_url?.url ?? '')
  await page.getByRole('button', { name: 'Complete authentication' }).click()
  await page.waitForURL(/invoice=20418/)
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    invoice: '20418',
    payment_intent: intent.id,
    payment_intent_client_secret: intent.client_secret,
    redirect_status: 'succeeded',
  })
  expect((await bench.merchant.paymentIntents.retrieve(intent.id)).status).toBe('succeeded')
  bench.complaints.length = 0 // the address comes back to a frame that nobody embeds
})

test('an intent confirmed from the form goes through token, confirmation and challenge in one call', async () => {
  const intent = await bench.merchant.paymentIntents.create({ ...card, confirm: false })
  const clientSecret = intent.client_secret ?? ''
  const { page, form } = await bench.open({ elements: { clientSecret } })
  await form.getByLabel('Card number').fill('4000002760003184')
  await form.getByLabel('Expiration date').fill('12/30')
  await form.getByLabel('Security code').fill('123')
  await form.getByLabel('ZIP code').fill('14604')
  await page.evaluate(() => {
    const { stripe, elements } = window.reach
    window.outcome = stripe.confirmPayment({ elements, redirect: 'if_required' })
  })
  const challenge = page.getByRole('dialog').frameLocator('iframe')
  await challenge.getByRole('button', { name: 'Complete authentication' }).click()
  expect(await page.evaluate(() => window.outcome)).toMatchObject({ paymentIntent: { status: 'succeeded' } })
  expect(bench.posted.map(({ path }) => path)).toEqual([
    '/v1/confirmation_tokens',
    `/v1/payment_intents/${intent.id}/confirm`,
  ])
})

test('a declined card resolves with the reason in words', async () => {
  const intent = await bench.merchant.paymentIntents.create({ ...card, confirm: false })
  const clientSecret = intent.client_secret ?? ''
  const { page, form } = await bench.open({ elements: { clientSecret } })
  await form.getByLabel('Card number').fill('4000000000009995')
  await form.getByLabel('Expiration date').fill('12/30')
  await form.getByLabel('Security code').fill('123')
  await form.getByLabel('ZIP code').fill('14604')
  const outcome = await page.evaluate(() => {
    const { stripe, elements } = window.reach
    return stripe.confirmPayment({ elements, redirect: 'if_required' })
  })
  expect(outcome).toMatchObject({
    error: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' },
  })
  bench.complaints.length = 0 // the browser reports the refusal
})
