import { expect, test } from 'vitest'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { chargesAtStripe, tokenFor } from '../../e2e/support/msp.ts'
import { startPayStage } from '../../e2e/support/pay-stage.ts'
import type { CallFault } from '../../sandbox/kernel/faults.ts'
import { reconcilePayments } from './reconcile-payments'
import { refundPayment } from './refund-payment'
import type { PaymentResult } from './result'
import { startPayment } from './start-payment'
import { sweepPayments } from './sweep-payments'

const { stripe, msp, tenantId, follow } = await startPayStage()
const actor = { kind: 'system', tenantId, reason: 'test' } as const
const where = { ip: '127.0.0.1', userAgent: 'test', locale: 'en-US', origin: 'link' } as const

const good = { card: '4242424242424242' }
const goodBank = { bank: '000123456789' }

async function owing(totalMinor: bigint): Promise<string> {
  return msp.makeInvoice(await msp.makeClient(), totalMinor)
}

async function pay(
  invoiceId: string,
  method: Parameters<typeof tokenFor>[1],
  orderKey = newId(),
): Promise<PaymentResult> {
  const confirmationTokenId = await tokenFor(stripe, method)
  return startPayment(actor, { orderKey, invoices: [{ invoiceId }], confirmationTokenId }, where)
}

async function stateOf(attemptId: string): Promise<string> {
  const row = await withTenant(tenantId, (tx) =>
    tx.row<{ state: string }>(sql`select state from attempts where tenant_id = ${tx.tenantId} and id = ${attemptId}`),
  )
  return row?.state ?? 'missing'
}

async function chargesFor(attemptId: string) {
  return (await chargesAtStripe(stripe)).filter(
    ({ metadata, status }) => metadata.attempt_id === attemptId && status !== 'failed',
  )
}

function attemptOf(result: PaymentResult): string {
  if (result.attemptId === undefined) throw new Error(`no attempt: ${JSON.stringify(result)}`)
  return result.attemptId
}

async function journalOf(invoiceId: string): Promise<string[]> {
  const rows = await withTenant(tenantId, (tx) =>
    tx.rows<{ line: string }>(sql`
      select e.cause_kind || ': ' || l.debit || ' from ' || l.credit || ' ' || l.amount_minor as line
      from journal_lines l join journal_entries e on e.tenant_id = l.tenant_id and e.id = l.entry_id
      where l.tenant_id = ${tx.tenantId} and l.invoice_id = ${invoiceId} order by e.id, l.position`),
  )
  return rows.map(({ line }) => line)
}

/** Winds both clocks on, lets a real minute pass for whatever only waits for its answer, and sweeps. */
async function later(seconds: number): Promise<void> {
  await stripe.clock.advanceTo(new Date(stripe.clock.now().getTime() + seconds * 1000))
  follow()
  await sweepPayments(tenantId)
}

test('a card is paid at once, the invoice is settled, and the journal says where the money is', async () => {
  const invoiceId = await owing(491_314n)
  const result = await pay(invoiceId, good)
  expect(result).toMatchObject({ ok: true, state: 'succeeded' })
  expect(await msp.balanceOf(invoiceId)).toBe(0n)
  expect(await journalOf(invoiceId)).toEqual([
    'invoice.mirrored: receivable from billed 491314',
    'payment.succeeded: clearing from receivable 491314',
  ])
  expect(await chargesFor(attemptOf(result))).toHaveLength(1)
})

test('a decline is told plainly, frees the invoice, and the next method pays it', async () => {
  const invoiceId = await owing(10_000n)
  expect(await pay(invoiceId, { card: '4000000000009995' })).toMatchObject({
    ok: false,
    because: 'declined',
    next: 'bank',
    reason: expect.stringContaining('not enough credit'),
  })
  expect(await msp.balanceOf(invoiceId)).toBe(10_000n)
  expect(await pay(invoiceId, good)).toMatchObject({ ok: true, state: 'succeeded' })
})

test('a bank debit is on its way until it clears, and is not counted before', async () => {
  const invoiceId = await owing(250_000n)
  const result = await pay(invoiceId, goodBank)
  expect(result).toMatchObject({ ok: true, state: 'processing', clearsOn: expect.stringMatching(/^2026-/) })
  expect(await msp.balanceOf(invoiceId)).toBe(250_000n)
  expect(await pay(invoiceId, good)).toMatchObject({ ok: false, because: 'on-its-way' })
  await later(8 * 86_400)
  expect(await stateOf(attemptOf(result))).toBe('succeeded')
  expect(await msp.balanceOf(invoiceId)).toBe(0n)
  expect(await pay(invoiceId, good)).toMatchObject({ ok: false, because: 'already-paid' })
})

test('a bank debit that fails re-opens the way to pay, and says why', async () => {
  const invoiceId = await owing(30_000n)
  const result = await pay(invoiceId, { bank: '000222222227' })
  await later(8 * 86_400)
  expect(await stateOf(attemptOf(result))).toBe('failed')
  expect(await msp.balanceOf(invoiceId)).toBe(30_000n)
  expect(await pay(invoiceId, good)).toMatchObject({ ok: true, state: 'succeeded' })
})

test('fault 34: a debit returned after it succeeded re-opens the invoice, once, however often it is told', async () => {
  const invoiceId = await owing(390_450n)
  const result = await pay(invoiceId, { bank: '000555555559' })
  await later(20 * 86_400)
  await reconcilePayments(tenantId, new Date(now().getTime() - 30 * 86_400_000))
  await reconcilePayments(tenantId, new Date(now().getTime() - 30 * 86_400_000))
  expect(await stateOf(attemptOf(result))).toBe('returned')
  expect(await msp.balanceOf(invoiceId)).toBe(390_450n)
  expect(await journalOf(invoiceId)).toEqual([
    'invoice.mirrored: receivable from billed 390450',
    'payment.succeeded: clearing from receivable 390450',
    'payment.returned: receivable from clearing 390450',
  ])
})

test('fault 23: a double click makes one payment, and both presses see it', async () => {
  const invoiceId = await owing(20_000n)
  const orderKey = newId()
  const confirmationTokenId = await tokenFor(stripe, good)
  const press = () => startPayment(actor, { orderKey, invoices: [{ invoiceId }], confirmationTokenId }, where)
  const results = await Promise.all([press(), press(), press()])
  expect(results.filter(({ ok }) => ok).map(attemptOf)).toEqual(expect.arrayContaining([orderKey]))
  expect(await chargesFor(orderKey)).toHaveLength(1)
  expect(await press()).toMatchObject({ ok: true, state: 'succeeded', attemptId: orderKey })
  expect(await chargesFor(orderKey)).toHaveLength(1)
})

test('fault 24: of two tabs one pays, the other is told so', async () => {
  for (let round = 0; round < 10; round++) {
    const invoiceId = await owing(5_000n)
    const results = await Promise.all([pay(invoiceId, good), pay(invoiceId, good)])
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(results.find(({ ok }) => !ok)).toMatchObject({ because: expect.stringMatching(/on-its-way|already-paid/) })
    expect(await msp.balanceOf(invoiceId)).toBe(0n)
  }
})

test('fault 12: the same order with another amount is refused before anything is asked', async () => {
  const [one, other] = [await owing(7_000n), await owing(9_000n)]
  const orderKey = newId()
  await pay(one, good, orderKey)
  expect(await pay(other, good, orderKey)).toMatchObject({ ok: false, because: 'form' })
  expect(await chargesFor(orderKey)).toHaveLength(1)
})

test('an amount above the balance, of nothing, or for a stranger’s invoice is refused and charges nothing', async () => {
  const invoiceId = await owing(1_000n)
  const confirmationTokenId = await tokenFor(stripe, good)
  const ask = (amountMinor: bigint, id = invoiceId) =>
    startPayment(actor, { orderKey: newId(), invoices: [{ invoiceId: id, amountMinor }], confirmationTokenId }, where)
  expect(await ask(1_001n)).toMatchObject({ ok: false, because: 'changed' })
  expect(await ask(0n)).toMatchObject({ ok: false, because: 'form' })
  expect(await ask(-5n)).toMatchObject({ ok: false, because: 'form' })
  expect(await ask(1_000n, newId())).toMatchObject({ ok: false, because: 'not-allowed' })
  const stranger = { kind: 'link', tenantId, linkId: newId(), invoiceId: newId(), clientId: newId() } as const
  expect(
    await startPayment(stranger, { orderKey: newId(), invoices: [{ invoiceId }], confirmationTokenId }, where),
  ).toMatchObject({ ok: false, because: 'not-allowed' })
  expect(await msp.balanceOf(invoiceId)).toBe(1_000n)
})

const lostAnswers: [string, CallFault, number][] = [
  ['fault 6: Stripe’s answer is lost after it charged', 'reset-after', 1],
  ['fault 6: twice in a row', 'reset-after', 2],
  ['fault 7: the connection breaks before Stripe charged', 'reset-before', 2],
  ['fault 9: Stripe says 500 after charging and replays it', 'error-after', 1],
  ['fault 9: Stripe says 500 and did nothing', 'error-before', 2],
  ['fault 20: the answer is cut in the middle', 'truncated', 2],
]
for (const [name, kind, times] of lostAnswers) {
  test(`${name}: the payment ends as paid or free, charged at most once`, async () => {
    const invoiceId = await owing(12_300n)
    stripe.service.faults.rules = [{ kind, match: 'POST /v1/payment_intents$', times }]
    const result = await pay(invoiceId, good)
    const attemptId = attemptOf(result)
    for (const seconds of [25, 25, 120, 600, 1200]) await later(seconds)
    const charges = await chargesFor(attemptId)
    const state = await stateOf(attemptId)
    expect(['succeeded', 'failed']).toContain(state)
    expect(charges).toHaveLength(state === 'succeeded' ? 1 : 0)
    expect(await msp.balanceOf(invoiceId)).toBe(state === 'succeeded' ? 0n : 12_300n)
    // Free again or paid: never both.
    const again = await pay(invoiceId, good)
    expect(again.ok).toBe(state === 'failed')
  })
}

test('fault 8: Stripe limits our rate: nothing was charged, it says so, and the next try pays', async () => {
  const invoiceId = await owing(4_200n)
  stripe.service.faults.rules = [{ kind: 'rate-limit', match: 'POST /v1/payment_intents$', times: 2 }]
  const result = await pay(invoiceId, good)
  expect(result).toMatchObject({ ok: false, because: 'unreachable' })
  expect(await chargesFor(attemptOf(result))).toHaveLength(0)
  expect(await pay(invoiceId, good)).toMatchObject({ ok: true, state: 'succeeded' })
})

test('a bank’s check that nobody finishes frees the invoice', async () => {
  const invoiceId = await owing(8_800n)
  const result = await pay(invoiceId, { card: '4000002760003184' })
  expect(result).toMatchObject({ ok: true, state: 'requires_action', clientSecret: expect.any(String) })
  expect(await pay(invoiceId, good)).toMatchObject({ ok: false, because: 'on-its-way' })
  await later(2 * 3600)
  expect(await stateOf(attemptOf(result))).toBe('canceled')
  expect(await pay(invoiceId, good)).toMatchObject({ ok: true, state: 'succeeded' })
})

test('fault 33: refunds at once never add up to more than was paid', async () => {
  const invoiceId = await owing(10_000n)
  const attemptId = attemptOf(await pay(invoiceId, good))
  const staff = { kind: 'staff', tenantId, staffId: msp.staffId, role: 'owner' } as const
  const refund = (amountMinor: bigint) => refundPayment(staff, { attemptId, amountMinor, reason: 'Billed twice' })
  const results = await Promise.all(Array.from({ length: 6 }, () => refund(6_000n)))
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  // What does not fit is refused here, not left to Stripe.
  const asked = await withTenant(tenantId, (tx) =>
    tx.rows(sql`select 1 from refunds where tenant_id = ${tx.tenantId} and attempt_id = ${attemptId}`),
  )
  expect(asked).toHaveLength(1)
  expect(await msp.balanceOf(invoiceId)).toBe(6_000n)
  expect(await stateOf(attemptId)).toBe('part_refunded')
  expect(await refund(4_001n)).toMatchObject({ ok: false, because: 'over-captured' })
  expect(await refund(4_000n)).toMatchObject({ ok: true })
  expect(await stateOf(attemptId)).toBe('refunded')
  expect(await msp.balanceOf(invoiceId)).toBe(10_000n)
})

test('fault 36: a dispute takes the money out of reach; won it comes back, lost the invoice is open again', async () => {
  const invoiceId = await owing(64_000n)
  const attemptId = attemptOf(await pay(invoiceId, good))
  const [charge] = await chargesFor(attemptId)
  await stripe.control('POST', `dispute/${charge?.id}`, { reason: 'product_not_received' })
  const since = new Date(now().getTime() - 86_400_000)
  await reconcilePayments(tenantId, since)
  expect(await stateOf(attemptId)).toBe('disputed')
  expect(await msp.balanceOf(invoiceId)).toBe(0n)
  const [dispute] = (await stripe.stripe.disputes.list()).data.filter(({ charge: of }) => of === charge?.id)
  await stripe.stripe.disputes.update(dispute?.id ?? '', {
    evidence: { uncategorized_text: 'losing_evidence' },
    submit: true,
  })
  await stripe.clock.advanceTo(new Date(stripe.clock.now().getTime() + 3 * 86_400_000))
  follow()
  await reconcilePayments(tenantId, since)
  expect(await stateOf(attemptId)).toBe('returned')
  expect(await msp.balanceOf(invoiceId)).toBe(64_000n)
})

test('fault 31: what is paid for an invoice voided meanwhile is kept as the client’s credit', async () => {
  const invoiceId = await owing(15_000n)
  const attemptId = attemptOf(await pay(invoiceId, goodBank))
  await withTenant(tenantId, (tx) =>
    tx.run(
      sql`update invoices set state = 'void', voided_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${invoiceId}`,
    ),
  )
  await later(8 * 86_400)
  expect(await stateOf(attemptId)).toBe('succeeded')
  const credit = await withTenant(tenantId, (tx) =>
    tx.row<{ sum: bigint }>(sql`
      select sum(amount_minor)::bigint as sum from journal_lines where tenant_id = ${tx.tenantId} and attempt_id = ${attemptId} and credit = 'unapplied'`),
  )
  expect(credit?.sum).toBe(15_000n)
})

test('every charge of Stripe’s own log has its twin in the journal, and nothing else has', async () => {
  const charges = (await chargesAtStripe(stripe)).filter(({ status }) => status === 'succeeded')
  const booked = await withTenant(tenantId, (tx) =>
    tx.rows<{ attemptId: string; minor: bigint }>(sql`
      select e.cause_id as attempt_id, sum(l.amount_minor)::bigint as minor
      from journal_entries e join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
      where e.tenant_id = ${tx.tenantId} and e.cause_kind = 'payment.succeeded' group by e.cause_id`),
  )
  const twins = (pairs: { id: string; minor: bigint }[]) => pairs.map(({ id, minor }) => `${id} ${minor}`).sort()
  expect(twins(booked.map(({ attemptId, minor }) => ({ id: attemptId, minor })))).toEqual(
    twins(charges.map(({ metadata, amount }) => ({ id: metadata.attempt_id ?? '', minor: BigInt(amount) }))),
  )
})
