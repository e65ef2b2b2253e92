import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bench, startBench } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
}, 30_000)
afterAll(() => bench.close())
beforeEach(() => bench.reset())
afterEach(() => expect(bench.complaints).toEqual([]))

const elements = { mode: 'payment', amount: 491314, currency: 'usd' } as const

test("the publisher's components mount twice under StrictMode and leave one form, a strict content policy unbroken", async () => {
  const { page, form, told } = await bench.open({ elements })
  await form.getByLabel('Card number').waitFor()
  await expect.poll(() => page.locator('iframe').count()).toBe(1)
  await expect.poll(async () => (await told('ready')).length).toBe(1)
  await expect.poll(() => told('loaderstart')).toHaveLength(1)
  await expect
    .poll(() => told('change'))
    .toEqual([
      {
        elementType: 'payment',
        empty: true,
        complete: false,
        collapsed: false,
        value: { type: 'card', billingDetails: { address: { country: 'US', postalCode: null } } },
      },
    ])
})

test('a card becomes a confirmation token inside the frame; the page never sees a digit of it', async () => {
  const { page, form, token, last } = await bench.open({
    elements: { ...elements, setupFutureUsage: 'off_session' as const },
  })
  await form.getByLabel('Card number').fill('4242424242424242')
  await form.getByLabel('Expiration date').fill('12/30')
  await form.getByLabel('Security code').fill('123')
  await form.getByLabel('ZIP code').fill('14604')
  await page.getByRole('button', { name: 'Pay' }).click()
  const id = await token()

  const [posted] = bench.posted
  expect(posted?.path).toBe('/v1/confirmation_tokens')
  expect(posted?.params).toEqual({
    'payment_method_data[type]': 'card',
    'payment_method_data[card][number]': '4242424242424242',
    'payment_method_data[card][exp_month]': '12',
    'payment_method_data[card][exp_year]': '2030',
    'payment_method_data[card][cvc]': '123',
    'payment_method_data[billing_details][address][country]': 'US',
    'payment_method_data[billing_details][address][postal_code]': '14604',
    return_url: 'https://larkfield.example/paid',
    setup_future_usage: 'off_session',
  })
  expect(posted?.headers).toMatchObject({
    authorization: expect.stringMatching(/^Bearer pk_test_/),
    'stripe-account': expect.stringMatching(/^acct_/),
    'stripe-version': '2026-10-28.endive',
  })
  const { payment_method_preview: preview } = await bench.merchant.confirmationTokens.retrieve(id)
  expect(preview).toMatchObject({ type: 'card', card: { brand: 'visa', funding: 'credit', last4: '4242' } })
  await expect.poll(() => last('change')).toMatchObject({ empty: false, complete: true })
  expect(JSON.stringify(await page.evaluate(() => window.reach.told))).not.toContain('4242')
})

test('an incomplete card is refused before anything is sent; each fault is tied to its field and the first has focus', async () => {
  const { page, form, outcome } = await bench.open({ elements })
  await form.getByLabel('Card number').fill('4242')
  await page.getByRole('button', { name: 'Pay' }).click()
  expect(await outcome()).toEqual({
    error: { type: 'validation_error', code: 'incomplete_number', message: 'Your card number is incomplete.' },
  })
  for (const [label, message] of [
    ['Card number', 'Your card number is incomplete.'],
    ['Expiration date', "Your card's expiration date is incomplete."],
    ['Security code', "Your card's security code is incomplete."],
    ['ZIP code', 'Your ZIP code is incomplete.'],
  ] as const) {
    const field = form.getByLabel(label)
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    expect(await form.locator(`#${await field.getAttribute('aria-describedby')}`).textContent()).toBe(message)
  }
  expect(await form.locator(':focus').getAttribute('name')).toBe('number')
  expect(bench.posted).toEqual([])

  await form.getByLabel('Card number').fill('4242424242424242')
  await expect.poll(() => form.getByLabel('Card number').getAttribute('aria-invalid')).toBe('false')
})

test('a field complains when it is left, not while it is typed in', async () => {
  const { form } = await bench.open({ elements })
  const number = form.getByLabel('Card number')
  await number.pressSequentially('4242 4242 4242 4241')
  expect(await form.locator('.Error:visible').count()).toBe(0)
  await number.press('Tab')
  await form.getByText('Your card number is invalid.').waitFor()
  expect(await number.getAttribute('aria-invalid')).toBe('true')
})

test.each([
  ['4000 0566 5566 5556', { brands: ['visa'], funding: 'debit' }],
  ['5105 1051', { brands: ['mastercard'], funding: 'prepaid' }],
  ['378282246310005', { brands: ['amex'], funding: 'credit' }],
])('the page learns brand and funding of %s as soon as the issuer is known', async (number, details) => {
  const { form, told } = await bench.open({ elements })
  await form.getByLabel('Card number').fill(number)
  const wanted = [
    { elementType: 'payment', loading: true },
    { elementType: 'payment', loading: false, details },
  ]
  await expect.poll(() => told('carddetailschange')).toEqual(wanted)
})

test('arrow keys move between the tabs; the page hears which method and that it has no card to quote for', async () => {
  const { form, last } = await bench.open({ elements })
  await form.getByRole('tab', { name: 'Card' }).press('ArrowRight')
  const bank = form.getByRole('tab', { name: 'US bank account' })
  expect(await bank.getAttribute('aria-selected')).toBe('true')
  expect(await form.locator(':focus').getAttribute('id')).toBe('us_bank_account-tab')
  await form.getByRole('tabpanel', { name: 'US bank account' }).getByLabel('Find your bank').waitFor()
  await expect.poll(() => last('change')).toMatchObject({ value: { type: 'us_bank_account' } })
  await expect.poll(() => last('carddetailschange')).toEqual({ elementType: 'payment', loading: false })
  await bank.press('Home')
  expect(await form.getByRole('tab', { name: 'Card' }).getAttribute('aria-selected')).toBe('true')
})

test('a new amount leaves alone whoever is typing', async () => {
  const { page, form } = await bench.open({ elements })
  await form.getByLabel('Card number').pressSequentially('4242 42')
  await page.evaluate(() => window.reach.elements.update({ amount: 504628 }))
  await page.keyboard.type('42 4242 4242')
  expect(await form.getByLabel('Card number').inputValue()).toBe('4242 4242 4242 4242')
})

test('what is typed outlives a change of amount, of language and of method', async () => {
  const { page, form } = await bench.open({ elements })
  await form.getByLabel('Card number').fill('4242424242424242')
  await form.getByRole('tab', { name: 'US bank account' }).click()
  await page.evaluate(() => window.reach.elements.update({ amount: 504628, locale: 'fr-CA' }))
  await form.getByRole('tab', { name: 'Carte' }).click()
  expect(await form.getByLabel('Numéro de carte').inputValue()).toBe('4242 4242 4242 4242')
  expect(await form.locator('html').getAttribute('lang')).toBe('fr-CA')
})

test('a saved card is offered first, its funding told, and its id sent instead of numbers', async () => {
  const customer = await bench.merchant.customers.create({ name: 'Hadley & Moss' })
  const saved = await bench.merchant.paymentMethods.attach('pm_card_visa_debit', { customer: customer.id })
  const features = { payment_method_redisplay: 'enabled', payment_method_save: 'enabled' } as const
  const session = await bench.merchant.customerSessions.create({
    customer: customer.id,
    components: {
      payment_element: { enabled: true, features: { ...features, payment_method_save_usage: 'off_session' } },
    },
  })
  const withSession = { ...elements, customerSessionClientSecret: session.client_secret }
  const { page, form, told, token, last } = await bench.open({ elements: withSession })
  await form.getByLabel('•••• 5556').waitFor()
  await expect
    .poll(() => last('change'))
    .toMatchObject({
      complete: true,
      value: { type: 'card', payment_method: { id: saved.id } },
    })
  await expect
    .poll(() => told('carddetailschange'))
    .toEqual([{ elementType: 'payment', loading: false, details: { brands: ['visa'], funding: 'debit' } }])
  await page.getByRole('button', { name: 'Pay' }).click()
  await token()
  expect(bench.posted[0]?.params).toEqual({ payment_method: saved.id, return_url: 'https://larkfield.example/paid' })
})

test('a card is kept when the payer says so', async () => {
  const customer = await bench.merchant.customers.create({ name: 'Hadley & Moss' })
  const features = { payment_method_save: 'enabled', payment_method_save_usage: 'off_session' } as const
  const session = await bench.merchant.customerSessions.create({
    customer: customer.id,
    components: { payment_element: { enabled: true, features } },
  })
  const withSession = { ...elements, customerSessionClientSecret: session.client_secret }
  const { page, form, token, last } = await bench.open({ elements: withSession })
  await form.getByLabel('Card number').fill('4242424242424242')
  await form.getByLabel('Expiration date').fill('12/30')
  await form.getByLabel('Security code').fill('123')
  await form.getByLabel('ZIP code').fill('14604')
  await form.getByLabel('Save payment details for future purchases').check()
  await form.getByText('you allow this business to charge your card for future payments').waitFor()
  await expect.poll(() => last('change')).toMatchObject({ value: { savePaymentMethod: true } })
  await page.getByRole('button', { name: 'Pay' }).click()
  expect(await bench.merchant.confirmationTokens.retrieve(await token())).toMatchObject({
    setup_future_usage: 'off_session',
    payment_method_preview: { allow_redisplay: 'always' },
  })
})
