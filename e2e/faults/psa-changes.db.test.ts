import { afterAll, beforeEach, expect, test } from 'vitest'
import { windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { money } from '@/lib/money/money'
import { refundPayment } from '@/lib/payments/refund-payment'
import { startPayment } from '@/lib/payments/start-payment'
import { planWriteBacks } from '@/lib/settlement/plan-write-backs'
import { startTestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { dayMs, Practice, type PsaInvoice } from '../model/practice.ts'
import { tokenFor } from '../support/msp.ts'

const stripe = await startTestStripe()
process.env.STRIPE_API_URL = stripe.service.url
process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
windClock(stripe.clock.now().getTime() - Date.now())
const practice = await Practice.open(stripe, 'psa-changes')
const { tenantId } = practice
beforeEach(() => stripe.service.faults.clear())
afterAll(() => stripe.close())

const usd = (minor: bigint) => money(minor, 'USD')

async function pay({ id }: PsaInvoice, method: Parameters<typeof tokenFor>[1] = { card: '4242424242424242' }) {
  const confirmationTokenId = await tokenFor({ ...stripe, account: practice.account }, method)
  const order = { orderKey: newId(), invoices: [{ invoiceId: id }], confirmationTokenId }
  const where = { ip: '127.0.0.1', userAgent: 'test', locale: 'en-US', origin: 'link' } as const
  const result = await startPayment({ kind: 'system', tenantId, reason: 'test' }, order, where)
  if (!result.ok) throw new Error(result.reason)
  return result.attemptId
}

async function refund(attemptId: string, amountMinor: bigint) {
  const staff = { kind: 'staff', tenantId, staffId: practice.staffId, role: 'owner' } as const
  return refundPayment(staff, { attemptId, amountMinor, reason: 'test' })
}

async function balanceOf({ id }: PsaInvoice): Promise<bigint | undefined> {
  return (await practice.figures()).balances.get(id)
}

async function credit(): Promise<bigint> {
  return (await practice.figures()).credits.get(practice.clientIds[0] ?? '') ?? 0n
}

/** What should stand in the PSA of a payment. */
async function writeBackOf(attemptId: string): Promise<bigint | undefined> {
  return withTenant(tenantId, async (tx) => {
    await planWriteBacks(tx, attemptId)
    const row = await tx.row<{ minor: bigint }>(
      sql`select amount_minor as minor from write_backs where tenant_id = ${tx.tenantId} and attempt_id = ${attemptId}`,
    )
    return row?.minor
  })
}

async function openExceptions(subjectId: string): Promise<string[]> {
  const rows = await withTenant(tenantId, (tx) =>
    tx.rows<{ cause: string }>(sql`
      select cause from exceptions where tenant_id = ${tx.tenantId} and subject_id = ${subjectId} and closed_at is null`),
  )
  return rows.map(({ cause }) => cause)
}

test('fault 30: an invoice lowered while its payment is under way: the sum confirmed is charged, the rest is credit, and said', async () => {
  const invoice = await practice.bill(0, 10_000n)
  const attemptId = await pay(invoice, { bank: '000123456789' })
  await practice.change(invoice, { total: usd(6_000n) })
  await practice.wind(8 * dayMs)
  await practice.round()
  expect(await balanceOf(invoice)).toBe(0n)
  expect(await credit()).toBe(4_000n)
  expect(await openExceptions(attemptId)).toEqual(['paid-after-void'])
  // Refunding what was too much takes the credit, not the invoice.
  expect(await refund(attemptId, 4_000n)).toMatchObject({ ok: true })
  expect([await balanceOf(invoice), await credit()]).toEqual([0n, 0n])
  expect(await writeBackOf(attemptId)).toBe(6_000n)
})

test('fault 30: an invoice raised while its payment is under way stays open for the difference', async () => {
  const invoice = await practice.bill(0, 5_000n)
  const attemptId = await pay(invoice, { bank: '000123456789' })
  await practice.change(invoice, { total: usd(8_000n) })
  await practice.wind(8 * dayMs)
  await practice.round()
  expect(await balanceOf(invoice)).toBe(3_000n)
  expect(await writeBackOf(attemptId)).toBe(5_000n)
})

test('an invoice lowered after it was paid: a refund of the excess leaves it paid, here and in the PSA', async () => {
  const invoice = await practice.bill(0, 10_000n)
  const attemptId = await pay(invoice)
  await practice.change(invoice, { total: usd(6_000n) })
  expect([await balanceOf(invoice), await credit()]).toEqual([0n, 4_000n])
  expect(await refund(attemptId, 4_000n)).toMatchObject({ ok: true })
  expect([await balanceOf(invoice), await credit()]).toEqual([0n, 0n])
  expect(await writeBackOf(attemptId)).toBe(6_000n)
  // Raised again, there is no credit left to pay it with.
  await practice.change(invoice, { total: usd(10_000n) })
  expect([await balanceOf(invoice), await credit()]).toEqual([4_000n, 0n])
  await practice.delete(invoice)
  expect(await refund(attemptId, 6_000n)).toMatchObject({ ok: true })
  expect(await credit()).toBe(0n)
})

test('fault 32: a refund after the PSA voided the invoice is booked against the credit, and the invoice stays closed', async () => {
  const invoice = await practice.bill(0, 7_000n)
  const attemptId = await pay(invoice)
  await practice.delete(invoice)
  expect([await balanceOf(invoice), await credit()]).toEqual([0n, 7_000n])
  expect(await refund(attemptId, 7_000n)).toMatchObject({ ok: true, state: 'succeeded' })
  expect([await balanceOf(invoice), await credit()]).toEqual([0n, 0n])
  expect(await writeBackOf(attemptId)).toBe(0n)
})

test('a page of a sync that was read before an invoice was deleted does not bring it back', async () => {
  const invoice = await practice.bill(0, 2_500n)
  await practice.delete(invoice)
  await practice.saveStale(invoice, 0)
  expect(await balanceOf(invoice)).toBe(0n)
})

test('a page read before a cheque was recorded neither takes it away nor hides that it is taken away later', async () => {
  const invoice = await practice.bill(0, 2_500n)
  await practice.change(invoice, { payments: [{ externalId: 'cheque', amount: usd(2_500n), paidOn: '2026-11-09' }] })
  await practice.saveStale(invoice, 0)
  expect(await balanceOf(invoice)).toBe(0n)
  await practice.change(invoice, { payments: [] })
  expect(await balanceOf(invoice)).toBe(2_500n)
})

test('a bank that only inquires takes nothing: no money moves, and a person is told by when to answer', async () => {
  const invoice = await practice.bill(0, 3_300n)
  const attemptId = await pay(invoice)
  const [charge] = (await practice.charges()).filter(({ metadata }) => metadata.attempt_id === attemptId)
  await stripe.control('POST', `dispute/${charge?.id}`, { inquiry: true, reason: 'general' })
  await practice.round()
  await practice.settle()
  expect(await openExceptions(attemptId)).toEqual(['disputed'])
  const moved = await withTenant(tenantId, (tx) =>
    tx.rows(sql`
      select 1 from journal_lines where tenant_id = ${tx.tenantId} and attempt_id = ${attemptId} and 'disputed' in (debit, credit)`),
  )
  expect(moved).toEqual([])
})

test('fault 15: a refund told before its payment is booked after it, and the invoice is open for that part', async () => {
  const invoice = await practice.bill(0, 9_000n)
  stripe.service.faults.rules = [{ kind: 'reset-after', match: 'POST /v1/payment_intents$', times: 2 }]
  const attemptId = await pay(invoice)
  stripe.service.faults.clear()
  const [charge] = (await practice.charges()).filter(({ metadata }) => metadata.attempt_id === attemptId)
  const refunded = await stripe.platform.refunds.create(
    { charge: charge?.id ?? '', amount: 4_000 },
    { stripeAccount: practice.account },
  )
  await practice.hear('refund', refunded.id)
  expect([await balanceOf(invoice), await credit()]).toEqual([4_000n, 0n])
})
