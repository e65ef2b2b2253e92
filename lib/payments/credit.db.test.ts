import { afterAll, expect, test } from 'vitest'
import { windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import { freeCredit, usableCredit } from '@/lib/billing/apply-credit'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import { checkInvariants } from '@/lib/reports/invariants'
import { reflectApplied } from '@/lib/settlement/reflect-credit'
import { chargesAtStripe, makeMsp, tokenFor } from '../../e2e/support/msp.ts'
import { startTestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { refundPayment } from './refund-payment'
import type { Order, PaymentResult } from './result'
import { startPayment } from './start-payment'
import { sweepPayments } from './sweep-payments'

const stripe = await startTestStripe()
process.env.STRIPE_API_URL = stripe.service.url
process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
process.env.SANDBOX_CLOCK_URL = 'http://127.0.0.1:1'
const msp = await makeMsp('credits', stripe)
const { tenantId } = msp
const system = { kind: 'system', tenantId, reason: 'test' } as const
const where = { ip: '127.0.0.1', userAgent: 'test', locale: 'en-US', origin: 'portal' } as const
const card = { card: '4242424242424242' }
afterAll(() => stripe.close())
followStripe()

function followStripe(): void {
  windClock(stripe.clock.now().getTime() - Date.now())
}

type Placed = Omit<Order, 'orderKey' | 'confirmationTokenId'> & { orderKey?: string }

async function pay(order: Placed, method: Parameters<typeof tokenFor>[1] = card): Promise<PaymentResult> {
  const confirmationTokenId = await tokenFor(stripe, method)
  return startPayment(system, { orderKey: newId(), ...order, confirmationTokenId }, where)
}

async function credited(minor: bigint): Promise<{ clientId: string; attemptId: string }> {
  const clientId = await msp.makeClient()
  const result = await pay({ invoices: [{ invoiceId: await msp.makeInvoice(clientId, 10_000n) }], keptMinor: minor })
  return { clientId, attemptId: result.attemptId ?? '' }
}

const creditOf = (clientId: string) => withTenant(tenantId, (tx) => freeCredit(tx, clientId, 'USD'))
const charged = async () => (await chargesAtStripe(stripe)).map(({ amount }) => amount)

test('what was paid beyond the invoices is kept, goes first next time, and reaches the PSA as that payment', async () => {
  const { clientId, attemptId } = await credited(12_500n)
  expect(await creditOf(clientId)).toBe(12_500n)
  const invoiceId = await msp.makeInvoice(clientId, 100_000n)
  const orderKey = newId()
  const result = await pay({ orderKey, invoices: [{ invoiceId }], creditMinor: 12_500n })
  expect(result).toMatchObject({ ok: true, state: 'succeeded' })
  expect(await charged()).toContain(87_500)
  expect(await msp.balanceOf(invoiceId)).toBe(0n)
  expect(await creditOf(clientId)).toBe(0n)
  await withTenant(tenantId, (tx) => reflectApplied(tx, orderKey))
  const rows = await withTenant(tenantId, (tx) =>
    tx.rows(sql`
      select amount_minor from write_backs where tenant_id = ${tx.tenantId} and attempt_id = ${attemptId} and invoice_id = ${invoiceId}`),
  )
  expect(rows).toEqual([{ amountMinor: 12_500n }])
})

test('two tabs at the same instant use one credit once, and the other is told before anything is charged', async () => {
  const { clientId } = await credited(5_000n)
  const invoices = [await msp.makeInvoice(clientId, 20_000n), await msp.makeInvoice(clientId, 30_000n)]
  const before = (await charged()).length
  const results = await Promise.all(
    invoices.map((invoiceId) => pay({ invoices: [{ invoiceId }], creditMinor: 5_000n })),
  )
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  expect(results.find(({ ok }) => !ok)).toMatchObject({ because: 'changed' })
  expect((await charged()).length).toBe(before + 1)
  expect(await creditOf(clientId)).toBe(0n)
})

test('two transactions that both believe the credit is free: the database lets one of them have it', async () => {
  const { clientId } = await credited(5_000n)
  const invoices = [await msp.makeInvoice(clientId, 5_000n), await msp.makeInvoice(clientId, 5_000n)]
  const apply = (invoiceId: string) =>
    withTenant(tenantId, (tx) =>
      tx.run(sql`
        insert into credit_applications (tenant_id, revision_id, client_id, order_id, currency, applied_on, created_at, invoice_id, amount_minor)
        values (${tenantId}, ${newId()}, ${clientId}, ${newId()}, 'USD', '2026-11-20', now(), ${invoiceId}, 5001)`),
    )
  for (const invoiceId of invoices) await expect(apply(invoiceId)).rejects.toThrow('is not there')
  const results = await Promise.all(
    invoices.map((invoiceId) =>
      startPayment(system, { orderKey: newId(), invoices: [{ invoiceId }], creditMinor: 5_000n }, where),
    ),
  )
  expect(results.map(({ ok }) => ok).sort()).toEqual([false, true])
})

test('credit that covers everything settles at once: nothing is charged, and a second press changes nothing', async () => {
  const { clientId } = await credited(9_000n)
  const invoiceId = await msp.makeInvoice(clientId, 4_000n)
  const before = (await charged()).length
  const order = { orderKey: newId(), invoices: [{ invoiceId }], creditMinor: 4_000n }
  const results = await Promise.all([startPayment(system, order, where), startPayment(system, order, where)])
  for (const result of results) expect(result).toMatchObject({ ok: true, state: 'covered', attemptId: order.orderKey })
  expect((await charged()).length).toBe(before)
  expect(await msp.balanceOf(invoiceId)).toBe(0n)
  expect(await creditOf(clientId)).toBe(5_000n)
})

test('a decline frees the credit; a debit on its way keeps it from everyone else', async () => {
  const { clientId } = await credited(5_000n)
  const invoiceId = await msp.makeInvoice(clientId, 20_000n)
  const other = await msp.makeInvoice(clientId, 20_000n)
  const order = { invoices: [{ invoiceId }], creditMinor: 5_000n }
  expect(await pay(order, { card: '4000000000009995' })).toMatchObject({ ok: false, because: 'declined' })
  expect(await creditOf(clientId)).toBe(5_000n)
  expect(await pay(order, { bank: '000123456789' })).toMatchObject({ ok: true, state: 'processing' })
  expect(await creditOf(clientId)).toBe(0n)
  expect(await pay({ invoices: [{ invoiceId: other }], creditMinor: 5_000n })).toMatchObject({ because: 'changed' })
  await stripe.clock.advanceTo(new Date(stripe.clock.now().getTime() + 8 * 86_400_000))
  followStripe()
  await sweepPayments(tenantId)
  expect(await msp.balanceOf(invoiceId)).toBe(0n)
  expect(await creditOf(clientId)).toBe(0n)
})

test('when the payment it came from is refunded, what the credit had paid is open again', async () => {
  const { clientId, attemptId } = await credited(5_000n)
  const invoiceId = await msp.makeInvoice(clientId, 3_000n)
  await startPayment(system, { orderKey: newId(), invoices: [{ invoiceId }], creditMinor: 3_000n }, where)
  expect(await msp.balanceOf(invoiceId)).toBe(0n)
  const staff = { kind: 'staff', tenantId, staffId: msp.staffId, role: 'owner' } as const
  await refundPayment(staff, { attemptId, amountMinor: 4_000n, reason: 'asked for' })
  expect(await msp.balanceOf(invoiceId)).toBe(2_000n)
  expect(await creditOf(clientId)).toBe(0n)
})

test('a client pays in part only where the MSP allows it, from its minimum on, with a reason the PSA hears once', async () => {
  const clientId = await msp.makeClient()
  const invoiceId = await msp.makeInvoice(clientId, 100_000n)
  const contact = { kind: 'contact', tenantId, contactId: newId(), clientId, role: 'payer' } as const
  const part = async (amountMinor: bigint, shortReason?: string) =>
    startPayment(
      contact,
      {
        orderKey: newId(),
        confirmationTokenId: await tokenFor(stripe, card),
        invoices: [{ invoiceId, amountMinor, ...(shortReason === undefined ? {} : { shortReason }) }],
      },
      where,
    )
  expect(await part(50_000n, 'Work not finished')).toMatchObject({ because: 'form' })
  const settings = { partialPayments: { minimumMinor: 0, minimumBasisPoints: 2_500 } }
  await withTenant(tenantId, (tx) =>
    tx.run(sql`update tenants set settings = ${json(settings)} where id = ${tx.tenantId}`),
  )
  expect(await part(24_999n, 'Work not finished')).toMatchObject({ because: 'form' })
  expect(await part(50_000n)).toMatchObject({ because: 'form' })
  expect(await part(100_001n, 'More than owed')).toMatchObject({ because: 'changed' })
  expect(await part(50_000n, 'Work not finished')).toMatchObject({ ok: true, state: 'succeeded' })
  expect(await msp.balanceOf(invoiceId)).toBe(50_000n)
  const notes = await withTenant(tenantId, (tx) =>
    tx.rows<{ payload: { text: string } }>(sql`
      select payload from events where tenant_id = ${tx.tenantId} and kind = 'note.due' and payload->>'invoiceId' = ${invoiceId}`),
  )
  expect(notes.map(({ payload }) => payload.text)).toEqual([
    expect.stringMatching(/\$500\.00 of \$1,000\.00 stays open\. The client says: Work not finished$/),
  ])
})

test('a credit memo of the PSA pays at the checkout only where the MSP wants that', async () => {
  const { clientId } = await credited(1_500n)
  const memoId = newId()
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      insert into invoices (tenant_id, id, client_id, kind, number, state, psa_type, psa_status, issued_on, due_on, currency, tax_minor, total_minor, psa_balance_minor, version, source_hash)
      values (${tenantId}, ${memoId}, ${clientId}, 'credit_memo', 'CM1', 'open', 'CreditMemo', 'Sent', '2026-11-02', '2026-11-02', 'USD', 0, 4000, 4000, 1, '')`)
    const movement = { debit: 'billed', credit: 'unapplied', amount: money(4_000n, 'USD') } as const
    await record(tx, [
      {
        ...{ cause: { kind: 'invoice.mirrored', id: memoId }, happenedAt: new Date(), bookedOn: '2026-11-02' },
        movements: [{ ...movement, clientId, invoiceId: memoId }],
      },
    ])
  })
  const usable = (useCreditMemos: boolean) =>
    withTenant(tenantId, (tx) => usableCredit(tx, clientId, 'USD', { useCreditMemos }))
  expect([await usable(false), await usable(true)]).toEqual([1_500n, 5_500n])
})

test('the books agree with themselves after all of it', async () => {
  expect(await checkInvariants(tenantId)).toEqual([])
})
