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

function debit(token: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  return stripe.paymentIntents.create({
    amount: 100_000,
    currency: 'usd',
    confirm: true,
    allowed_payment_method_types: ['us_bank_account'],
    payment_method: `pm_usBankAccount_${token}`,
    mandate_data: consent,
    ...more,
  })
}

const expanded = { expand: ['latest_charge.balance_transaction', 'payment_method'] }

test('a debit is under way for four banking days and only then paid, with the capped fee', async () => {
  const { id, status } = await debit('success') // Monday 9 November; Wednesday is Veterans Day
  expect(status).toBe('processing')
  await world.windTo('2026-11-13')
  const waiting = await stripe.paymentIntents.retrieve(id, expanded)
  expect(waiting).toMatchObject({
    status: 'processing',
    latest_charge: { status: 'pending', balance_transaction: null },
  })
  await world.windTo('2026-11-16')
  const paid = await stripe.paymentIntents.retrieve(id, expanded)
  expect(paid).toMatchObject({
    status: 'succeeded',
    latest_charge: {
      status: 'succeeded',
      balance_transaction: { type: 'payment', amount: 100_000, fee: 500, net: 99_500, status: 'available' },
    },
  })
})

const failures = [
  ['insufficientFunds', 'insufficient_funds', undefined],
  ['accountClosed', 'account_closed', { network_code: 'R02', reason: 'bank_account_closed' }],
  ['noAccount', 'no_account', { network_code: 'R03', reason: 'bank_account_invalid_details' }],
  ['debitNotAuthorized', 'debit_not_authorized', { network_code: 'R10', reason: 'debit_not_authorized' }],
] as const
test.each(failures)('%s: the debit comes back after two banking days', async (token, code, blocked) => {
  const { id } = await debit(token)
  await world.windTo('2026-11-12')
  const failed = await stripe.paymentIntents.retrieve(id, expanded)
  expect(failed).toMatchObject({
    status: 'requires_payment_method',
    payment_method: null,
    last_payment_error: { code },
    latest_charge: { status: 'failed', failure_code: code },
  })
  const details = failed.last_payment_error?.payment_method?.us_bank_account?.status_details
  expect(details?.blocked).toEqual(blocked)
})

test('a late return is a dispute that is lost from the start and takes the money back', async () => {
  const { id } = await debit('dispute')
  await world.windTo('2026-11-16')
  expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'succeeded' })
  await world.windTo('2026-11-18')
  const [dispute] = (await stripe.disputes.list({ payment_intent: id, expand: ['data.charge'] })).data
  expect(dispute).toMatchObject({
    status: 'lost',
    reason: 'insufficient_funds',
    charge: { disputed: true },
    balance_transactions: [{ type: 'adjustment', amount: -100_000, fee: 1500, reporting_category: 'dispute' }],
  })
  expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'succeeded' })
  const types = (await stripe.events.list({ types: ['charge.dispute.created', 'charge.dispute.closed'] })).data
  expect(types.map(({ type }) => type).sort()).toEqual(['charge.dispute.closed', 'charge.dispute.created'])
})

test('any debit can be sent back by the bank, before it cleared and after', async () => {
  const early = await debit('success')
  await world.control('POST', `return/${early.id}`, { code: 'R03' })
  expect(await stripe.paymentIntents.retrieve(early.id)).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { code: 'no_account' },
  })
  const late = await debit('success')
  await world.windTo('2026-11-20')
  expect(await stripe.paymentIntents.retrieve(late.id)).toMatchObject({ status: 'succeeded' })
  await world.control('POST', `return/${late.id}`, { code: 'R10' })
  const [dispute] = (await stripe.disputes.list({ payment_intent: late.id })).data
  expect(dispute).toMatchObject({ reason: 'debit_not_authorized', status: 'lost' })
  expect(await world.control('POST', `return/${late.id}`, {})).toMatchObject({ error: expect.any(String) })
})

test('without consent there is no debit, and a withdrawn consent cannot be used again', async () => {
  const naked = {
    payment_method: 'pm_usBankAccount_success',
    allowed_payment_method_types: ['us_bank_account' as const],
  }
  const refusal = await refusalOf(
    stripe.paymentIntents.create({ amount: 5000, currency: 'usd', confirm: true, ...naked }),
  )
  expect(refusal.code).toBe('payment_intent_mandate_invalid')
  const customer = await stripe.customers.create({ name: 'Payer' })
  const setup = await stripe.setupIntents.create({
    ...naked,
    customer: customer.id,
    confirm: true,
    mandate_data: consent,
    expand: ['mandate'],
  })
  expect(setup).toMatchObject({ status: 'succeeded', mandate: { status: 'active', type: 'multi_use' } })
  const saved = typeof setup.payment_method === 'string' ? setup.payment_method : ''
  const again = () =>
    stripe.paymentIntents.create({
      amount: 5000,
      currency: 'usd',
      confirm: true,
      customer: customer.id,
      payment_method: saved,
      allowed_payment_method_types: ['us_bank_account'],
      off_session: true,
    })
  const first = await again()
  expect(first.status).toBe('processing')
  await world.control('POST', `return/${first.id}`, { code: 'R07' })
  const mandate = typeof setup.mandate === 'object' ? (setup.mandate?.id ?? '') : ''
  expect(await stripe.mandates.retrieve(mandate)).toMatchObject({ status: 'inactive' })
  expect((await refusalOf(again())).code).toBe('payment_method_bank_account_blocked')
})

test('a typed account is verified by small deposits: right, wrong, and too often wrong', async () => {
  const start = (number: string) =>
    debit('success', {
      payment_method: undefined as never,
      payment_method_data: {
        type: 'us_bank_account',
        billing_details: { name: 'Pat Payer' },
        us_bank_account: { routing_number: '110000000', account_number: number, account_holder_type: 'company' },
      },
    })
  const intent = await start('000123456789')
  expect(intent).toMatchObject({
    status: 'requires_action',
    next_action: {
      type: 'verify_with_microdeposits',
      verify_with_microdeposits: { microdeposit_type: 'descriptor_code' },
    },
  })
  const wrong = await refusalOf(stripe.paymentIntents.verifyMicrodeposits(intent.id, { amounts: [1, 2] }))
  expect(wrong.code).toBe('payment_method_microdeposit_verification_amounts_mismatch')
  expect(await stripe.paymentIntents.verifyMicrodeposits(intent.id, { amounts: [32, 45] })).toMatchObject({
    status: 'processing',
  })
  const other = await start('000123456789')
  expect(await stripe.paymentIntents.verifyMicrodeposits(other.id, { descriptor_code: 'SM11AA' })).toMatchObject({
    status: 'processing',
  })
  const exhausted = await start('000123456789')
  const refusal = await refusalOf(
    stripe.paymentIntents.verifyMicrodeposits(exhausted.id, { descriptor_code: 'SM33CC' }),
  )
  expect(refusal.code).toBe('payment_method_microdeposit_verification_attempts_exceeded')
  expect(await stripe.paymentIntents.retrieve(exhausted.id)).toMatchObject({ status: 'requires_payment_method' })
})

test('a refund of a debit leaves the balance at once and arrives days later', async () => {
  const { id } = await debit('success')
  await world.windTo('2026-11-16')
  const refund = await stripe.refunds.create({ payment_intent: id, amount: 40_000, expand: ['balance_transaction'] })
  expect(refund).toMatchObject({ status: 'pending', balance_transaction: { type: 'payment_refund', net: -40_000 } })
  await world.windTo('2026-11-19')
  expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'succeeded' })
})

test('the days a debit takes can be set', async () => {
  await world.control('POST', 'ach', { successBankingDays: 1, failureBankingDays: 1 })
  const { id } = await debit('success')
  await world.windTo('2026-11-10')
  expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'succeeded' })
})
