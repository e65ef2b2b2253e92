import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusalOf, startTestStripe, type TestStripe } from './test-stripe.ts'

let world: TestStripe
let stripe: Stripe

beforeEach(async () => {
  world = await startTestStripe()
  stripe = world.stripe
})
afterEach(() => world.close())

const consent = {
  customer_acceptance: { type: 'online', online: { ip_address: '203.0.113.7', user_agent: 'Test' } },
} satisfies Stripe.PaymentIntentCreateParams.MandateData

const sporadic = {
  acss_debit: { mandate_options: { payment_schedule: 'sporadic', transaction_type: 'business' } },
} satisfies Stripe.PaymentIntentCreateParams.PaymentMethodOptions

/** As a browser confirms it: with what was typed, by somebody with a name and an address. */
const typed = (number: string, more: object = {}) => ({
  payment_method_data: {
    type: 'acss_debit' as const,
    billing_details: { name: 'Pat Payer', email: 'pat@example.com' },
    acss_debit: { institution_number: '000', transit_number: '11000', account_number: number, ...more },
  },
})

function intent(more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  return stripe.paymentIntents.create({
    amount: 100_000,
    currency: 'cad',
    allowed_payment_method_types: ['acss_debit'],
    payment_method_options: sporadic,
    ...more,
  })
}

function debit(token: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  return intent({ confirm: true, payment_method: `pm_acssDebit_${token}`, mandate_data: consent, ...more })
}

const expanded = { expand: ['latest_charge.balance_transaction', 'payment_method'] }

test('a debit is under way for five Canadian banking days and only then paid, with the capped fee', async () => {
  const { id, status } = await debit('success') // Monday 9 November; Wednesday is Remembrance Day
  expect(status).toBe('processing')
  await world.windTo('2026-11-16')
  expect(await stripe.paymentIntents.retrieve(id, expanded)).toMatchObject({
    status: 'processing',
    latest_charge: { status: 'pending', balance_transaction: null },
  })
  await world.windTo('2026-11-17')
  expect(await stripe.paymentIntents.retrieve(id, expanded)).toMatchObject({
    status: 'succeeded',
    latest_charge: {
      status: 'succeeded',
      balance_transaction: { type: 'payment', currency: 'cad', amount: 100_000, fee: 500, net: 99_500 },
    },
  })
})

test('Canadian holidays hold a debit up, American ones do not', async () => {
  await world.windTo('2026-11-25', 15) // the day before Thanksgiving in the US
  const { id } = await debit('success')
  await world.windTo('2026-12-02')
  expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'succeeded' })
})

test('what a debit rests on: its agreement, and the account it was taken from', async () => {
  const { id } = await debit('success')
  const paid = await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] })
  const charge = typeof paid.latest_charge === 'object' ? paid.latest_charge : null
  const details = charge?.payment_method_details?.acss_debit
  expect(details).toMatchObject({
    institution_number: '000',
    transit_number: '11000',
    last4: '6789',
    bank_name: 'STRIPE TEST BANK',
    expected_debit_date: '2026-11-10',
  })
  expect(await stripe.mandates.retrieve(details?.mandate ?? '')).toMatchObject({
    status: 'active',
    type: 'single_use',
    single_use: { amount: 100_000, currency: 'cad' },
    payment_method_details: {
      type: 'acss_debit',
      acss_debit: { payment_schedule: 'sporadic', transaction_type: 'business', interval_description: null },
    },
  })
})

const failures = [
  ['insufficientFunds', 'insufficient_funds', 'active'],
  ['accountClosed', 'account_closed', 'inactive'],
  ['noAccount', 'no_account', 'inactive'],
  ['debitNotAuthorized', 'debit_not_authorized', 'inactive'],
] as const
test.each(failures)(
  '%s: the debit comes back, and with it goes the agreement if it cannot be used',
  async (token, code, mandate) => {
    const { id } = await debit(token)
    await world.windTo('2026-11-13')
    const failed = await stripe.paymentIntents.retrieve(id, expanded)
    expect(failed).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      last_payment_error: { code },
      latest_charge: { status: 'failed', failure_code: code },
    })
    const charge = typeof failed.latest_charge === 'object' ? failed.latest_charge : null
    const named = charge?.payment_method_details?.acss_debit?.mandate ?? ''
    expect(await stripe.mandates.retrieve(named)).toMatchObject({ status: mandate })
  },
)

test('an account of the test set answers after three minutes', async () => {
  const waiting = await intent()
  await stripe.paymentIntents.confirm(waiting.id, { ...typed('900222222227'), mandate_data: consent })
  await stripe.paymentIntents.verifyMicrodeposits(waiting.id, { amounts: [32, 45] })
  const early = new Date(world.clock.now().getTime() + 2 * 60_000)
  await world.clock.advanceTo(early)
  expect(await stripe.paymentIntents.retrieve(waiting.id)).toMatchObject({ status: 'processing' })
  await world.clock.advanceTo(new Date(early.getTime() + 60_000))
  expect(await stripe.paymentIntents.retrieve(waiting.id)).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { code: 'insufficient_funds' },
  })
})

test('a late return is a dispute that is lost from the start', async () => {
  const { id } = await debit('dispute')
  await world.windTo('2026-11-17')
  expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'succeeded' })
  await world.windTo('2026-11-20')
  const [dispute] = (await stripe.disputes.list({ payment_intent: id })).data
  expect(dispute).toMatchObject({ status: 'lost', reason: 'debit_not_authorized', amount: 100_000, currency: 'cad' })
})

test('the bank sends a debit back with a code of its own country', async () => {
  const { id } = await debit('success')
  expect(await world.control('POST', `return/${id}`, { code: 'R01' })).toMatchObject({ error: expect.any(String) })
  await world.control('POST', `return/${id}`, { code: '905' })
  expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ last_payment_error: { code: 'account_closed' } })
})

test('a typed account is verified by two amounts: right, wrong, and too often wrong', async () => {
  const start = async (number = '000123456789') => {
    const { id } = await intent()
    return stripe.paymentIntents.confirm(id, { ...typed(number), mandate_data: consent })
  }
  const first = await start()
  expect(first).toMatchObject({
    status: 'requires_action',
    next_action: {
      type: 'verify_with_microdeposits',
      verify_with_microdeposits: { microdeposit_type: 'amounts' },
    },
  })
  const wrong = await refusalOf(stripe.paymentIntents.verifyMicrodeposits(first.id, { amounts: [1, 2] }))
  expect(wrong.code).toBe('payment_method_microdeposit_verification_amounts_mismatch')
  expect(await stripe.paymentIntents.verifyMicrodeposits(first.id, { amounts: [32, 45] })).toMatchObject({
    status: 'processing',
  })
  const unreachable = await start('000666666661')
  const failed = await refusalOf(stripe.paymentIntents.verifyMicrodeposits(unreachable.id, { amounts: [32, 45] }))
  expect(failed.code).toBe('payment_method_microdeposit_failed')
})

test('an agreement says when and for whom it is, or there is no intent', async () => {
  const cases = [
    [{}, 'payment_schedule'],
    [{ payment_schedule: 'sporadic' as const }, 'transaction_type'],
    [{ payment_schedule: 'interval' as const, transaction_type: 'business' as const }, 'interval_description'],
  ] as const
  for (const [terms, missing] of cases) {
    const refusal = await refusalOf(intent({ payment_method_options: { acss_debit: { mandate_options: terms } } }))
    expect(refusal).toMatchObject({
      code: 'parameter_missing',
      param: `payment_method_options[acss_debit][mandate_options][${missing}]`,
    })
  }
})

test('it is offered only where it is asked for, in Canadian and US dollars', async () => {
  const automatic = await stripe.paymentIntents.create({ amount: 5000, currency: 'cad' })
  expect(automatic.payment_method_types).toEqual(['card'])
  expect((await intent({ currency: 'usd' })).payment_method_types).toEqual(['acss_debit'])
  await expect(intent({ currency: 'eur' })).rejects.toMatchObject({ param: 'currency' })
  await world.platform.accounts.update(world.account, { capabilities: { acss_debit_payments: { requested: false } } })
  expect((await refusalOf(intent())).message).toContain('No valid payment method types')
})

test('without consent, a name and an address there is no debit, and no token stands for one', async () => {
  const { id } = await intent()
  const naked = await refusalOf(stripe.paymentIntents.confirm(id, typed('000123456789')))
  expect(naked.code).toBe('payment_intent_mandate_invalid')
  const nameless = { ...typed('000123456789').payment_method_data, billing_details: { name: 'Pat Payer' } }
  const refusal = await refusalOf(
    stripe.paymentIntents.confirm(id, { payment_method_data: nameless, mandate_data: consent }),
  )
  expect(refusal.param).toBe('billing_details[email]')
  const other = await refusalOf(stripe.paymentIntents.confirm(id, { ...typed('1234567'), mandate_data: consent }))
  expect(other.code).toBe('account_number_invalid')
  const token = await refusalOf(
    stripe.testHelpers.confirmationTokens.create({ payment_method: 'pm_acssDebit_success' }),
  )
  expect(token.message).toContain('acss_debit')
})

test('a saved account has a standing agreement that later debits rest on, until a return ends it', async () => {
  const customer = await stripe.customers.create({ name: 'Payer' })
  const mandateOptions = {
    payment_schedule: 'interval',
    interval_description: 'on the due date of each invoice',
    transaction_type: 'business',
  } as const
  const ask = {
    customer: customer.id,
    confirm: true,
    allowed_payment_method_types: ['acss_debit' as const],
    payment_method: 'pm_acssDebit_success',
    mandate_data: consent,
    expand: ['mandate'],
  }
  const bare = { acss_debit: { mandate_options: mandateOptions } }
  const refusal = await refusalOf(stripe.setupIntents.create({ ...ask, payment_method_options: bare }))
  expect(refusal.param).toBe('payment_method_options[acss_debit][currency]')
  const setup = await stripe.setupIntents.create({
    ...ask,
    payment_method_options: { acss_debit: { currency: 'cad', mandate_options: mandateOptions } },
  })
  expect(setup).toMatchObject({
    status: 'succeeded',
    mandate: { status: 'active', type: 'multi_use', payment_method_details: { acss_debit: mandateOptions } },
  })
  const saved = typeof setup.payment_method === 'string' ? setup.payment_method : ''
  const again = () => intent({ confirm: true, customer: customer.id, payment_method: saved, off_session: true })
  const first = await again()
  expect(first.status).toBe('processing')
  await world.control('POST', `return/${first.id}`, { code: '920' })
  expect((await refusalOf(again())).code).toBe('payment_intent_mandate_invalid')
})

test('a refund of a debit leaves the balance at once and arrives days later', async () => {
  const { id } = await debit('success')
  await world.windTo('2026-11-17')
  const refund = await stripe.refunds.create({ payment_intent: id, amount: 40_000, expand: ['balance_transaction'] })
  expect(refund).toMatchObject({
    status: 'pending',
    destination_details: { type: 'acss_debit' },
    balance_transaction: { type: 'payment_refund', currency: 'cad', net: -40_000 },
  })
  await world.windTo('2026-11-20')
  expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'succeeded' })
})
