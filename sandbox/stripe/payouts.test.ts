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

const consent = { customer_acceptance: { type: 'offline' as const, offline: {} } }

function charge(amount: number, token = 'pm_card_visa') {
  return stripe.paymentIntents.create({
    amount,
    currency: 'usd',
    confirm: true,
    allowed_payment_method_types: ['card', 'us_bank_account'],
    payment_method: token,
    ...(token.startsWith('pm_us') && { mandate_data: consent }),
  })
}

async function rowsOf(payout: string) {
  const rows: Stripe.BalanceTransaction[] = []
  for await (const row of stripe.balanceTransactions.list({ payout, limit: 2, expand: ['data.source'] })) rows.push(row)
  return rows
}

test('a payout is the sum of its rows, and arrives at the bank with its trace number', async () => {
  await charge(10_000)
  await charge(25_050, 'pm_card_amex')
  const refunded = await charge(7000)
  await stripe.refunds.create({ payment_intent: refunded.id, amount: 2000 })
  await world.windTo('2026-11-12', 2) // charged Monday 9th, Veterans Day on the 11th: available on the 12th
  const [leaving] = (await stripe.payouts.list()).data
  expect(leaving).toMatchObject({ status: 'pending', reconciliation_status: 'in_progress', automatic: true })
  const id = leaving?.id ?? ''
  expect((await refusalOf(stripe.balanceTransactions.list({ payout: id }))).code).toBe(
    'payout_reconciliation_not_ready',
  )

  await world.windTo('2026-11-12', 20)
  const payout = await stripe.payouts.retrieve(id, { expand: ['balance_transaction', 'destination'] })
  expect(payout).toMatchObject({ status: 'in_transit', reconciliation_status: 'completed' })
  const rows = await rowsOf(id)
  const items = rows.filter(({ type }) => type !== 'payout')
  expect(items.map(({ type, net }) => [type, net]).sort()).toEqual(
    [
      ['charge', 10_000 - 320],
      ['charge', 25_050 - 756],
      ['charge', 7000 - 233],
      ['refund', -2000],
    ].sort(),
  )
  expect(items.reduce((sum, { net }) => sum + net, 0)).toBe(payout.amount)
  expect(rows.find(({ type }) => type === 'payout')).toMatchObject({
    net: -payout.amount,
    source: { id, object: 'payout' },
  })
  expect(rows.every(({ source }) => typeof source === 'object')).toBe(true)

  await world.windTo('2026-11-13')
  expect(await stripe.payouts.retrieve(id)).toMatchObject({ status: 'paid' })
  expect(world.bank.lines(world.account)).toEqual([
    {
      account: world.account,
      on: '2026-11-13',
      amountCents: payout.amount,
      description: expect.stringContaining('STRIPE'),
      traceId: payout.trace_id?.value,
    },
  ])
  expect(await stripe.balance.retrieve()).toMatchObject({ available: [{ amount: 0 }], pending: [{ amount: 0 }] })
})

test('a debit returned after its payout makes the balance negative, and the next payments make up for it', async () => {
  const debit = await charge(50_000, 'pm_usBankAccount_success')
  await world.windTo('2026-11-18')
  expect(world.bank.balanceCents(world.account)).toBe(49_600)
  await world.control('POST', `return/${debit.id}`, { code: 'R01' })
  expect((await stripe.balance.retrieve()).available[0]?.amount).toBe(-51_500)
  await world.windTo('2026-11-20')
  expect(world.bank.lines()).toHaveLength(1)

  await charge(60_000)
  await world.windTo('2026-11-25')
  expect(world.bank.balanceCents(world.account)).toBe(49_600 - 51_500 + 60_000 - 1770)
  const payouts = (await stripe.payouts.list({ status: 'paid' })).data
  expect((await rowsOf(payouts[0]?.id ?? '')).map(({ type }) => type).sort()).toEqual([
    'adjustment',
    'charge',
    'payout',
  ])
})

test('what an account holds is always what it was paid and has not been paid out', async () => {
  const tokens = ['pm_card_visa', 'pm_usBankAccount_success', 'pm_usBankAccount_dispute', 'pm_card_refundFail']
  for (const [index, token] of tokens.entries()) {
    const { id } = await charge(5000 + index * 1111, token)
    if (token === 'pm_card_refundFail') await stripe.refunds.create({ payment_intent: id })
    await world.windTo(`2026-11-${10 + index * 3}`)
  }
  await world.windTo('2026-12-11')
  const rows: Stripe.BalanceTransaction[] = []
  for await (const row of stripe.balanceTransactions.list({ limit: 100 })) rows.push(row)
  const { available, pending } = await stripe.balance.retrieve()
  const held = [...available, ...pending].reduce((sum, { amount }) => sum + amount, 0)
  expect(rows.reduce((sum, { net }) => sum + net, 0)).toBe(held)
  expect(rows.filter(({ type }) => type === 'refund_failure')).toHaveLength(1)
  const paidOut = rows.filter(({ type }) => type === 'payout').reduce((sum, { amount }) => sum - amount, 0)
  expect(world.bank.balanceCents(world.account)).toBe(paidOut)
})

test('a card dispute takes amount and fee, and winning it brings the amount back', async () => {
  const { id } = await charge(20_000, 'pm_card_createDispute')
  await world.windTo('2026-11-09', 16)
  const [opened] = (await stripe.disputes.list({ payment_intent: id })).data
  expect(opened).toMatchObject({ status: 'needs_response', reason: 'fraudulent', amount: 20_000 })
  const dispute = opened?.id ?? ''
  const refusal = await refusalOf(stripe.refunds.create({ payment_intent: id }))
  expect(refusal.code).toBe('charge_disputed')
  await stripe.disputes.update(dispute, { evidence: { customer_name: 'Pat' }, submit: false })
  const sent = await stripe.disputes.update(dispute, {
    evidence: { uncategorized_text: 'winning_evidence' },
    submit: true,
  })
  expect(sent).toMatchObject({ status: 'under_review', evidence: { customer_name: 'Pat' } })
  await world.windTo('2026-11-09', 17)
  expect(await stripe.disputes.retrieve(dispute, { expand: ['charge'] })).toMatchObject({
    status: 'won',
    balance_transactions: [{ net: -21_500 }, { net: 20_000, reporting_category: 'dispute_reversal' }],
  })
})

test('an accepted dispute is lost', async () => {
  const { id } = await charge(20_000)
  const opened = await world.control<{ id: string }>('POST', `dispute/${id}`, { reason: 'duplicate' })
  expect(await stripe.disputes.close(opened.id)).toMatchObject({ status: 'lost', reason: 'duplicate' })
})
