import { expect, test } from 'vitest'
import { addDays } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { freeCredit } from '@/lib/billing/apply-credit'
import { tellScheduled, tellScheduledEnded } from '@/lib/collections/tell-scheduled'
import { tokenFor } from '../../e2e/support/msp.ts'
import { type Contact, startPayStage, versionOf } from '../../e2e/support/pay-stage.ts'
import { listMethods } from './list-methods'
import { getScheduled, listScheduled } from './list-scheduled'
import { runScheduled } from './run-scheduled'
import { saveMethod } from './save-method'
import { schedulePayment } from './schedule-payment'
import { scheduleWithTyped } from './schedule-with-typed'
import { startPayment } from './start-payment'

const { stripe, msp, tenantId, today, wind, payerOf, chargesOf, invoiceDue } = await startPayStage()
const where = { ip: '203.0.113.7', userAgent: 'Firefox', locale: 'en-US', origin: 'portal' } as const
const system = { kind: 'system', tenantId, reason: 'test' } as const

type Payer = { who: Contact; clientId: string; methodId: string }

/** Somebody with a saved card, and so much credit kept from an earlier payment. */
async function payer(creditMinor: bigint): Promise<Payer> {
  const clientId = await msp.makeClient()
  const who = await payerOf(clientId)
  const confirmationTokenId = await tokenFor(stripe, { card: '4242424242424242' })
  const agreed = { shownOn: today(), save: { type: 'card', version: versionOf('card_saved') } }
  await saveMethod(who, { setupId: newId(), confirmationTokenId, agreed }, where)
  const methodId = (await listMethods(who, clientId))[0]?.id ?? ''
  const one = { who, clientId, methodId }
  if (creditMinor > 0n) await keepMore(one, creditMinor)
  return one
}

/** Something small is paid with more than it owes; the rest is kept. */
async function keepMore({ clientId, methodId }: Payer, keptMinor: bigint): Promise<void> {
  const invoices = [{ invoiceId: await msp.makeInvoice(clientId, 1_000n) }]
  const paid = await startPayment(system, { orderKey: newId(), invoices, methodId, keptMinor }, where)
  expect(paid).toMatchObject({ ok: true })
}

async function set({ who, methodId }: Payer, invoiceId: string, amountMinor: bigint, creditMinor: bigint, inDays = 3) {
  const [scheduleId, runOn] = [newId(), addDays(today(), inDays)]
  const order = { scheduleId, methodId, runOn, invoices: [{ invoiceId, amountMinor }], creditMinor }
  return { scheduleId, answer: await schedulePayment(who, order, 'en-US') }
}

/** The client itself pays another invoice, with so much of its credit. */
async function spend({ who, clientId }: Payer, creditMinor: bigint) {
  const invoices = [{ invoiceId: await msp.makeInvoice(clientId, creditMinor) }]
  expect(await startPayment(who, { orderKey: newId(), invoices, creditMinor }, where)).toMatchObject({ ok: true })
}

const creditOf = (clientId: string) => withTenant(tenantId, (tx) => freeCredit(tx, clientId, 'USD'))
const mailsOf = (clientId: string) =>
  withTenant(tenantId, (tx) =>
    tx.rows<{ kind: string; subject: string; body: string }>(sql`
      select kind, subject, text as body from messages where tenant_id = ${tx.tenantId} and client_id = ${clientId} order by id`),
  )

test('credit that was shown is used on the day, and the method is charged the rest, once', async () => {
  const one = await payer(5_000n)
  const invoiceId = await invoiceDue(one.clientId, 20_000n, 14)
  const { scheduleId, answer } = await set(one, invoiceId, 20_000n, 5_000n)
  expect(answer).toMatchObject({ ok: true })
  expect(await listScheduled(one.who, one.clientId)).toMatchObject([
    { id: scheduleId, amount: { minor: 15_000n }, credit: { minor: 5_000n } },
  ])
  await withTenant(tenantId, (tx) => tellScheduled(tx, scheduleId, addDays(today(), 3), 'first'))
  const [mail] = (await mailsOf(one.clientId)).slice(-1)
  expect(mail?.subject).toContain('$150.00')
  expect(mail?.body).toContain('Your credit: −$50.00')
  expect(await creditOf(one.clientId)).toBe(5_000n)
  await wind({ days: 3 })
  await Promise.all([runScheduled(tenantId), runScheduled(tenantId)])
  expect(await chargesOf(invoiceId)).toEqual([15_000])
  expect([await msp.balanceOf(invoiceId), await creditOf(one.clientId)]).toEqual([0n, 0n])
})

test('credit that came after it was set lowers what is charged, down to nothing', async () => {
  const one = await payer(0n)
  const [part, whole] = [await invoiceDue(one.clientId, 9_000n, 14), await invoiceDue(one.clientId, 2_000n, 14)]
  await set(one, part, 9_000n, 0n)
  const { scheduleId } = await set(one, whole, 2_000n, 0n)
  await keepMore(one, 6_000n)
  expect((await listScheduled(one.who, one.clientId)).map(({ amount }) => amount.minor)).toEqual([3_000n, 2_000n])
  await keepMore(one, 4_000n)
  await wind({ days: 3 })
  await runScheduled(tenantId)
  expect([await chargesOf(part), await chargesOf(whole)]).toEqual([[], [1_000]])
  expect(await getScheduled(one.who, scheduleId)).toMatchObject({ state: 'started' })
  expect([await msp.balanceOf(part), await msp.balanceOf(whole), await creditOf(one.clientId)]).toEqual([0n, 0n, 0n])
})

test('credit used elsewhere meanwhile: no more is charged than was agreed to, so nothing is, and a mail says why', async () => {
  const one = await payer(5_000n)
  const invoiceId = await invoiceDue(one.clientId, 20_000n, 14)
  const { scheduleId } = await set(one, invoiceId, 20_000n, 5_000n)
  await spend(one, 3_000n)
  await wind({ days: 3 })
  await Promise.all([runScheduled(tenantId), runScheduled(tenantId)])
  expect(await chargesOf(invoiceId)).toEqual([])
  expect([await msp.balanceOf(invoiceId), await creditOf(one.clientId)]).toEqual([20_000n, 2_000n])
  expect(await getScheduled(one.who, scheduleId)).toMatchObject({ state: 'failed', endedReason: 'credit_gone' })
  await withTenant(tenantId, (tx) => tellScheduledEnded(tx, scheduleId))
  const [mail] = (await mailsOf(one.clientId)).slice(-1)
  expect(mail).toMatchObject({ kind: 'payment_failed', subject: expect.stringMatching(/^Not paid/) })
  expect(mail?.body).toContain('The credit that was to pay a part of it was used elsewhere')
})

test('no two dates count on the same credit; credit that is not there, or that covers everything, is refused', async () => {
  const one = await payer(5_000n)
  const [first, second] = [await invoiceDue(one.clientId, 8_000n, 14), await invoiceDue(one.clientId, 8_000n, 14)]
  expect((await set(one, first, 8_000n, 8_000n)).answer).toMatchObject({ ok: false, because: 'changed' })
  expect((await set(one, first, 8_000n, 5_001n)).answer).toMatchObject({ ok: false, because: 'changed' })
  const both = await Promise.all([set(one, first, 8_000n, 4_000n), set(one, second, 8_000n, 4_000n)])
  expect(both.map(({ answer }) => answer.ok).toSorted()).toEqual([false, true])
  expect((await listScheduled(one.who, one.clientId)).map(({ amount }) => amount.minor)).toEqual([3_000n])
})

test('typed and saved by the same press, it counts on the credit as well', async () => {
  const one = await payer(5_000n)
  const invoiceId = await invoiceDue(one.clientId, 20_000n, 14)
  const setupId = newId()
  const schedule = {
    runOn: addDays(today(), 3),
    receiptEmail: 'ap@kestrel.example',
    invoices: [{ invoiceId, amountMinor: 20_000n }],
    creditMinor: 5_000n,
  }
  const agreed = { shownOn: today(), save: { type: 'card', version: versionOf('card_saved') } }
  const confirmationTokenId = await tokenFor(stripe, { card: '5555555555554444' })
  expect(await scheduleWithTyped(one.who, { setupId, confirmationTokenId, agreed, schedule }, where)).toMatchObject({
    ok: true,
    state: 'set',
  })
  await wind({ days: 3 })
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([15_000])
  expect([await msp.balanceOf(invoiceId), await creditOf(one.clientId)]).toEqual([0n, 0n])
})
