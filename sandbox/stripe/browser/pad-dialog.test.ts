import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bench, startBench } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
}, 30_000)
afterAll(() => bench.close())
beforeEach(() => bench.reset())
afterEach(() => expect(bench.complaints).toEqual([]))

const types = { allowed_payment_method_types: ['acss_debit'] }
const terms = { payment_schedule: 'sporadic', transaction_type: 'business' } as const

function newIntent(more: { verification_method?: 'instant' | 'microdeposits' } = {}) {
  return bench.merchant.paymentIntents.create({
    ...types,
    amount: 128_450,
    currency: 'cad',
    payment_method_options: { acss_debit: { mandate_options: terms, ...more } },
  })
}

const host = { elements: { mode: 'payment' as const, amount: 128_450, currency: 'cad' } }

/** Runs in the page: asks for a confirmation and leaves the promise of its result. */
function confirm(secret: string): void {
  const billing_details = { name: 'Dana Hadley', email: 'dana@hadleymoss.example' }
  window.outcome = window.reach.stripe.confirmAcssDebitPayment(secret, { payment_method: { billing_details } })
}

async function opened(locale?: 'fr-CA') {
  const { page, form } = await bench.open({ ...host, ...(locale === undefined ? {} : { locale }) })
  await form.locator('input').first().waitFor()
  const name = locale === undefined ? 'Pre-authorized debit' : 'Débit préautorisé'
  const dialog = page.getByRole('dialog', { name })
  return { page, dialog, within: dialog.frameLocator('iframe') }
}

test('by keyboard alone: a bank, an account, the agreement, and the debit is under way', async () => {
  const intent = await newIntent()
  const { page, within } = await opened()
  await page.evaluate(confirm, intent.client_secret ?? '')
  await within.getByRole('heading', { name: 'Choose your Canadian bank account' }).waitFor()
  expect(await within.locator(':focus').getAttribute('name')).toBe('bankSearch')
  await page.keyboard.type('red r')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect.poll(() => within.locator(':focus').getAttribute('value')).toBe('000123456789')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const heading = within.getByRole('heading', { name: 'Pre-authorized debit agreement' })
  await expect.poll(() => heading.evaluate((element) => element === document.activeElement)).toBe(true)
  expect(await within.getByText('CA$1,284.50').count()).toBe(1)
  await within.getByText('You authorize Larkfield IT to debit the bank account above once').waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => window.outcome)).toMatchObject({
    paymentIntent: { id: intent.id, status: 'processing' },
  })
  const paid = await bench.merchant.paymentIntents.retrieve(intent.id, { expand: ['payment_method'] })
  expect(paid).toMatchObject({
    payment_method: {
      billing_details: { name: 'Dana Hadley', email: 'dana@hadleymoss.example' },
      acss_debit: { bank_name: 'Red River Bank', institution_number: '982', last4: '6789' },
    },
  })
})

test('whoever turns away leaves the intent as it was, and may start again', async () => {
  const intent = await newIntent()
  const { page, dialog, within } = await opened()
  await page.evaluate(confirm, intent.client_secret ?? '')
  await within.getByRole('button', { name: 'Red River Bank' }).click()
  await within.getByRole('button', { name: 'Link account' }).click()
  await within.getByRole('heading', { name: 'Pre-authorized debit agreement' }).waitFor()
  await page.keyboard.press('Escape')
  expect(await page.evaluate(() => window.outcome)).toMatchObject({
    paymentIntent: { status: 'requires_payment_method' },
  })
  expect(await dialog.count()).toBe(0)
  await page.evaluate(confirm, intent.client_secret ?? '')
  await within.getByRole('button', { name: 'Red River Bank' }).click()
  await within.getByRole('button', { name: 'Link account' }).click()
  await within.getByRole('button', { name: 'Agree' }).click()
  expect(await page.evaluate(() => window.outcome)).toMatchObject({ paymentIntent: { status: 'processing' } })
})

test('numbers typed by hand wait for two amounts; in French as written in Canada', async () => {
  const intent = await newIntent({ verification_method: 'microdeposits' })
  const { page, within } = await opened('fr-CA')
  await page.evaluate(confirm, intent.client_secret ?? '')
  await within.getByLabel('Numéro de transit').fill('1100')
  await within.getByLabel("Numéro d'institution").fill('000')
  await within.getByLabel('Numéro de compte').fill('000123456789')
  await within.getByRole('button', { name: 'Continuer' }).click()
  await within.getByText('Votre numéro de transit est incomplet.').waitFor()
  await within.getByLabel('Numéro de transit').fill('11000')
  await within.getByRole('button', { name: 'Continuer' }).click()
  await within.getByText('Vous autorisez Larkfield IT à débiter une seule fois').waitFor()
  await within.getByRole('button', { name: "J'accepte" }).click()
  expect(await page.evaluate(() => window.outcome)).toMatchObject({
    paymentIntent: {
      status: 'requires_action',
      next_action: { verify_with_microdeposits: { microdeposit_type: 'amounts' } },
    },
  })
})

test('a number that is no test account is refused in the dialog, where another can be given', async () => {
  const intent = await newIntent({ verification_method: 'microdeposits' })
  const { page, within } = await opened()
  await page.evaluate(confirm, intent.client_secret ?? '')
  await within.getByLabel('Transit number').fill('11000')
  await within.getByLabel('Institution number').fill('000')
  await within.getByLabel('Account number').fill('123456789')
  await within.getByRole('button', { name: 'Continue' }).click()
  await within.getByRole('button', { name: 'Agree' }).click()
  await within.getByRole('alert').getByText('You must use a test bank account').waitFor()
  bench.complaints.length = 0 // the browser reports the refusal
  await within.getByRole('button', { name: 'Choose another account' }).click()
  await within.getByLabel('Transit number').waitFor()
})

test('a setup without an amount is agreed to for the schedule it names', async () => {
  const customer = await bench.merchant.customers.create({ name: 'Hadley & Moss' })
  const intent = await bench.merchant.setupIntents.create({
    ...types,
    customer: customer.id,
    payment_method_options: {
      acss_debit: {
        currency: 'cad',
        mandate_options: {
          payment_schedule: 'interval',
          interval_description: 'on each due date',
          transaction_type: 'business',
        },
      },
    },
  })
  const { page, within } = await opened()
  await page.evaluate((secret) => {
    const billing_details = { name: 'Dana Hadley', email: 'dana@hadleymoss.example' }
    window.outcome = window.reach.stripe.confirmAcssDebitSetup(secret, { payment_method: { billing_details } })
  }, intent.client_secret ?? '')
  await within.getByRole('button', { name: 'Red River Bank' }).click()
  await within.getByRole('button', { name: 'Link account' }).click()
  await within.getByText('on each due date').waitFor()
  await within.getByRole('button', { name: 'Agree' }).click()
  expect(await page.evaluate(() => window.outcome)).toMatchObject({ setupIntent: { status: 'succeeded' } })
  const { mandate } = await bench.merchant.setupIntents.retrieve(intent.id, { expand: ['mandate'] })
  expect(mandate).toMatchObject({ status: 'active', type: 'multi_use' })
})
