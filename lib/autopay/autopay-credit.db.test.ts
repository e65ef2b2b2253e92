import { expect, test } from 'vitest'
import { addDays } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import { freeCredit } from '@/lib/billing/apply-credit'
import { tellPaid } from '@/lib/collections/tell-payment'
import { tellScheduled, tellScheduledEnded } from '@/lib/collections/tell-scheduled'
import { record } from '@/lib/ledger/record'
import { sendInvoice } from '@/lib/mail/send-invoice'
import { money } from '@/lib/money/money'
import { listMethods } from '@/lib/payments/list-methods'
import { getScheduled, listScheduled } from '@/lib/payments/list-scheduled'
import { runScheduled } from '@/lib/payments/run-scheduled'
import { saveMethod } from '@/lib/payments/save-method'
import { startPayment } from '@/lib/payments/start-payment'
import { sweepPayments } from '@/lib/payments/sweep-payments'
import { tokenFor } from '../../e2e/support/msp.ts'
import { type Contact, startPayStage, versionOf } from '../../e2e/support/pay-stage.ts'
import { planAutopay } from './plan-autopay'
import { readAutopay } from './read-autopay'
import { startAutopay } from './start-autopay'

const { stripe, msp, tenantId, today, wind, payerOf, chargesOf, invoiceDue } = await startPayStage()
const where = { ip: '203.0.113.7', userAgent: 'Firefox', locale: 'en-US', origin: 'portal' } as const
const system = { kind: 'system', tenantId, reason: 'test' } as const
const faultPoint = Symbol.for('closeloop.fault-point')

type Payer = { who: Contact; clientId: string; methodId: string }

/** Somebody whose invoices are charged by themselves, with so much credit kept from an earlier payment. */
async function automatic(creditMinor: bigint, capMinor?: bigint): Promise<Payer> {
  const clientId = await msp.makeClient()
  const who = await payerOf(clientId)
  const confirmationTokenId = await tokenFor(stripe, { card: '4242424242424242' })
  const save = { shownOn: today(), save: { type: 'card', version: versionOf('card_saved') } }
  await saveMethod(who, { setupId: newId(), confirmationTokenId, agreed: save }, where)
  const methodId = (await listMethods(who, clientId))[0]?.id ?? ''
  const invoices = [{ invoiceId: await msp.makeInvoice(clientId, 1_000n) }]
  const kept = creditMinor > 0n ? { keptMinor: creditMinor } : {}
  expect(await startPayment(system, { orderKey: newId(), invoices, methodId, ...kept }, where)).toMatchObject({
    ok: true,
  })
  const cap = capMinor === undefined ? {} : { capMinor }
  const agreed = { methodId, shownOn: today(), version: versionOf('autopay_card'), ...cap }
  expect(await startAutopay(who, agreed, where)).toEqual({ ok: true })
  return { who, clientId, methodId }
}

const owing = (clientId: string, minor: bigint, inDays = 3) => invoiceDue(clientId, minor, inDays)

const creditOf = (clientId: string) => withTenant(tenantId, (tx) => freeCredit(tx, clientId, 'USD'))
const setFor = (one: Payer) => listScheduled(one.who, one.clientId)
const lastMail = async (clientId: string) =>
  (
    await withTenant(tenantId, (tx) =>
      tx.rows<{ kind: string; subject: string; body: string }>(sql`
        select kind, subject, text as body from messages where tenant_id = ${tx.tenantId} and client_id = ${clientId} order by id`),
    )
  ).at(-1)

/** What stands announced, with its mail. */
async function announced(one: Payer) {
  const set = await setFor(one)
  const last = set.at(-1)
  await withTenant(tenantId, (tx) => tellScheduled(tx, last?.id ?? '', last?.runOn ?? '', last?.id ?? ''))
  return { set, mail: await lastMail(one.clientId) }
}

/** The client itself pays another invoice, with so much of its credit. */
async function spend(one: Payer, creditMinor: bigint) {
  const invoices = [{ invoiceId: await msp.makeInvoice(one.clientId, creditMinor) }]
  return startPayment(one.who, { orderKey: newId(), invoices, creditMinor }, where)
}

test('credit goes first: notice, portal, invoice mail and receipt say how much, and only the rest is charged', async () => {
  const one = await automatic(4_000n)
  const invoiceId = await owing(one.clientId, 20_000n, 5)
  expect((await readAutopay(one.who, one.clientId))?.next).toMatchObject([
    { do: 'charge', amount: { minor: 16_000n }, credit: { minor: 4_000n } },
  ])
  await sendInvoice(system, invoiceId)
  expect((await lastMail(one.clientId))?.body).toContain('$40.00 with your credit, $160.00 with Visa credit, 4242.')
  await wind({ days: 2 })
  await Promise.all([planAutopay(tenantId), planAutopay(tenantId)])
  const { set, mail } = await announced(one)
  expect(set).toMatchObject([{ amount: { minor: 16_000n }, credit: { minor: 4_000n }, runOn: addDays(today(), 3) }])
  expect(mail?.subject).toContain('$160.00')
  expect(mail?.body).toContain('$40.00 with your credit')
  expect(mail?.body).toContain('Your credit: −$40.00')
  expect(mail?.body).not.toContain('replaces the earlier one')
  await wind({ days: 3 })
  await Promise.all([runScheduled(tenantId), planAutopay(tenantId), runScheduled(tenantId)])
  expect(await chargesOf(invoiceId)).toEqual([16_000])
  expect(await msp.balanceOf(invoiceId)).toBe(0n)
  expect(await creditOf(one.clientId)).toBe(0n)
  const done = await getScheduled(one.who, set[0]?.id ?? '')
  await withTenant(tenantId, (tx) => tellPaid(tx, done.attemptId ?? ''))
  expect((await lastMail(one.clientId))?.body).toContain('Your credit: −$40.00')
})

test('credit that covers everything: nothing is charged, and the client is told before and after', async () => {
  const one = await automatic(9_000n)
  const invoiceId = await owing(one.clientId, 4_000n)
  await planAutopay(tenantId)
  const { set, mail } = await announced(one)
  expect(set).toMatchObject([{ amount: { minor: 0n }, credit: { minor: 4_000n } }])
  expect(mail?.subject).toMatch(/your credit pays invoice/)
  expect(mail?.body).toContain('Nothing is charged')
  await runScheduled(tenantId)
  expect(await msp.balanceOf(invoiceId)).toBe(4_000n)
  await wind({ days: 3 })
  await Promise.all([runScheduled(tenantId), runScheduled(tenantId)])
  await planAutopay(tenantId)
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([])
  expect(await msp.balanceOf(invoiceId)).toBe(0n)
  expect(await creditOf(one.clientId)).toBe(5_000n)
  const id = set[0]?.id ?? ''
  expect(await getScheduled(one.who, id)).toMatchObject({ state: 'not_needed', endedReason: 'credit' })
  await withTenant(tenantId, (tx) => tellScheduledEnded(tx, id))
  expect(await lastMail(one.clientId)).toMatchObject({
    kind: 'payment_received',
    subject: expect.stringContaining('paid with your credit'),
    body: expect.stringMatching(/\$40\.00\nof your credit/),
  })
})

test('one credit pays the oldest first, and each of it once', async () => {
  const one = await automatic(7_000n)
  const [later, sooner] = [await owing(one.clientId, 5_000n, 3), await owing(one.clientId, 6_000n, 2)]
  await planAutopay(tenantId)
  const set = await setFor(one)
  const sums = set.map(({ parts, amount, credit }) => [parts[0]?.invoiceId, credit.minor, amount.minor])
  expect(sums).toEqual([
    [sooner, 6_000n, 0n],
    [later, 1_000n, 4_000n],
  ])
  await wind({ days: 3 })
  await runScheduled(tenantId)
  expect([await chargesOf(sooner), await chargesOf(later)]).toEqual([[], [4_000]])
  expect(await creditOf(one.clientId)).toBe(0n)
})

test('credit used elsewhere after the notice: nothing more is charged than was announced until it is announced anew', async () => {
  const one = await automatic(4_000n)
  const invoiceId = await owing(one.clientId, 20_000n)
  await planAutopay(tenantId)
  const before = await announced(one)
  expect(await spend(one, 3_000n)).toMatchObject({ ok: true, state: 'covered' })
  await wind({ days: 3 })
  // Its day has come before anybody looked: the charge of what was announced is not made in another sum.
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([])
  expect(await getScheduled(one.who, before.set[0]?.id ?? '')).toMatchObject({
    ...{ state: 'canceled', endedReason: 'credit_gone' },
  })
  await planAutopay(tenantId)
  await planAutopay(tenantId)
  const after = await announced(one)
  expect(after.set).toMatchObject([
    { amount: { minor: 19_000n }, credit: { minor: 1_000n }, runOn: addDays(today(), 3) },
  ])
  expect(after.mail?.subject).toContain('$190.00')
  expect(after.mail?.body).toContain('This notice replaces the earlier one.')
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([])
  await wind({ days: 3 })
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([19_000])
  expect(await creditOf(one.clientId)).toBe(0n)
})

test('seen in time it is announced anew at once, and the day is kept where the notice still fits', async () => {
  const one = await automatic(4_000n)
  const invoiceId = await owing(one.clientId, 20_000n, 3)
  await planAutopay(tenantId)
  expect(await spend(one, 4_000n)).toMatchObject({ ok: true, state: 'covered' })
  await Promise.all([planAutopay(tenantId), planAutopay(tenantId)])
  const { set } = await announced(one)
  expect(set).toMatchObject([{ amount: { minor: 20_000n }, credit: { minor: 0n }, runOn: addDays(today(), 3) }])
  await wind({ days: 3 })
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([20_000])
})

test('credit that comes after the notice lowers the charge; credit taken back by a returned payment does not raise it', async () => {
  const one = await automatic(0n)
  const invoiceId = await owing(one.clientId, 20_000n)
  await planAutopay(tenantId)
  const invoices = [{ invoiceId: await msp.makeInvoice(one.clientId, 1_000n) }]
  const order = { orderKey: newId(), invoices, methodId: one.methodId, keptMinor: 5_000n }
  expect(await startPayment(system, order, where)).toMatchObject({ ok: true })
  expect(await setFor(one)).toMatchObject([{ amount: { minor: 15_000n }, credit: { minor: 5_000n } }])
  // Used up again, it is as it was announced, and no second notice goes out.
  expect(await spend(one, 5_000n)).toMatchObject({ ok: true })
  await planAutopay(tenantId)
  const { set, mail } = await announced(one)
  expect(set).toMatchObject([{ amount: { minor: 20_000n } }])
  expect(mail?.body).not.toContain('replaces the earlier one')
  await wind({ days: 3 })
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([20_000])
})

test('the checkout and the day of the charge in the same instant: one of them has the credit, and no dollar is spent twice', async () => {
  for (let round = 0; round < 4; round++) {
    const one = await automatic(4_000n)
    const invoiceId = await owing(one.clientId, 20_000n)
    await planAutopay(tenantId)
    await wind({ days: 3 })
    const [, spent] = await Promise.all([runScheduled(tenantId), spend(one, 4_000n), planAutopay(tenantId)])
    const charged = await chargesOf(invoiceId)
    if (spent.ok) {
      expect(charged).toEqual([])
      await planAutopay(tenantId)
      expect(await setFor(one)).toMatchObject([{ amount: { minor: 20_000n }, runOn: addDays(today(), 3) }])
    } else {
      expect(spent).toMatchObject({ because: 'changed' })
      expect(charged).toEqual([16_000])
    }
    expect(await creditOf(one.clientId)).toBe(0n)
  }
})

test('a worker that dies as credit is applied, or as the rest is charged, leaves it whole: the next run uses it once', async () => {
  const shared = globalThis as { [faultPoint]?: (name: string) => void }
  for (const [owed, point] of [
    [4_000n, 'credit.applied'],
    [20_000n, 'schedule.opened'],
    [20_000n, 'schedule.started'],
  ] as const) {
    const one = await automatic(5_000n)
    const invoiceId = await owing(one.clientId, owed)
    await planAutopay(tenantId)
    await wind({ days: 3 })
    shared[faultPoint] = (name) => {
      if (name === point) throw new Error(`died at ${name}`)
    }
    await runScheduled(tenantId)
    delete shared[faultPoint]
    for (const _ of [1, 2]) {
      await wind({ days: 1 })
      await sweepPayments(tenantId)
      await runScheduled(tenantId)
      await planAutopay(tenantId)
      await runScheduled(tenantId)
    }
    expect(await chargesOf(invoiceId), point).toEqual(owed > 5_000n ? [Number(owed - 5_000n)] : [])
    expect(await msp.balanceOf(invoiceId), point).toBe(0n)
    expect(await creditOf(one.clientId), point).toBe(owed > 5_000n ? 0n : 1_000n)
  }
})

test('a credit memo pays by itself where the MSP lets memos pay; where it applies them itself, a person is told', async () => {
  const one = await automatic(0n)
  const invoiceId = await owing(one.clientId, 20_000n)
  const memoId = newId()
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      insert into invoices (tenant_id, id, client_id, kind, number, state, psa_type, psa_status, issued_on, due_on, currency, tax_minor, total_minor, psa_balance_minor, version, source_hash)
      values (${tenantId}, ${memoId}, ${one.clientId}, 'credit_memo', 'CM1', 'open', 'CreditMemo', 'Sent', ${today()}, ${today()}, 'USD', 0, 2500, 2500, 1, '')`)
    const movement = { debit: 'billed', credit: 'unapplied', amount: money(2_500n, 'USD') } as const
    const movements = [{ ...movement, clientId: one.clientId, invoiceId: memoId }]
    await record(tx, [
      { cause: { kind: 'invoice.mirrored', id: memoId }, happenedAt: new Date(), bookedOn: today(), movements },
    ])
  })
  const told = () =>
    withTenant(tenantId, (tx) =>
      tx.rows<{ detail: string }>(sql`
        select detail from exceptions where tenant_id = ${tx.tenantId} and cause = 'autopay-stopped' and subject_id = ${invoiceId} and closed_at is null`),
    )
  await planAutopay(tenantId)
  expect([await setFor(one), await told()]).toEqual([[], [{ detail: expect.stringContaining('credit in the PSA') }]])
  expect((await readAutopay(one.who, one.clientId))?.next).toMatchObject([{ do: 'ask', because: 'credit' }])
  await withTenant(tenantId, (tx) =>
    tx.run(sql`update tenants set settings = ${json({ useCreditMemos: true })} where id = ${tx.tenantId}`),
  )
  await planAutopay(tenantId)
  expect(await told()).toEqual([])
  expect(await setFor(one)).toMatchObject([{ amount: { minor: 17_500n }, credit: { minor: 2_500n } }])
})

test('the database refuses another sum than was announced, and a limit that credit is to get round', async () => {
  const one = await automatic(4_000n, 20_000n)
  await owing(one.clientId, 20_000n)
  await planAutopay(tenantId)
  const id = (await setFor(one))[0]?.id ?? ''
  const above = (credit: bigint) =>
    withTenant(tenantId, (tx) =>
      tx.run(sql`
        insert into scheduled_payments (tenant_id, id, client_id, method_id, state, origin, autopay_id, run_on, amount_minor, credit_minor, currency, locale, created_by, created_at, state_at)
        select tenant_id, ${newId()}, client_id, method_id, 'scheduled', origin, autopay_id, run_on, 16000, ${credit}, currency, locale, created_by, created_at, state_at
        from scheduled_payments where tenant_id = ${tx.tenantId} and id = ${id}`),
    )
  await expect(above(4_001n)).rejects.toThrow(/not covered/)
  const change = (what: ReturnType<typeof sql>) =>
    withTenant(tenantId, (tx) =>
      tx.run(sql`update scheduled_payments set ${what} where tenant_id = ${tx.tenantId} and id = ${id}`),
    )
  await expect(change(sql`credit_minor = 0`)).rejects.toThrow(/never changed/)
  await expect(change(sql`amount_minor = 20000`)).rejects.toThrow(/never changed/)
})
