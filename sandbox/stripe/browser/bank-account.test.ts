import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bench, startBench } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
}, 30_000)
afterAll(() => bench.close())
beforeEach(() => bench.reset())
afterEach(() => expect(bench.complaints).toEqual([]))

const setup = {
  elements: {
    mode: 'payment' as const,
    amount: 491314,
    currency: 'usd',
    allowedPaymentMethodTypes: ['us_bank_account'],
  },
}
const business = { business: { name: 'Larkfield IT' } }

test('an account found at a bank is sent as verified, with the agreement the payer read', async () => {
  const { page, form, token, last } = await bench.open({ ...setup, payment: business })
  await form.getByLabel('Email').fill('dana@hadleymoss.example')
  await form.getByLabel('Full name').fill('Dana Hadley')
  await form.getByLabel('Find your bank').fill('gene')
  expect(await form.getByRole('status').textContent()).toBe('1 bank found')
  await form.getByRole('button', { name: 'Genesee Federal' }).click()
  await form.getByRole('radio', { name: 'Checking •••• 2227' }).check()
  await expect.poll(() => last('change')).toMatchObject({ complete: false })
  await form.getByRole('button', { name: 'Link account' }).click()
  await expect.poll(() => last('change')).toMatchObject({ complete: true, value: { type: 'us_bank_account' } })
  await form.getByText('you authorize Larkfield IT to debit the bank account').waitFor()
  await page.getByRole('button', { name: 'Pay' }).click()
  await token()
  expect(bench.posted[0]?.params).toEqual({
    'payment_method_data[type]': 'us_bank_account',
    'payment_method_data[us_bank_account][routing_number]': '990000107',
    'payment_method_data[us_bank_account][account_number]': '000222222227',
    'payment_method_data[us_bank_account][account_holder_type]': 'company',
    'payment_method_data[us_bank_account][account_type]': 'checking',
    'payment_method_data[billing_details][email]': 'dana@hadleymoss.example',
    'payment_method_data[billing_details][name]': 'Dana Hadley',
    return_url: 'https://larkfield.example/paid',
    'mandate_data[customer_acceptance][type]': 'online',
    'mandate_data[customer_acceptance][online][infer_from_client]': 'true',
    _verification: 'instant',
  })
})

test('numbers typed by hand are verified on the hosted page before the debit starts', async () => {
  const { page, form, outcome } = await bench.open(setup)
  await form.getByLabel('Email').fill('dana@hadleymoss.example')
  await form.getByLabel('Full name').fill('Dana Hadley')
  await form.getByRole('button', { name: 'Enter routing and account number instead' }).click()
  expect(await form.locator(':focus').getAttribute('name')).toBe('routingNumber')
  await form.getByLabel('Routing number').fill('110000000')
  await form.getByLabel('Account number', { exact: true }).fill('000123456789')
  await form.getByLabel('Confirm account number').fill('000123456788')
  await page.getByRole('button', { name: 'Pay' }).click()
  expect(await outcome()).toMatchObject({ error: { code: 'account_numbers_mismatch' } })
  await form.getByLabel('Confirm account number').fill('000123456789')
  await form.getByRole('radio', { name: 'A person' }).check()
  await page.getByRole('button', { name: 'Pay' }).click()
  await page.getByText('"object":"confirmation_token"').waitFor()
  expect(bench.posted[0]?.params).toMatchObject({
    'payment_method_data[us_bank_account][account_holder_type]': 'individual',
    _verification: 'microdeposits',
  })

  const { confirmationToken } = (await outcome()) as { confirmationToken: { id: string } }
  const intent = await bench.merchant.paymentIntents.create({
    amount: 491314,
    currency: 'usd',
    confirm: true,
    confirmation_token: confirmationToken.id,
    allowed_payment_method_types: ['us_bank_account'],
  })
  const handed = await page.evaluate(
    (clientSecret) => window.reach.stripe.handleNextAction({ clientSecret }),
    intent.client_secret ?? '',
  )
  expect(handed).toMatchObject({
    paymentIntent: { id: intent.id, status: 'requires_action', next_action: { type: 'verify_with_microdeposits' } },
  })
  expect(await page.getByRole('dialog').count()).toBe(0)

  const hosted = await bench.visit(intent.next_action?.verify_with_microdeposits?.hosted_verification_url ?? '')
  await hosted.getByLabel('Code from the statement').fill('sm99zz')
  await hosted.getByRole('button', { name: 'Verify account' }).click()
  await hosted.getByText('You have 2 verification attempts remaining.').waitFor()
  bench.complaints.length = 0 // the browser reports the refusal
  await hosted.getByLabel('Code from the statement').fill('sm11aa')
  await hosted.getByRole('button', { name: 'Verify account' }).click()
  await hosted.getByRole('heading', { name: 'Your bank account is verified.' }).waitFor()
  expect((await bench.merchant.paymentIntents.retrieve(intent.id)).status).toBe('processing')
})

test('an account collected over the page becomes the method of the intent, and giving up is no error', async () => {
  const intent = await bench.merchant.setupIntents.create({ allowed_payment_method_types: ['us_bank_account'] })
  const { page, form } = await bench.open(setup)
  await form.getByLabel('Find your bank').waitFor()
  const collect = (clientSecret: string) => {
    const billing_details = { name: 'Hadley & Moss', email: 'ap@hadleymoss.example' }
    const params = { payment_method_type: 'us_bank_account', payment_method_data: { billing_details } }
    window.outcome = window.reach.stripe.collectBankAccountForSetup({ clientSecret, params })
  }
  const dialog = page.getByRole('dialog', { name: 'Link your bank account' })
  const picker = dialog.frameLocator('iframe')
  await page.evaluate(collect, intent.client_secret ?? '')
  await picker.getByRole('button', { name: 'Cancel' }).click()
  expect(await page.evaluate(() => window.outcome)).toMatchObject({
    setupIntent: { status: 'requires_payment_method' },
  })

  await page.evaluate(collect, intent.client_secret ?? '')
  await picker.getByRole('button', { name: 'Genesee Federal' }).click()
  await picker.getByRole('button', { name: 'Link account' }).click()
  await picker.getByRole('button', { name: 'Use this account' }).click()
  expect(await page.evaluate(() => window.outcome)).toMatchObject({ setupIntent: { status: 'requires_confirmation' } })
  const { setupIntent } = await page.evaluate(
    (clientSecret) => window.reach.stripe.confirmUsBankAccountSetup(clientSecret),
    intent.client_secret ?? '',
  )
  expect(setupIntent?.status).toBe('succeeded')
})

test('a bank that is down, one that does not exist and a forgotten choice are each said in words', async () => {
  const { page, form, outcome } = await bench.open(setup)
  await form.getByLabel('Find your bank').fill('Ravenna')
  await form.getByRole('button', { name: 'Ravenna Trust (down)' }).click()
  await form.getByText('Ravenna Trust (down) cannot be reached right now.').waitFor()
  await form.getByLabel('Find your bank').fill('nowhere')
  await form.getByText('No bank by that name.').waitFor()
  await form.getByLabel('Email').fill('dana@hadleymoss.example')
  await form.getByLabel('Full name').fill('Dana Hadley')
  await page.getByRole('button', { name: 'Pay' }).click()
  expect(await outcome()).toMatchObject({ error: { type: 'validation_error', code: 'bank_account_not_linked' } })
  expect(await form.locator(':focus').getAttribute('name')).toBe('bankSearch')
})

test('what the page promised to bring is not asked for, and its absence is an integration error', async () => {
  const fields = { billingDetails: { name: 'never', email: 'never' } } as const
  const { page, form } = await bench.open({ ...setup, payment: { fields } })
  await form.getByRole('button', { name: 'Canal Street Bank' }).click()
  await form.getByRole('button', { name: 'Link account' }).click()
  expect(await form.getByLabel('Email').count()).toBe(0)
  const refusal = await page.evaluate(async () => {
    const { stripe, elements } = window.reach
    await elements.submit()
    return stripe.createConfirmationToken({ elements }).catch((error: Error) => error.message)
  })
  expect(refusal).toMatch(/^You specified "never" for fields.billing_details.name/)
  await page.evaluate(() => {
    const { stripe, elements } = window.reach
    const billing_details = { name: 'Hadley & Moss', email: 'ap@hadleymoss.example' }
    return stripe.createConfirmationToken({ elements, params: { payment_method_data: { billing_details } } })
  })
  expect(bench.posted[0]?.params).toMatchObject({
    'payment_method_data[billing_details][name]': 'Hadley & Moss',
    'payment_method_data[billing_details][email]': 'ap@hadleymoss.example',
  })
})

test('only what fits is offered: no bank debit outside US dollars, nothing that was excluded', async () => {
  const canada = await bench.open({ elements: { mode: 'payment', amount: 100, currency: 'cad' } })
  await canada.form.getByLabel('Card number').waitFor()
  expect(await canada.form.getByRole('tab').count()).toBe(0)
  const noCard = { mode: 'payment' as const, amount: 100, currency: 'usd', excludedPaymentMethodTypes: ['card'] }
  const bankOnly = await bench.open({ elements: noCard })
  await bankOnly.form.getByLabel('Find your bank').waitFor()
  expect(await bankOnly.form.getByRole('tab').count()).toBe(0)
})
