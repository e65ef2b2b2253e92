import { expect, test } from 'vitest'
import { addDays } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { tellPadSaved } from '@/lib/collections/tell-pad-saved'
import { tellOnItsWay } from '@/lib/collections/tell-payment'
import { agreeToPad } from '../../e2e/support/msp.ts'
import { type Contact, startPayStage, versionOf } from '../../e2e/support/pay-stage.ts'
import { removeMethod } from './change-method'
import { listMethods, listSetups } from './list-methods'
import { reconcilePayments } from './reconcile-payments'
import { refreshAttempt } from './refresh-attempt'
import { refreshSetup } from './refresh-setup'
import type { Order, PaymentResult } from './result'
import { runScheduled } from './run-scheduled'
import { type SaveWish, saveMethod } from './save-method'
import { schedulePayment } from './schedule-payment'
import { startPayment } from './start-payment'
import { sweepPayments } from './sweep-payments'
import { sweepSetups } from './sweep-setups'

const { stripe, msp, tenantId, today, wind, payerOf } = await startPayStage()
const where = { ip: '203.0.113.7', userAgent: 'Firefox', locale: 'fr-CA', origin: 'portal' } as const
await withTenant(tenantId, (tx) =>
  tx.run(
    sql`update tenants set settings = settings || ${JSON.stringify({ acceptPads: true })}::jsonb where id = ${tx.tenantId}`,
  ),
)

async function windAndSweep(days: number): Promise<void> {
  await wind({ days })
  await sweepPayments(tenantId)
}

async function payer(): Promise<Contact> {
  const clientId = await msp.makeClient('Ateliers Beaupré inc.', 'CAD')
  return payerOf(clientId)
}

const save = () => ({ version: versionOf('pad_saved'), type: 'acss_debit' })
const agreed = () => ({ shownOn: today(), once: versionOf('pad_once'), save: save() })

function orderFor(invoiceId: string, changed: Partial<Order> = {}): Order {
  const receiptEmail = 'comptes@beaupre.example'
  const debit = 'acss_debit' as const
  return { orderKey: newId(), invoices: [{ invoiceId }], debit, receiptEmail, agreed: agreed(), ...changed }
}

function waiting(result: PaymentResult): { attemptId: string; secret: string } {
  if (!result.ok || result.clientSecret === undefined) throw new Error(`nothing waits: ${JSON.stringify(result)}`)
  return { attemptId: result.attemptId, secret: result.clientSecret }
}

/** What of a client's is agreed to, in force or not. */
const mandatesOf = (clientId: string) =>
  withTenant(tenantId, (tx) =>
    tx.rows<{ kind: string; text: string; mandateId: string | null; revokedAt: Date | null }>(sql`
      select kind, text, mandate_id, revoked_at from mandates
      where tenant_id = ${tx.tenantId} and client_id = ${clientId} order by kind`),
  )

const mailsTo = (clientId: string) =>
  withTenant(tenantId, (tx) =>
    tx.rows<{ kind: string; to: string; subject: string; body: string }>(sql`
      select kind, to_email as to, subject, text as body from messages
      where tenant_id = ${tx.tenantId} and client_id = ${clientId} order by id`),
  )

const plain = (text: string) => text.replaceAll(/\s+/g, ' ')

/** Somebody whose account is kept, by a setup of its own. */
async function kept(number?: string): Promise<{ who: Contact; methodId: string; setupId: string }> {
  const who = await payer()
  const setupId = newId()
  const asked = await saveMethod(who, wishOf(setupId), where)
  if (!asked.ok || asked.clientSecret === undefined) throw new Error(`nothing waits: ${JSON.stringify(asked)}`)
  await agreeToPad(stripe, asked.clientSecret, number)
  expect(await refreshSetup(who, setupId, 'fr-CA')).toEqual({ ok: true, setupId, state: 'saved' })
  const [method] = await listMethods(who, who.clientId)
  return { who, methodId: method?.id ?? '', setupId }
}

const wishOf = (setupId: string): SaveWish => ({
  ...{ setupId, debit: 'acss_debit' },
  agreed: { shownOn: today(), save: save() },
})

/** Pays with what is kept: nothing is typed, and no window opens. */
async function payWith(who: Contact, methodId: string, minor: bigint) {
  const invoiceId = await msp.makeInvoice(who.clientId, minor)
  const order = { orderKey: newId(), invoices: [{ invoiceId }], methodId, receiptEmail: 'comptes@beaupre.example' }
  return { invoiceId, attemptId: order.orderKey, result: await startPayment(who, order, where) }
}

test('paying and saving are two agreements and one debit; the next is paid with what was saved, under the same mandate', async () => {
  const who = await payer()
  const first = await msp.makeInvoice(who.clientId, 128_450n)
  const { attemptId, secret } = waiting(await startPayment(who, orderFor(first), where))
  expect(await listMethods(who, who.clientId)).toEqual([])
  await agreeToPad(stripe, secret)
  expect((await refreshAttempt(who, attemptId)).state).toBe('processing')
  const [method, ...others] = await listMethods(who, who.clientId)
  expect([method, others]).toMatchObject([
    { type: 'acss_debit', label: 'STRIPE TEST BANK, 6789', last4: '6789', accountKind: 'business', isDefault: true },
    [],
  ])
  const given = await mandatesOf(who.clientId)
  expect(given).toMatchObject([{ kind: 'pad_once' }, { kind: 'pad_saved', mandateId: expect.any(String) }])
  expect(await stripe.stripe.mandates.retrieve(given[1]?.mandateId ?? '')).toMatchObject({
    ...{ status: 'active', type: 'multi_use' },
    payment_method_details: { acss_debit: { payment_schedule: 'combined', transaction_type: 'business' } },
  })
  await withTenant(tenantId, (tx) => tellOnItsWay(tx, attemptId))
  const [mail] = await mailsTo(who.clientId)
  for (const { text } of given) expect(plain(mail?.body ?? '')).toContain(plain(text))

  const again = await payWith(who, method?.id ?? '', 64_000n)
  expect(again.result).toMatchObject({ ok: true, state: 'processing' })
  const { data } = await stripe.stripe.paymentIntents.list({ limit: 100, expand: ['data.latest_charge'] })
  const intent = data.find(({ metadata }) => metadata.attempt_id === again.attemptId)
  expect(intent).toMatchObject({
    ...{ status: 'processing', amount: 64_000, currency: 'cad' },
    latest_charge: { payment_method_details: { acss_debit: { mandate: given[1]?.mandateId } } },
  })
  await windAndSweep(8)
  expect(await msp.balanceOf(first)).toBe(0n)
  expect(await msp.balanceOf(again.invoiceId)).toBe(0n)
})

test('what is only paid with is not kept', async () => {
  const who = await payer()
  const { save: _, ...only } = agreed()
  const order = orderFor(await msp.makeInvoice(who.clientId, 5_000n), { agreed: only })
  const { attemptId, secret } = waiting(await startPayment(who, order, where))
  await agreeToPad(stripe, secret)
  await refreshAttempt(who, attemptId)
  expect(await listMethods(who, who.clientId)).toEqual([])
  expect(await mandatesOf(who.clientId)).toMatchObject([{ kind: 'pad_once' }])
})

test('an account is kept by itself, and its agreement confirmed in writing; a window that was closed is opened again', async () => {
  const who = await payer()
  const setupId = newId()
  const first = await saveMethod(who, wishOf(setupId), where)
  expect(first).toMatchObject({ ok: true, state: 'agreement', clientSecret: expect.stringMatching(/^seti_/) })
  // Closed: nothing is kept, nothing waits for deposits, and the same press leads to the same setup.
  expect(await refreshSetup(who, setupId, 'fr-CA')).toMatchObject({ ok: true, state: 'agreement' })
  expect([await listMethods(who, who.clientId), await listSetups(who)]).toEqual([[], []])
  expect(await saveMethod(who, wishOf(setupId), where)).toEqual(first)
  await agreeToPad(stripe, first.ok ? (first.clientSecret ?? '') : '')
  const presses = await Promise.all([
    refreshSetup(who, setupId, 'fr-CA'),
    saveMethod(who, wishOf(setupId), where),
    sweepSetups(tenantId),
  ])
  expect(presses[0]).toMatchObject({ ok: true, state: 'saved' })
  expect(await listMethods(who, who.clientId)).toMatchObject([{ type: 'acss_debit', label: 'STRIPE TEST BANK, 6789' }])
  const given = await mandatesOf(who.clientId)
  expect(given).toMatchObject([{ kind: 'pad_saved' }])
  expect(given[0]?.text).toContain('droits de recours')
  await withTenant(tenantId, (tx) => tellPadSaved(tx, setupId))
  const mails = await mailsTo(who.clientId)
  expect(mails).toMatchObject([{ kind: 'pad_saved', subject: 'Votre accord de DPA avec Larkfield IT' }])
  expect(plain(mails[0]?.body ?? '')).toContain(plain(given[0]?.text ?? ''))
})

test('it is announced once that an agreement has to be confirmed, and not where a payment’s mail does', async () => {
  const announced = (clientId: string) =>
    withTenant(tenantId, (tx) =>
      tx.rows(sql`
        select 1 from events e join setups u on u.tenant_id = e.tenant_id and u.id::text = e.payload ->> 'setupId'
        where e.tenant_id = ${tx.tenantId} and e.kind = 'pad.saved' and u.client_id = ${clientId}`),
    )
  const { who, setupId } = await kept()
  await refreshSetup(who, setupId, 'fr-CA')
  expect(await announced(who.clientId)).toHaveLength(1)
  const other = await payer()
  const paid = waiting(await startPayment(other, orderFor(await msp.makeInvoice(other.clientId, 5_000n)), where))
  await agreeToPad(stripe, paid.secret)
  await refreshAttempt(other, paid.attemptId)
  expect(await listMethods(other, other.clientId)).toHaveLength(1)
  expect(await announced(other.clientId)).toEqual([])
})

test('an agreement that nobody accepts for a day is given up; typed numbers wait for their deposits', async () => {
  const [left, typed] = [await payer(), await payer()]
  const [leftId, typedId] = [newId(), newId()]
  await saveMethod(left, wishOf(leftId), where)
  const asked = await saveMethod(typed, wishOf(typedId), where)
  await agreeToPad(stripe, asked.ok ? (asked.clientSecret ?? '') : '', '000123456789', true)
  expect(await refreshSetup(typed, typedId, 'fr-CA')).toMatchObject({ state: 'deposits' })
  expect(await listSetups(typed)).toMatchObject([{ id: typedId, label: 'STRIPE TEST BANK, 6789' }])
  await windAndSweep(1.5)
  await sweepSetups(tenantId)
  const states = await withTenant(tenantId, (tx) =>
    tx.rows<{ id: string; state: string; failureReason: string | null }>(sql`
      select id, state, failure_reason from setups where tenant_id = ${tx.tenantId} and id = any(${[leftId, typedId]}::uuid[]) order by state`),
  )
  expect(states).toEqual([
    { id: leftId, state: 'failed', failureReason: 'abandoned' },
    { id: typedId, state: 'requires_action', failureReason: null },
  ])
})

test('a payment is set for a date with it, and debited on that day', async () => {
  const { who, methodId } = await kept()
  const invoiceId = await msp.makeInvoice(who.clientId, 90_000n)
  await withTenant(tenantId, (tx) =>
    tx.run(
      sql`update invoices set due_on = ${addDays(today(), 5)} where tenant_id = ${tx.tenantId} and id = ${invoiceId}`,
    ),
  )
  const wish = { scheduleId: newId(), methodId, runOn: addDays(today(), 3), receiptEmail: 'comptes@beaupre.example' }
  expect(
    await schedulePayment(who, { ...wish, invoices: [{ invoiceId, amountMinor: 90_000n }] }, 'fr-CA'),
  ).toMatchObject({ ok: true })
  await runScheduled(tenantId)
  expect(await msp.balanceOf(invoiceId)).toBe(90_000n)
  await windAndSweep(3)
  await runScheduled(tenantId)
  await windAndSweep(9)
  expect(await msp.balanceOf(invoiceId)).toBe(0n)
})

test('a debit that ends its agreement ends the account’s use; insufficient funds do not', async () => {
  const closed = await kept()
  const paid = await payWith(closed.who, closed.methodId, 20_000n)
  await returned(paid.attemptId, '905')
  expect((await refreshAttempt(closed.who, paid.attemptId)).state).toBe('failed')
  expect(await listMethods(closed.who, closed.who.clientId)).toMatchObject([{ blockedReason: 'account_closed' }])
  expect((await payWith(closed.who, closed.methodId, 5_000n)).result).toMatchObject({
    ok: false,
    because: 'method-gone',
  })

  const short = await kept()
  const bounced = await payWith(short.who, short.methodId, 20_000n)
  await returned(bounced.attemptId, '901')
  expect((await refreshAttempt(short.who, bounced.attemptId)).state).toBe('failed')
  expect((await payWith(short.who, short.methodId, 5_000n)).result).toMatchObject({ ok: true, state: 'processing' })
})

test('returned after it was paid, the account takes no more debits', async () => {
  const { who, methodId } = await kept()
  const paid = await payWith(who, methodId, 20_000n)
  await windAndSweep(10)
  expect(await msp.balanceOf(paid.invoiceId)).toBe(0n)
  await returned(paid.attemptId, '919')
  await reconcilePayments(tenantId, new Date(stripe.clock.now().getTime() - 30 * 86_400_000))
  expect(await msp.balanceOf(paid.invoiceId)).toBe(20_000n)
  expect(await listMethods(who, who.clientId)).toMatchObject([{ blockedReason: expect.any(String) }])
})

async function returned(attemptId: string, code: string): Promise<void> {
  const { data } = await stripe.stripe.paymentIntents.list({ limit: 100 })
  const intent = data.find(({ metadata }) => metadata.attempt_id === attemptId)
  await stripe.control('POST', `return/${intent?.id}`, { code })
}

test('removed, its agreement is cancelled with it, and no debit is left to make', async () => {
  const { who, methodId } = await kept()
  expect(await removeMethod(who, methodId)).toBe(true)
  expect(await mandatesOf(who.clientId)).toMatchObject([{ kind: 'pad_saved', revokedAt: expect.any(Date) }])
  expect((await payWith(who, methodId, 5_000n)).result).toMatchObject({ ok: false, because: 'method-gone' })
})

test('words about another kind of account keep none, and no money but Canadian is debited from it', async () => {
  const who = await payer()
  const other = { version: versionOf('bank_saved_business'), type: 'us_bank_account', accountKind: 'business' as const }
  const invoiceId = await msp.makeInvoice(who.clientId, 5_000n)
  const mixed = orderFor(invoiceId, { agreed: { ...agreed(), save: other } })
  expect(await startPayment(who, mixed, where)).toMatchObject({ ok: false, because: 'form' })
  const old = orderFor(invoiceId, { agreed: { ...agreed(), save: { ...save(), version: 'pad-saved 2019-01' } } })
  expect(await startPayment(who, old, where)).toMatchObject({ ok: false, because: 'changed' })
  const setupId = newId()
  const shownOn = today()
  expect(await saveMethod(who, { ...wishOf(setupId), agreed: { shownOn, save: other } }, where)).toMatchObject({
    because: 'form',
  })
  const token = { setupId, confirmationTokenId: 'ctoken_1', agreed: { shownOn, save: save() } }
  expect(await saveMethod(who, token, where)).toMatchObject({ because: 'form' })
  expect(await listMethods(who, who.clientId)).toEqual([])
  expect(
    (await stripe.stripe.setupIntents.list({ limit: 100 })).data.map(({ metadata }) => metadata?.setup_id),
  ).not.toContain(setupId)
})
