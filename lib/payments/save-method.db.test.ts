import { expect, test } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import type { CheckoutActor } from '@/lib/access/checkout-session'
import { windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { tokenFor } from '../../e2e/support/msp.ts'
import { type Contact, startPayStage, versionOf } from '../../e2e/support/pay-stage.ts'
import type { Agreed } from './agreed'
import { nameMethod, preferMethod, removeMethod } from './change-method'
import { detachMethod } from './detach-method'
import { getMandate, listMandates, listMethods, listSetups } from './list-methods'
import { refreshSetup, verifySetup } from './refresh-setup'
import { saveMethod } from './save-method'
import { setupOfSession } from './setup-of-session'
import { sweepSetups } from './sweep-setups'
import { takeStripeEvent } from './take-stripe-event'

const { stripe, msp, tenantId, today, payerOf } = await startPayStage()
const where = { ip: '203.0.113.7', userAgent: 'Firefox', locale: 'fr-CA', origin: 'portal' } as const

async function contact(role: Contact['role'] = 'payer'): Promise<Contact> {
  const clientId = await msp.makeClient()
  return payerOf(clientId, role)
}

async function save(who: Actor, method: Parameters<typeof tokenFor>[1], setupId = newId()) {
  const type = 'card' in method ? 'card' : 'us_bank_account'
  const agreed: Agreed = {
    shownOn: today(),
    save:
      type === 'card'
        ? { type, version: versionOf('card_saved') }
        : { type, accountKind: 'business', version: versionOf('bank_saved_business') },
  }
  return saveMethod(who, { setupId, confirmationTokenId: await tokenFor(stripe, method), agreed }, where)
}

const methodsOf = (who: Contact) => listMethods(who, who.clientId)

test('a card and an account are saved without a charge, in the language they were agreed to', async () => {
  const who = await contact()
  expect(await save(who, { card: '4242424242424242' })).toMatchObject({ ok: true, state: 'saved' })
  expect(await save(who, { bank: '000123456789' })).toMatchObject({ ok: true, state: 'saved' })
  expect((await methodsOf(who)).map(({ type, isDefault }) => [type, isDefault])).toEqual([
    ['card', true],
    ['us_bank_account', false],
  ])
  const [mandate] = await listMandates(who, who.clientId)
  expect(mandate).toMatchObject({
    kind: 'bank_saved_business',
    language: 'fr-CA',
    text: expect.stringContaining('l’entreprise titulaire du compte'),
    givenByName: 'Dana Whitfield',
  })
})

test('an account that waits for small deposits is no method before they are confirmed', async () => {
  const who = await contact()
  const session: CheckoutActor = {
    ...{ kind: 'checkout', tenantId, sessionId: newId(), clientId: (await contact()).clientId },
    scope: { kind: 'method' },
  }
  await save(session, { bank: '000123456789', verification: 'microdeposits' })
  expect(await setupOfSession(session)).toMatchObject({ is: 'deposits' })
  const waiting = await save(who, { bank: '000123456789', verification: 'microdeposits' })
  if (!waiting.ok) throw new Error(waiting.reason)
  expect(waiting).toMatchObject({ state: 'deposits' })
  expect(await methodsOf(who)).toEqual([])
  expect(await listSetups(who)).toMatchObject([{ id: waiting.setupId }])
  await verifySetup(who, waiting.setupId, { descriptorCode: 'SM00ZZ' }, 'en-US')
  expect(await methodsOf(who)).toEqual([])
  expect(await verifySetup(who, waiting.setupId, { descriptorCode: 'SM11AA' }, 'en-US')).toMatchObject({
    state: 'saved',
  })
  expect(await methodsOf(who)).toHaveLength(1)
  expect(await listSetups(who)).toEqual([])
})

test('what a session of the MSP’s site leaves to small deposits is confirmed in a later one of the same client, and by no other', async () => {
  const who = await contact()
  const session = (kind: 'method' | 'open', clientId = who.clientId): CheckoutActor => {
    return { kind: 'checkout', tenantId, sessionId: newId(), clientId, scope: { kind } }
  }
  const saver = session('method')
  const waiting = await save(saver, { bank: '000123456789', verification: 'microdeposits' })
  const setupId = waiting.ok ? waiting.setupId : ''
  expect(await setupOfSession(saver)).toMatchObject({ id: setupId, is: 'deposits', isOwn: true })
  const later = session('method')
  expect(await setupOfSession(later)).toMatchObject({ id: setupId, is: 'deposits', isOwn: false })
  const proof = { descriptorCode: 'SM11AA' }
  const stranger = session('method', (await contact()).clientId)
  expect(await setupOfSession(stranger)).toBeUndefined()
  for (const other of [stranger, session('open')])
    await expect(verifySetup(other, setupId, proof, 'en-US')).rejects.toMatchObject({ kind: 'not-found' })
  // Nor does the later one hear of anything else of it.
  await expect(refreshSetup(later, setupId, 'en-US')).rejects.toMatchObject({ kind: 'not-found' })
  expect(await verifySetup(later, setupId, { descriptorCode: 'SM00ZZ' }, 'en-US')).toMatchObject({
    state: 'requires_action',
  })
  expect(await verifySetup(later, setupId, proof, 'en-US')).toMatchObject({ state: 'saved' })
  expect(await methodsOf(who)).toHaveLength(1)
  expect(await setupOfSession(later)).toBeUndefined()
  expect(await setupOfSession(saver)).toMatchObject({ is: 'saved' })
})

test('a card whose bank checks its holder is saved after the check, and by the webhook alone too', async () => {
  const who = await contact()
  for (const heard of ['browser', 'webhook'] as const) {
    const asked = await save(who, { card: heard === 'browser' ? '4000002760003184' : '4000002500003155' })
    if (!asked.ok || asked.clientSecret === undefined) throw new Error('no check to pass')
    const [intentId = ''] = asked.clientSecret.split('_secret_')
    await stripe.control('POST', `challenge/${intentId}/approve`)
    if (heard === 'browser') await refreshSetup(who, asked.setupId, 'en-US')
    else {
      const event = {
        kind: 'stripe.event',
        eventId: 'evt',
        type: 'setup_intent.succeeded',
        account: stripe.account,
      } as const
      await takeStripeEvent(tenantId, { ...event, object: 'setup_intent', objectId: intentId })
    }
  }
  expect(await methodsOf(who)).toHaveLength(2)
})

test('a session of the MSP’s site saves for its client, and knows of nothing that was saved otherwise', async () => {
  const who = await contact()
  const session = (kind: 'method' | 'open'): CheckoutActor => {
    return { kind: 'checkout', tenantId, sessionId: newId(), clientId: who.clientId, scope: { kind } }
  }
  const saver = session('method')
  expect(await setupOfSession(saver)).toBeUndefined()
  const asked = await save(saver, { card: '4000002760003184' })
  expect(await setupOfSession(saver)).toBeUndefined()
  if (!asked.ok || asked.clientSecret === undefined) throw new Error('no check to pass')
  await stripe.control('POST', `challenge/${asked.clientSecret.split('_secret_')[0]}/approve`)
  for (const other of [session('method'), session('open'), await contact()])
    await expect(refreshSetup(other, asked.setupId, 'en-US')).rejects.toMatchObject({ kind: 'not-found' })
  expect(await refreshSetup(saver, asked.setupId, 'en-US')).toMatchObject({ ok: true, state: 'saved' })
  expect(await methodsOf(who)).toHaveLength(1)
  const givenBy = await withTenant(tenantId, (tx) =>
    tx.rows(
      sql`select given_by, given_by_id from mandates where tenant_id = ${tenantId} and client_id = ${who.clientId}`,
    ),
  )
  expect(givenBy).toEqual([{ givenBy: 'checkout', givenById: saver.sessionId }])
  // What is tried after it takes nothing back; and no other session hears of it.
  expect(await save(saver, { card: '4000000000000002' })).toMatchObject({ ok: false })
  expect(await setupOfSession(saver)).toMatchObject({ is: 'saved', label: expect.stringContaining('3184') })
  const stranger: CheckoutActor = { ...saver, clientId: (await contact()).clientId }
  for (const other of [session('method'), stranger]) expect(await setupOfSession(other)).toBeUndefined()

  expect(await save(session('open'), { card: '4242424242424242' })).toMatchObject({ ok: false, because: 'not-allowed' })
  const own = await save(who, { card: '4000002500003155' })
  await expect(refreshSetup(saver, own.ok ? own.setupId : '', 'en-US')).rejects.toMatchObject({ kind: 'not-found' })
})

test('a card its bank declines is not saved, and it is said', async () => {
  const who = await contact()
  expect(await save(who, { card: '4000000000000002' })).toMatchObject({ ok: false, because: 'card' })
  expect(await methodsOf(who)).toEqual([])
})

test('the same press twice is one method, and Stripe has one setup', async () => {
  const who = await contact()
  const setupId = newId()
  const presses = await Promise.allSettled([
    save(who, { card: '4242424242424242' }, setupId),
    save(who, { card: '4242424242424242' }, setupId),
  ])
  expect(presses.some((one) => one.status === 'fulfilled' && one.value.ok)).toBe(true)
  expect(await methodsOf(who)).toHaveLength(1)
  const made = (await stripe.stripe.setupIntents.list({ limit: 100 })).data
  expect(made.filter(({ metadata }) => metadata?.setup_id === setupId)).toHaveLength(1)
})

for (const kind of ['reset-after', 'reset-before', 'error-after'] as const)
  test(`${kind}: what Stripe saved without our hearing of it is found, and what it did not is given up`, async () => {
    const who = await contact()
    stripe.service.faults.rules = [{ kind, match: 'POST /v1/setup_intents$', times: 1 }]
    expect(await save(who, { card: '4242424242424242' })).toMatchObject({ ok: true, state: 'unknown' })
    expect(await methodsOf(who)).toEqual([])
    for (const seconds of [180, 1200]) {
      await stripe.clock.advanceTo(new Date(stripe.clock.now().getTime() + seconds * 1000))
      windClock(stripe.clock.now().getTime() - Date.now())
      await sweepSetups(tenantId)
    }
    expect(await methodsOf(who)).toHaveLength(kind === 'reset-before' ? 0 : 1)
  })

test('one default, a name, and removal with its authorization, here and at Stripe', async () => {
  const who = await contact()
  await save(who, { card: '4242424242424242' })
  await save(who, { card: '5555555555554444' })
  const [first, second] = await methodsOf(who)
  await preferMethod(who, second?.id ?? '')
  await nameMethod(who, second?.id ?? '', '  The   blue card ')
  expect((await methodsOf(who)).map(({ nickname, isDefault }) => [nickname, isDefault])).toEqual([
    ['The blue card', true],
    [undefined, false],
  ])
  expect(await removeMethod(who, second?.id ?? '')).toBe(true)
  expect((await methodsOf(who)).map(({ id }) => id)).toEqual([first?.id])
  expect((await listMandates(who, who.clientId)).map(({ revokedAt }) => revokedAt !== undefined).sort()).toEqual([
    false,
    true,
  ])
})

test('what is taken away at Stripe is gone here, and a new date of a card is taken over', async () => {
  const who = await contact()
  await save(who, { card: '4242424242424242' })
  const row = await withTenant(tenantId, (tx) =>
    tx.row<{ paymentMethodId: string }>(sql`
      select payment_method_id from methods where tenant_id = ${tx.tenantId} and client_id = ${who.clientId}`),
  )
  const objectId = row?.paymentMethodId ?? ''
  const heard = (type: string) =>
    takeStripeEvent(tenantId, {
      kind: 'stripe.event',
      eventId: 'evt',
      type,
      account: stripe.account,
      object: 'payment_method',
      objectId,
    })
  await stripe.stripe.paymentMethods.update(objectId, { card: { exp_month: 2, exp_year: 2040 } })
  await heard('payment_method.updated')
  expect(await methodsOf(who)).toMatchObject([{ expiresOn: '2040-02-29' }])
  await detachMethod(tenantId, stripe.account, objectId)
  expect(await methodsOf(who)).toHaveLength(1)
  await stripe.stripe.paymentMethods.detach(objectId)
  await heard('payment_method.detached')
  expect(await methodsOf(who)).toEqual([])
})

test('who only looks saves and changes nothing, and nobody reaches another client’s', async () => {
  const who = await contact()
  await save(who, { card: '4242424242424242' })
  const [method] = await methodsOf(who)
  const [mandate] = await listMandates(who, who.clientId)
  const viewer: Contact = { ...who, role: 'viewer' }
  expect(await save(viewer, { card: '5555555555554444' })).toMatchObject({ ok: false, because: 'not-allowed' })
  expect(await listMethods(viewer, who.clientId)).toHaveLength(1)
  const guest: Actor = { kind: 'link', tenantId, linkId: newId(), invoiceId: newId(), clientId: who.clientId }
  const session: Actor = {
    ...{ kind: 'checkout', tenantId, sessionId: newId(), clientId: who.clientId },
    scope: { kind: 'open' },
  }
  for (const actor of [guest, session]) {
    expect(await listMethods(actor, who.clientId)).toEqual([])
    expect(await listMandates(actor, who.clientId)).toEqual([])
    await expect(getMandate(actor, mandate?.id ?? '')).rejects.toMatchObject({ kind: 'not-found' })
  }
  for (const actor of [viewer, await contact(), guest, session]) {
    await expect(nameMethod(actor, method?.id ?? '', 'x')).rejects.toMatchObject({ kind: 'not-found' })
    await expect(preferMethod(actor, method?.id ?? '')).rejects.toMatchObject({ kind: 'not-found' })
    await expect(removeMethod(actor, method?.id ?? '')).rejects.toMatchObject({ kind: 'not-found' })
  }
  await expect(getMandate(await contact(), mandate?.id ?? '')).rejects.toMatchObject({ kind: 'not-found' })
})
