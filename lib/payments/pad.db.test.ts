import { beforeEach, expect, test } from 'vitest'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { tellOnItsWay } from '@/lib/collections/tell-payment'
import { agreeToPad, tokenFor } from '../../e2e/support/msp.ts'
import { startPayStage } from '../../e2e/support/pay-stage.ts'
import type { CallFault } from '../../sandbox/kernel/faults.ts'
import { finishOnboarding } from './connect-stripe'
import { consentTexts } from './consent-texts'
import { giveUpAttempt } from './give-up-attempt'
import { reconcilePayments } from './reconcile-payments'
import { refreshAttempt } from './refresh-attempt'
import type { Order, PaymentResult } from './result'
import { resumeAttempt } from './resume-attempt'
import { startPayment } from './start-payment'
import { sweepPayments } from './sweep-payments'
import { verifyAccount } from './verify-account'

const { stripe, msp, tenantId, follow, today } = await startPayStage()
const actor = { kind: 'system', tenantId, reason: 'test' } as const
const where = { ip: '203.0.113.7', userAgent: 'Firefox', locale: 'fr-CA', origin: 'link' } as const

beforeEach(async () => {
  stripe.service.faults.clear()
  follow()
  await setPads(true)
})

async function setPads(isOn: boolean | undefined): Promise<void> {
  const settings =
    isOn === undefined ? sql`settings - 'acceptPads'` : sql`settings || ${JSON.stringify({ acceptPads: isOn })}::jsonb`
  await withTenant(tenantId, (tx) => tx.run(sql`update tenants set settings = ${settings} where id = ${tx.tenantId}`))
}

/** Winds both clocks on and sweeps. */
async function later(seconds: number): Promise<void> {
  await stripe.clock.advanceTo(new Date(stripe.clock.now().getTime() + seconds * 1000))
  follow()
  await sweepPayments(tenantId)
}

async function owing(totalMinor = 128_450n): Promise<string> {
  return msp.makeInvoice(await msp.makeClient('Ateliers Beaupré inc.', 'CAD'), totalMinor)
}

const version = consentTexts.find(({ kind }) => kind === 'pad_once')?.version ?? ''

function orderFor(invoiceId: string, orderKey = newId()): Order {
  const agreed = { shownOn: today(), once: version }
  return { orderKey, invoices: [{ invoiceId }], debit: 'acss_debit', receiptEmail: 'comptes@beaupre.example', agreed }
}

const pay = (invoiceId: string, orderKey?: string) => startPayment(actor, orderFor(invoiceId, orderKey), where)

/** The attempt and the secret of a payment that waits for its payer. */
function waiting(result: PaymentResult): { attemptId: string; secret: string } {
  if (!result.ok || result.clientSecret === undefined) throw new Error(`nothing waits: ${JSON.stringify(result)}`)
  return { attemptId: result.attemptId, secret: result.clientSecret }
}

const ask = (attemptId: string) => refreshAttempt(actor, attemptId)

async function intentsFor(attemptId: string) {
  const { data } = await stripe.stripe.paymentIntents.list({ limit: 100 })
  return data.filter(({ metadata }) => metadata.attempt_id === attemptId)
}

test('the payment is made and held before its payer agrees; agreed to, it is on its way, and paid when the bank clears it', async () => {
  const invoiceId = await owing()
  const result = await pay(invoiceId)
  expect(result).toMatchObject({
    ok: true,
    state: 'requires_action',
    agreement: { name: 'Ateliers Beaupré inc.', email: 'comptes@beaupre.example' },
  })
  const { attemptId, secret } = waiting(result)
  expect(await ask(attemptId)).toMatchObject({ state: 'requires_action', waitsFor: 'agreement' })
  expect(await intentsFor(attemptId)).toMatchObject([{ status: 'requires_payment_method', currency: 'cad' }])
  expect(await pay(invoiceId)).toMatchObject({ ok: false, because: 'on-its-way' })

  await agreeToPad(stripe, secret)
  // Monday 9 November; Wednesday is Remembrance Day.
  const agreed = await ask(attemptId)
  expect(agreed).toMatchObject({ state: 'processing', methodLabel: 'STRIPE TEST BANK, 6789', clearsOn: '2026-11-17' })
  expect(agreed).not.toHaveProperty('waitsFor')
  expect(await msp.balanceOf(invoiceId)).toBe(128_450n)
  await later(7 * 86_400)
  expect((await ask(attemptId)).state).toBe('processing')
  await later(86_400)
  expect((await ask(attemptId)).state).toBe('succeeded')
  expect(await msp.balanceOf(invoiceId)).toBe(0n)
  expect(await pay(invoiceId)).toMatchObject({ ok: false, because: 'already-paid' })
})

test('the agreement is kept word for word, and the mail that confirms it carries it', async () => {
  const invoiceId = await owing(99_900n)
  const { attemptId, secret } = waiting(await pay(invoiceId))
  const mandates = await withTenant(tenantId, (tx) =>
    tx.rows<{ kind: string; text: string; language: string; acceptedIp: string }>(sql`
      select kind, text, language, accepted_ip from mandates where tenant_id = ${tx.tenantId} and attempt_id = ${attemptId}`),
  )
  expect(mandates).toMatchObject([{ kind: 'pad_once', language: 'fr-CA', acceptedIp: '203.0.113.7' }])
  const text = mandates[0]?.text ?? ''
  expect(text).toMatch(/Larkfield IT LLC à le débiter une seule fois de 999,00\s\$/)
  expect(text).toContain('droits de recours')
  await agreeToPad(stripe, secret)
  await ask(attemptId)
  await withTenant(tenantId, (tx) => tellOnItsWay(tx, attemptId))
  const mail = await withTenant(tenantId, (tx) =>
    tx.row<{ to: string; text: string }>(sql`
      select to_email as to, text from messages where tenant_id = ${tx.tenantId} and attempt_id = ${attemptId} and kind = 'payment_on_its_way'`),
  )
  expect(mail?.to).toBe('comptes@beaupre.example')
  expect(mail?.text.replaceAll(/\s+/g, ' ')).toContain(text.replaceAll(/\s+/g, ' '))
})

test('two presses of one order, and two tabs after it, end at one payment', async () => {
  const invoiceId = await owing()
  const orderKey = newId()
  const presses = await Promise.all([pay(invoiceId, orderKey), pay(invoiceId, orderKey)])
  expect(presses.every(({ ok }) => ok)).toBe(true)
  expect(await intentsFor(orderKey)).toHaveLength(1)
  const [first, second] = [await resumeAttempt(actor, orderKey), await resumeAttempt(actor, orderKey)]
  expect(first).toMatchObject({ clientSecret: second?.clientSecret, agreement: { name: 'Ateliers Beaupré inc.' } })
  await agreeToPad(stripe, first?.clientSecret ?? '')
  await expect(agreeToPad(stripe, second?.clientSecret ?? '')).rejects.toThrow(/processing/)
  expect(await resumeAttempt(actor, orderKey)).toBeUndefined()
  expect((await ask(orderKey)).state).toBe('processing')
  expect(await intentsFor(orderKey)).toMatchObject([{ status: 'processing' }])
})

const lostAnswers = ['error-before', 'error-after', 'reset-before', 'reset-after'] as const satisfies CallFault[]
test.each(lostAnswers)('%s: an answer that was lost leaves one payment that can be agreed to', async (kind) => {
  const invoiceId = await owing()
  stripe.service.faults.rules = [{ kind, match: 'POST /v1/payment_intents$', times: 2 }]
  const orderKey = newId()
  await pay(invoiceId, orderKey)
  stripe.service.faults.clear()
  await later(30)
  await later(150)
  const attempt = await ask(orderKey)
  if (attempt.state === 'failed') {
    // Certain that nothing was made: the invoice is free.
    expect(await intentsFor(orderKey)).toEqual([])
    expect(await pay(invoiceId)).toMatchObject({ ok: true, state: 'requires_action' })
    return
  }
  expect(attempt).toMatchObject({ state: 'requires_action', waitsFor: 'agreement' })
  expect(await intentsFor(orderKey)).toHaveLength(1)
  const resumed = await resumeAttempt(actor, orderKey)
  await agreeToPad(stripe, resumed?.clientSecret ?? '')
  expect((await ask(orderKey)).state).toBe('processing')
})

test('whoever turns away frees the invoice at once, and the old window can no longer debit', async () => {
  const invoiceId = await owing()
  const { attemptId, secret } = waiting(await pay(invoiceId))
  await giveUpAttempt(actor, attemptId)
  expect((await ask(attemptId)).state).toBe('canceled')
  await expect(agreeToPad(stripe, secret)).rejects.toThrow(/canceled/)
  const card = { confirmationTokenId: await tokenFor(stripe, { card: '4242424242424242' }) }
  const other = await startPayment(actor, { orderKey: newId(), invoices: [{ invoiceId }], ...card }, where)
  expect(other).toMatchObject({ ok: true, state: 'succeeded' })
})

test('turning away too late ends nothing: agreed to in another window, it is on its way', async () => {
  const { attemptId, secret } = waiting(await pay(await owing()))
  await agreeToPad(stripe, secret)
  await giveUpAttempt(actor, attemptId)
  expect((await ask(attemptId)).state).toBe('processing')
})

test('an agreement nobody accepts frees the invoice after an hour; deposits are waited for, and verified', async () => {
  const left = waiting(await pay(await owing()))
  const typed = waiting(await pay(await owing()))
  await agreeToPad(stripe, typed.secret, '000123456789', true)
  expect(await ask(typed.attemptId)).toMatchObject({ state: 'requires_action', waitsFor: 'deposits' })
  await later(2 * 3600)
  expect((await ask(left.attemptId)).state).toBe('canceled')
  expect((await ask(typed.attemptId)).state).toBe('requires_action')
  expect(await verifyAccount(actor, typed.attemptId, { amounts: [32, 45] })).toBe(true)
  expect((await ask(typed.attemptId)).state).toBe('processing')
})

test('a debit that fails re-opens the way to pay, and says why', async () => {
  const invoiceId = await owing(30_000n)
  const { attemptId, secret } = waiting(await pay(invoiceId))
  await agreeToPad(stripe, secret, '000222222227')
  expect((await ask(attemptId)).state).toBe('processing')
  await later(8 * 86_400)
  expect(await ask(attemptId)).toMatchObject({
    state: 'failed',
    failureReason: expect.stringContaining('insuffisants'),
  })
  expect(await msp.balanceOf(invoiceId)).toBe(30_000n)
  expect(await pay(invoiceId)).toMatchObject({ ok: true, state: 'requires_action' })
})

test('a debit returned after it succeeded re-opens the invoice, once', async () => {
  const invoiceId = await owing(390_450n)
  const { attemptId, secret } = waiting(await pay(invoiceId))
  await agreeToPad(stripe, secret)
  await later(10 * 86_400)
  expect(await msp.balanceOf(invoiceId)).toBe(0n)
  const [intent] = await intentsFor(attemptId)
  await stripe.control('POST', `return/${intent?.id}`, { code: '919' })
  for (let told = 0; told < 2; told += 1) await reconcilePayments(tenantId, new Date(now().getTime() - 30 * 86_400_000))
  expect((await ask(attemptId)).state).toBe('returned')
  expect(await msp.balanceOf(invoiceId)).toBe(390_450n)
})

test('no debit without the switch, in another currency, without its words or an address', async () => {
  const invoiceId = await owing()
  const count = async () => (await stripe.stripe.paymentIntents.list({ limit: 100 })).data.length
  const before = await count()
  const order = orderFor(invoiceId)
  const { agreed: _, ...wordless } = order
  const { receiptEmail: __, ...nameless } = order
  expect(await startPayment(actor, wordless, where)).toMatchObject({ because: 'form' })
  expect(await startPayment(actor, nameless, where)).toMatchObject({ because: 'form' })
  const old = { shownOn: '2026-11-09', once: 'pad-once 2019-01' }
  expect(await startPayment(actor, { ...order, agreed: old }, where)).toMatchObject({ because: 'changed' })
  const american = await msp.makeInvoice(await msp.makeClient(), 5_000n)
  expect(await pay(american)).toMatchObject({ because: 'changed' })
  await setPads(false)
  expect(await pay(invoiceId)).toMatchObject({ because: 'changed' })
  expect(await count()).toBe(before)
})

test('it is offered once Stripe has it active, unless somebody has said otherwise', async () => {
  const owner = { kind: 'staff', tenantId, staffId: msp.staffId, role: 'owner' } as const
  const isOn = async () => {
    const row = await withTenant(tenantId, (tx) =>
      tx.row<{ pads: boolean | null }>(
        sql`select (settings -> 'acceptPads')::boolean as pads from tenants where id = ${tx.tenantId}`,
      ),
    )
    return row?.pads
  }
  const { capabilities } = { capabilities: { acss_debit_payments: { requested: false } } }
  await setPads(undefined)
  await stripe.platform.accounts.update(stripe.account, { capabilities })
  await finishOnboarding(owner)
  expect(await isOn()).toBeNull()
  await stripe.platform.accounts.update(stripe.account, { capabilities: { acss_debit_payments: { requested: true } } })
  await finishOnboarding(owner)
  expect(await isOn()).toBe(true)
  await setPads(false)
  await finishOnboarding(owner)
  expect(await isOn()).toBe(false)
})
