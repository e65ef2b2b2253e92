import { expect, test } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import { now, windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { chargesAtStripe, tokenFor } from '../../e2e/support/msp.ts'
import { type Contact, startPayStage, versionOf } from '../../e2e/support/pay-stage.ts'
import type { Agreed } from './agreed'
import { detachMethod } from './detach-method'
import { openGateway } from './open-gateway'
import { refreshAttempt } from './refresh-attempt'
import type { PaymentResult } from './result'
import { startPayment } from './start-payment'
import { sweepPayments } from './sweep-payments'
import { takeIntentNews } from './take-intent-news'

const { stripe, msp, tenantId, today, payerOf } = await startPayStage()
const where = { ip: '203.0.113.7', userAgent: 'Firefox', locale: 'en-US', origin: 'portal' } as const

async function contact(): Promise<Contact> {
  const clientId = await msp.makeClient()
  return payerOf(clientId)
}

const agreed = (save?: Agreed['save']): Agreed => {
  return { shownOn: today(), ...(save === undefined ? {} : { save }) }
}
const saveCard = () => agreed({ type: 'card', version: versionOf('card_saved') })
const saveBank = (accountKind: 'business' | 'personal') =>
  agreed({ type: 'us_bank_account', accountKind, version: versionOf(`bank_saved_${accountKind}`) })

async function pay(
  actor: Actor,
  clientId: string,
  method: Parameters<typeof tokenFor>[1] | { methodId: string },
  wish?: Agreed,
  orderKey = newId(),
): Promise<PaymentResult & { invoiceId: string }> {
  const invoiceId = await msp.makeInvoice(clientId, 12_345n)
  const source =
    'methodId' in method ? { methodId: method.methodId } : { confirmationTokenId: await tokenFor(stripe, method) }
  const order = { orderKey, invoices: [{ invoiceId }], ...source, ...(wish === undefined ? {} : { agreed: wish }) }
  return { ...(await startPayment(actor, order, where)), invoiceId }
}

type MethodRow = { id: string; label: string; paymentMethodId: string; accountKind: string | null; isDefault: boolean }

function methodsOf(clientId: string): Promise<MethodRow[]> {
  return withTenant(tenantId, (tx) =>
    tx.rows(sql`
      select id, label, payment_method_id, account_kind, is_default from methods
      where tenant_id = ${tx.tenantId} and client_id = ${clientId} and removed_at is null order by created_at`),
  )
}

function mandatesOf(clientId: string) {
  return withTenant(tenantId, (tx) =>
    tx.rows<{
      id: string
      kind: string
      text: string
      mandateId: string | null
      acceptedIp: string
      userAgent: string
    }>(
      sql`
      select id, kind, text, mandate_id, accepted_ip, user_agent, language, given_by from mandates
      where tenant_id = ${tx.tenantId} and client_id = ${clientId} order by accepted_at, id`,
    ),
  )
}

test('a card that is paid with the box ticked is saved with the words that stood above it', async () => {
  const who = await contact()
  expect(await pay(who, who.clientId, { card: '4242424242424242' }, saveCard())).toMatchObject({ state: 'succeeded' })
  expect(await methodsOf(who.clientId)).toMatchObject([{ label: 'Visa credit, 4242', isDefault: true }])
  expect(await mandatesOf(who.clientId)).toMatchObject([
    {
      kind: 'card_saved',
      mandateId: null,
      acceptedIp: '203.0.113.7',
      userAgent: 'Firefox',
      language: 'en-US',
      givenBy: 'contact',
      text: expect.stringContaining('I authorize Larkfield IT LLC to keep the card'),
    },
  ])
})

test('without the box nothing is saved, and Stripe keeps nothing either', async () => {
  const who = await contact()
  await pay(who, who.clientId, { card: '4242424242424242' })
  expect(await methodsOf(who.clientId)).toEqual([])
  const customers = await withTenant(tenantId, (tx) =>
    tx.rows(sql`select 1 from payers where tenant_id = ${tx.tenantId} and client_id = ${who.clientId}`),
  )
  expect(customers).toEqual([])
})

test('a bank account is saved once its debit is under way, as a person’s or a business’s, with Stripe’s mandate', async () => {
  const who = await contact()
  const result = await pay(who, who.clientId, { bank: '000123456789' }, saveBank('personal'))
  expect(result).toMatchObject({ ok: true, state: 'processing' })
  expect(await methodsOf(who.clientId)).toMatchObject([{ accountKind: 'personal' }])
  expect(await mandatesOf(who.clientId)).toMatchObject([
    {
      kind: 'bank_saved_personal',
      mandateId: expect.stringMatching(/^mandate_/),
      text: expect.stringContaining('personal bank account'),
    },
  ])
})

test('what is declined, or waits for small deposits, is not saved', async () => {
  const who = await contact()
  await pay(who, who.clientId, { card: '4000000000000002' }, saveCard())
  await pay(who, who.clientId, { bank: '000123456789', verification: 'microdeposits' }, saveBank('business'))
  expect(await methodsOf(who.clientId)).toEqual([])
  expect(await mandatesOf(who.clientId)).toEqual([])
})

test('told again by a webhook, in two orders at once, or saved a second time, it is one method', async () => {
  const who = await contact()
  const results = await Promise.all([
    pay(who, who.clientId, { card: '4242424242424242' }, saveCard()),
    pay(who, who.clientId, { card: '4242424242424242' }, saveCard()),
  ])
  for (const result of results) {
    if (!result.ok) throw new Error(result.reason)
    await refreshAttempt(who, result.attemptId)
  }
  const [method, ...others] = await methodsOf(who.clientId)
  expect(others).toEqual([])
  expect(await mandatesOf(who.clientId)).toHaveLength(2)
  // The older of Stripe's two ids is let go; the kept one still pays.
  const attached = await attachedAtStripe(who.clientId)
  const older = attached.filter((id) => id !== method?.paymentMethodId)
  for (const id of older) await detachMethod(tenantId, stripe.account, id)
  await detachMethod(tenantId, stripe.account, method?.paymentMethodId ?? '')
  expect(await attachedAtStripe(who.clientId)).toEqual([method?.paymentMethodId])
  expect(await pay(who, who.clientId, { methodId: method?.id ?? '' })).toMatchObject({ state: 'succeeded' })
})

async function attachedAtStripe(clientId: string): Promise<string[]> {
  const payer = await withTenant(tenantId, (tx) =>
    tx.row<{ customerId: string }>(
      sql`select customer_id from payers where tenant_id = ${tx.tenantId} and client_id = ${clientId}`,
    ),
  )
  const list = await stripe.stripe.customers.listPaymentMethods(payer?.customerId ?? '')
  return list.data.map(({ id }) => id)
}

test('other words than those in force are shown again before anything is charged', async () => {
  const who = await contact()
  const old = agreed({ type: 'card', version: 'card-saved 2019-01' })
  const late: Agreed = { ...saveCard(), shownOn: '2026-01-05' }
  const noKind = agreed({ type: 'us_bank_account', version: versionOf('bank_saved_business') })
  for (const wish of [old, late, noKind])
    expect(await pay(who, who.clientId, { card: '4242424242424242' }, wish)).toMatchObject({ because: 'changed' })
  expect(await methodsOf(who.clientId)).toEqual([])
})

test('words about a card save no bank account', async () => {
  const who = await contact()
  await pay(who, who.clientId, { bank: '000123456789' }, saveCard())
  expect(await methodsOf(who.clientId)).toEqual([])
})

test('the consent to one debit is kept with its sum and what it pays', async () => {
  const who = await contact()
  const wish = { ...agreed(), once: versionOf('bank_once') }
  const result = await pay(who, who.clientId, { bank: '000123456789' }, wish)
  expect(result).toMatchObject({ ok: true })
  expect(await mandatesOf(who.clientId)).toMatchObject([
    { kind: 'bank_once', text: expect.stringMatching(/once, for \$123\.45, for invoice \d+/) },
  ])
})

test('a mandate can be withdrawn once, and is otherwise never changed', async () => {
  const who = await contact()
  await pay(who, who.clientId, { card: '4242424242424242' }, saveCard())
  const [mandate] = await mandatesOf(who.clientId)
  const change = (what: ReturnType<typeof sql>) =>
    withTenant(tenantId, (tx) =>
      tx.run(sql`update mandates set ${what} where tenant_id = ${tx.tenantId} and id = ${mandate?.id ?? null}`),
    )
  await expect(change(sql`text = 'anything goes'`)).rejects.toThrow(/append-only/)
  expect(await change(sql`revoked_at = ${now()}, revoked_by = 'dana'`)).toBe(1)
  await expect(change(sql`revoked_at = null, revoked_by = null`)).rejects.toThrow(/append-only/)
})

async function saved(who: Contact, method: Parameters<typeof tokenFor>[1], wish: Agreed): Promise<string> {
  await pay(who, who.clientId, method, wish)
  const row = (await methodsOf(who.clientId)).at(-1)
  if (row === undefined) throw new Error('nothing was saved')
  return row.id
}

test('a saved card and a saved account pay without anything typed', async () => {
  const who = await contact()
  const card = await saved(who, { card: '4242424242424242' }, saveCard())
  const bank = await saved(who, { bank: '000123456789' }, saveBank('business'))
  const byCard = await pay(who, who.clientId, { methodId: card })
  expect(byCard).toMatchObject({ ok: true, state: 'succeeded' })
  expect(await msp.balanceOf(byCard.invoiceId)).toBe(0n)
  expect(await pay(who, who.clientId, { methodId: bank })).toMatchObject({ ok: true, state: 'processing' })
})

test('a saved card whose bank wants to see its holder goes through the bank’s check, and pays once', async () => {
  const who = await contact()
  const first = await pay(who, who.clientId, { card: '4000002760003184' }, saveCard())
  expect(first).toMatchObject({ state: 'requires_action' })
  expect(await methodsOf(who.clientId)).toEqual([])
  await approve(first)
  const [method] = await methodsOf(who.clientId)
  const second = await pay(who, who.clientId, { methodId: method?.id ?? '' })
  expect(second).toMatchObject({ ok: true, state: 'requires_action', clientSecret: expect.any(String) })
  await approve(second)
  expect(await msp.balanceOf(second.invoiceId)).toBe(0n)
})

/** The payer says yes in the bank's dialog. */
async function approve(result: PaymentResult): Promise<void> {
  if (!result.ok || result.clientSecret === undefined) throw new Error('no check to pass')
  const [intentId] = result.clientSecret.split('_secret_')
  await stripe.control('POST', `challenge/${intentId}/approve`)
  await refreshAttempt({ kind: 'system', tenantId, reason: 'test' }, result.attemptId)
}

test('nobody charges what is saved but a payer of that very client', async () => {
  const who = await contact()
  const methodId = await saved(who, { card: '4242424242424242' }, saveCard())
  const other = await contact()
  const before = (await chargesAtStripe(stripe)).length
  expect(await pay(other, other.clientId, { methodId })).toMatchObject({ because: 'method-gone' })
  const invoiceId = await msp.makeInvoice(who.clientId, 100n)
  const guest: Actor = { kind: 'link', tenantId, linkId: newId(), invoiceId, clientId: who.clientId }
  const order = { orderKey: newId(), invoices: [{ invoiceId }], methodId }
  expect(await startPayment(guest, order, where)).toMatchObject({ because: 'method-gone' })
  const session: Actor = {
    ...{ kind: 'checkout', tenantId, sessionId: newId(), clientId: who.clientId },
    scope: { kind: 'open' },
  }
  expect(await startPayment(session, { ...order, orderKey: newId() }, where)).toMatchObject({ because: 'method-gone' })
  const viewer: Actor = { ...who, role: 'viewer' }
  expect(await startPayment(viewer, { ...order, orderKey: newId() }, where)).toMatchObject({ because: 'not-allowed' })
  expect(await chargesAtStripe(stripe)).toHaveLength(before)
})

test('a guest may save for the client', async () => {
  const who = await contact()
  const invoiceId = await msp.makeInvoice(who.clientId, 100n)
  const guest: Actor = { kind: 'link', tenantId, linkId: newId(), invoiceId, clientId: who.clientId }
  const confirmationTokenId = await tokenFor(stripe, { card: '5555555555554444' })
  await startPayment(
    guest,
    { orderKey: newId(), invoices: [{ invoiceId }], confirmationTokenId, agreed: saveCard() },
    where,
  )
  expect(await methodsOf(who.clientId)).toMatchObject([{ label: 'Mastercard credit, 4444' }])
  expect(await mandatesOf(who.clientId)).toMatchObject([{ givenBy: 'link' }])
})

test('a withdrawn mandate, a blocked account and an expired card are not charged', async () => {
  const who = await contact()
  const methodId = await saved(who, { bank: '000123456789' }, saveBank('business'))
  const set = (statement: ReturnType<typeof sql>) => withTenant(tenantId, (tx) => tx.run(statement))
  await set(
    sql`update methods set blocked_reason = 'bank_account_closed' where tenant_id = ${tenantId} and id = ${methodId}`,
  )
  expect(await pay(who, who.clientId, { methodId })).toMatchObject({ because: 'method-gone' })
  await set(sql`update methods set blocked_reason = null where tenant_id = ${tenantId} and id = ${methodId}`)
  await set(
    sql`update mandates set revoked_at = now(), revoked_by = 'test' where tenant_id = ${tenantId} and method_id = ${methodId}`,
  )
  expect(await pay(who, who.clientId, { methodId })).toMatchObject({ because: 'method-gone' })
  const card = await saved(who, { card: '4242424242424242' }, saveCard())
  await set(sql`update methods set expires_on = '2026-10-31' where tenant_id = ${tenantId} and id = ${card}`)
  expect(await pay(who, who.clientId, { methodId: card })).toMatchObject({ because: 'method-gone' })
})

test('a debit that is sent back after it counted as paid blocks the account it came from', async () => {
  const who = await contact()
  const methodId = await saved(who, { bank: '000555555559' }, saveBank('business'))
  await stripe.clock.advanceTo(new Date(stripe.clock.now().getTime() + 20 * 86_400_000))
  windClock(stripe.clock.now().getTime() - Date.now())
  const { reconcilePayments } = await import('./reconcile-payments')
  await reconcilePayments(tenantId, new Date(now().getTime() - 30 * 86_400_000))
  expect(await pay(who, who.clientId, { methodId })).toMatchObject({ because: 'method-gone' })
})

for (const kind of ['reset-after', 'reset-before'] as const)
  test(`${kind}: a saved method is charged at most once, and what was to be saved is saved once it is known`, async () => {
    const who = await contact()
    const methodId = await saved(who, { card: '4242424242424242' }, saveCard())
    stripe.service.faults.rules = [{ kind, match: 'POST /v1/payment_intents$', times: 2 }]
    const orderKey = newId()
    const paid = await pay(who, who.clientId, { methodId }, undefined, orderKey)
    stripe.service.faults.rules = [{ kind, match: 'POST /v1/payment_intents$', times: 2 }]
    await pay(who, who.clientId, { card: '5555555555554444' }, saveCard())
    for (const seconds of [25, 25, 120, 600, 1200]) {
      await stripe.clock.advanceTo(new Date(stripe.clock.now().getTime() + seconds * 1000))
      windClock(stripe.clock.now().getTime() - Date.now())
      await sweepPayments(tenantId)
    }
    const charges = (await chargesAtStripe(stripe)).filter(({ metadata }) => metadata.attempt_id === orderKey)
    expect(charges).toHaveLength((await msp.balanceOf(paid.invoiceId)) === 0n ? 1 : 0)
    const labels = (await methodsOf(who.clientId)).map(({ label }) => label)
    if (kind === 'reset-after') expect(labels).toEqual(['Visa credit, 4242', 'Mastercard credit, 4444'])
  })

test('news of an intent with somebody else’s customer saves nothing', async () => {
  const who = await contact()
  const result = await pay(who, who.clientId, { card: '4000002760003184' }, saveCard())
  if (!result.ok) throw new Error(result.reason)
  const gateway = await withTenant(tenantId, openGateway)
  const attempt = await withTenant(tenantId, (tx) =>
    tx.row<{ paymentIntentId: string }>(
      sql`select payment_intent_id from attempts where tenant_id = ${tx.tenantId} and id = ${result.attemptId}`,
    ),
  )
  const news = await gateway.retrieveIntent(attempt?.paymentIntentId ?? '')
  const paidWith = { paymentMethodId: 'pm_other', customerId: 'cus_other', type: 'card', label: 'Visa', last4: '1111' }
  await withTenant(tenantId, (tx) =>
    takeIntentNews(tx, gateway.account, { ...news, status: 'succeeded', paidWith, chargeId: 'ch_1' }),
  )
  expect(await methodsOf(who.clientId)).toEqual([])
})
