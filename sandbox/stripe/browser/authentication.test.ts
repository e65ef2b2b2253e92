import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bench, startBench } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
}, 30_000)
afterAll(() => bench.close())
beforeEach(() => bench.reset())
afterEach(() => expect(bench.complaints).toEqual([]))

const setup = { elements: { mode: 'payment', amount: 491314, currency: 'usd' } } as const

/** A page whose payment waits for the payer's bank, with the challenge open. */
async function openChallenge() {
  const { page, form } = await bench.open(setup)
  await form.getByLabel('Card number').waitFor()
  const pay = page.getByRole('button', { name: 'Pay' })
  await pay.focus()
  await page.evaluate(() => {
    const { stripe } = window.reach
    window.outcome = stripe.handleNextAction({ clientSecret: 'pi_1_secret_1' })
  })
  const dialog = page.getByRole('dialog', { name: 'Authentication by your bank' })
  const challenge = dialog.frameLocator('iframe')
  await challenge.getByRole('heading', { name: 'Confirm your payment' }).waitFor()
  return { page, pay, dialog, challenge, outcome: () => page.evaluate(() => window.outcome) }
}

test('a completed challenge resolves with the paid intent and gives the focus back', async () => {
  const { page, pay, dialog, challenge, outcome } = await openChallenge()
  await challenge.getByText('$4,913.14').waitFor()
  await challenge.getByRole('button', { name: 'Complete authentication' }).click()
  expect(await outcome()).toMatchObject({ paymentIntent: { id: 'pi_1', status: 'succeeded' } })
  expect(await dialog.count()).toBe(0)
  expect(await page.locator('iframe').count()).toBe(1)
  expect(await pay.evaluate((button) => button === document.activeElement)).toBe(true)
})

test('a failed challenge resolves with the refusal, intent attached; nothing is thrown', async () => {
  const { challenge, outcome } = await openChallenge()
  await challenge.getByRole('button', { name: 'Fail authentication' }).click()
  expect(await outcome()).toMatchObject({
    error: {
      type: 'card_error',
      code: 'payment_intent_authentication_failure',
      payment_intent: { id: 'pi_1', status: 'requires_payment_method' },
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
  const page = await (await bench.browser.newContext()).newPage()
  const back = encodeURIComponent(`${bench.url}/elements/payment.html?invoice=20418`)
  await page.goto(`${bench.url}/3ds/pi_1?account=acct_larkfield&client_secret=pi_1_secret_1&return_url=${back}`)
  await page.getByRole('button', { name: 'Complete authentication' }).click()
  await page.waitForURL(/invoice=20418/)
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    invoice: '20418',
    payment_intent: 'pi_1',
    payment_intent_client_secret: 'pi_1_secret_1',
    redirect_status: 'succeeded',
  })
  expect(bench.api.intent.status).toBe('succeeded')
})

test('an intent that waits for small deposits is handed back as it is', async () => {
  bench.api.intent.next_action = { type: 'verify_with_microdeposits', verify_with_microdeposits: {} }
  const { page } = await bench.open(setup)
  await page.waitForFunction(() => window.reach !== undefined)
  const outcome = await page.evaluate(() => window.reach.stripe.handleNextAction({ clientSecret: 'pi_1_secret_1' }))
  expect(outcome).toMatchObject({ paymentIntent: { status: 'requires_action' } })
  expect(await page.getByRole('dialog').count()).toBe(0)
})

test('an intent confirmed from the form goes through token, confirmation and challenge in one call', async () => {
  const { page, form } = await bench.open({ elements: { clientSecret: 'pi_1_secret_1' } })
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
  expect(bench.api.posted.map(({ path }) => path)).toEqual([
    '/v1/confirmation_tokens',
    '/v1/payment_intents/pi_1/confirm',
  ])
  expect(bench.api.posted[1]?.params).toMatchObject({ client_secret: 'pi_1_secret_1', confirmation_token: 'ctoken_1' })
})
