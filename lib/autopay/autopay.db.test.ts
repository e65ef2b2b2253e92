import { expect, test } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import { addDays } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { tellAutopayStarted } from '@/lib/collections/tell-autopay'
import { tellScheduled, tellScheduledEnded } from '@/lib/collections/tell-scheduled'
import { sendInvoice } from '@/lib/mail/send-invoice'
import { removeMethod } from '@/lib/payments/change-method'
import { cancelScheduled } from '@/lib/payments/change-scheduled'
import { listMethods } from '@/lib/payments/list-methods'
import { listScheduled } from '@/lib/payments/list-scheduled'
import { runScheduled } from '@/lib/payments/run-scheduled'
import { saveMethod } from '@/lib/payments/save-method'
import { startPayment } from '@/lib/payments/start-payment'
import { endMethod } from '@/lib/payments/take-method-news'
import { tokenFor } from '../../e2e/support/msp.ts'
import { type Contact, startPayStage, versionOf } from '../../e2e/support/pay-stage.ts'
import { endAutopay } from './end-autopay'
import { offerAutopay } from './offer-autopay'
import { planAutopay } from './plan-autopay'
import { readAutopay } from './read-autopay'
import { startAutopay } from './start-autopay'

const { stripe, msp, tenantId, today, wind, payerOf, chargesOf, invoiceDue } = await startPayStage()
const where = { ip: '203.0.113.7', userAgent: 'Firefox', locale: 'en-US', origin: 'portal' } as const
const faultPoint = Symbol.for('closeloop.fault-point')

const saveCard = () => ({ shownOn: today(), save: { type: 'card', version: versionOf('card_saved') } })

type Payer = { who: Contact; methodId: string; attemptId: string }

/** Somebody who has just paid with a saved card. */
async function payer(): Promise<Payer> {
  const who = await payerOf(await msp.makeClient())
  const confirmationTokenId = await tokenFor(stripe, { card: '4242424242424242' })
  await saveMethod(who, { setupId: newId(), confirmationTokenId, agreed: saveCard() }, where)
  const methodId = (await listMethods(who, who.clientId))[0]?.id ?? ''
  const attemptId = newId()
  const invoiceId = await msp.makeInvoice(who.clientId, 1_000n)
  const order = { orderKey: attemptId, invoices: [{ invoiceId }], methodId, receiptEmail: 'dana@hadleymoss.example' }
  await startPayment(who, order, where)
  return { who, methodId, attemptId }
}

const turnOn = ({ who, attemptId }: Payer, capMinor?: bigint, changed: object = {}) =>
  startAutopay(
    who,
    {
      ...{ attemptId, shownOn: today(), version: versionOf('autopay_card'), ...changed },
      ...(capMinor === undefined ? {} : { capMinor }),
    },
    where,
  )

/** Somebody whose invoices are charged by themselves. */
async function automatic(capMinor?: bigint): Promise<Payer> {
  const one = await payer()
  expect(await turnOn(one, capMinor)).toEqual({ ok: true })
  return one
}

const owing = (clientId: string, minor: bigint, inDays = 5) => invoiceDue(clientId, minor, inDays)

const waitingFor = (invoiceId: string) =>
  withTenant(tenantId, (tx) =>
    tx.rows<{ detail: string }>(sql`
      select detail from exceptions where tenant_id = ${tx.tenantId} and cause = 'autopay-stopped' and subject_id = ${invoiceId} and closed_at is null`),
  )

const mailsTo = (clientId: string) =>
  withTenant(tenantId, (tx) =>
    tx.rows<{ kind: string; subject: string; body: string }>(sql`
      select kind, subject, text as body from messages where tenant_id = ${tx.tenantId} and client_id = ${clientId} order by id`),
  )

test('turned on in two tabs at once it is on once, with the words that were agreed to', async () => {
  const one = await payer()
  expect(await Promise.all([turnOn(one, 50_000n), turnOn(one, 50_000n)])).toEqual([{ ok: true }, { ok: true }])
  const kept = await withTenant(tenantId, (tx) =>
    tx.rows<{ text: string; kind: string; ip: string }>(sql`
      select text, kind, accepted_ip as ip from mandates
      where tenant_id = ${tx.tenantId} and method_id = ${one.methodId} and kind like 'autopay%'`),
  )
  expect(kept).toEqual([{ kind: 'autopay_card', ip: '203.0.113.7', text: expect.stringContaining('$500.00 or less') }])
  expect(kept[0]?.text).toContain('Visa credit, 4242')
  expect(await readAutopay(one.who, one.who.clientId)).toMatchObject({ cap: { minor: 50_000n }, sinceOn: today() })
  // Another limit is another consent: it is not passed over in silence.
  expect(await turnOn(one)).toMatchObject({ ok: false, because: 'exists' })
})

test('an invoice is announced three days before it is due, and charged once on that day, however often it is looked at', async () => {
  const one = await automatic()
  const invoiceId = await owing(one.who.clientId, 20_000n)
  await planAutopay(tenantId)
  expect(await listScheduled(one.who, one.who.clientId)).toEqual([])
  expect((await readAutopay(one.who, one.who.clientId))?.next).toMatchObject([
    { do: 'charge', runOn: addDays(today(), 5), noticeOn: addDays(today(), 2), amount: { minor: 20_000n } },
  ])
  await wind({ days: 2 })
  await Promise.all([planAutopay(tenantId), planAutopay(tenantId), planAutopay(tenantId)])
  const [set, ...others] = await listScheduled(one.who, one.who.clientId)
  expect([set, others]).toMatchObject([{ runOn: addDays(today(), 3), isAutomatic: true }, []])
  await withTenant(tenantId, (tx) => tellScheduled(tx, set?.id ?? '', set?.runOn ?? '', 'once'))
  const [notice] = await mailsTo(one.who.clientId)
  expect(notice).toMatchObject({ kind: 'payment_scheduled', subject: expect.stringContaining('$200.00') })
  expect(notice?.body).toMatch(/As you agreed/)
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([])
  await wind({ days: 3 })
  await Promise.all([runScheduled(tenantId), planAutopay(tenantId), runScheduled(tenantId)])
  await planAutopay(tenantId)
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([20_000])
  expect(await msp.balanceOf(invoiceId)).toBe(0n)
})

test('what was overdue when it was turned on is not touched', async () => {
  const one = await automatic()
  const invoiceId = await owing(one.who.clientId, 20_000n, -1)
  await planAutopay(tenantId)
  await wind({ days: 4 })
  await planAutopay(tenantId)
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([])
  expect(await waitingFor(invoiceId)).toEqual([])
})

test('above the limit, with a hold on it, or with credit beside it, a person is told, once, until the reason is gone', async () => {
  const one = await automatic(10_000n)
  const [above, held] = [await owing(one.who.clientId, 10_001n, 2), await owing(one.who.clientId, 9_000n, 2)]
  const holdId = newId()
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      insert into invoice_holds (tenant_id, id, invoice_id, amount_minor, reason, opened_by, opened_at)
      values (${tx.tenantId}, ${holdId}, ${held}, 500, 'Which laptop is this', 'contact', now())`),
  )
  for (const _ of [1, 2]) await planAutopay(tenantId)
  expect(await listScheduled(one.who, one.who.clientId)).toEqual([])
  expect(await waitingFor(above)).toEqual([{ detail: expect.stringContaining('above the limit') }])
  expect(await waitingFor(held)).toEqual([{ detail: expect.stringContaining('on hold') }])
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      update invoice_holds set closed_at = now(), closed_by = 'x', answer = 'The third one' where tenant_id = ${tx.tenantId} and id = ${holdId}`),
  )
  await planAutopay(tenantId)
  expect(await waitingFor(held)).toEqual([])
  expect(await waitingFor(above)).toHaveLength(1)
  expect(await listScheduled(one.who, one.who.clientId)).toMatchObject([{ amount: { minor: 9_000n } }])
})

test('the mail about an invoice says when it is charged by itself, and asks for a payment where it is not', async () => {
  const one = await automatic(50_000n)
  const sending = async (invoiceId: string) => {
    expect(await sendInvoice({ kind: 'system', tenantId, reason: 'new invoice' }, invoiceId)).toMatchObject({
      ok: true,
    })
    return (await mailsTo(one.who.clientId)).at(-1)
  }
  const soon = await owing(one.who.clientId, 20_000n)
  const before = await sending(soon)
  expect(before?.subject).toContain('$200.00 is paid automatically on')
  expect(before?.body).toContain('with Visa credit, 4242. There is nothing to do.')
  expect(before?.body).not.toContain('View and pay')
  await wind({ days: 2 })
  await planAutopay(tenantId)
  expect((await sendInvoiceAgain(soon))?.subject).toContain('is paid automatically on')
  const above = await sending(await owing(one.who.clientId, 50_001n))
  expect(above?.subject).toMatch(/\$500\.01 due /)
  expect(above?.body).toContain('View and pay')

  async function sendInvoiceAgain(invoiceId: string) {
    await sendInvoice({ kind: 'system', tenantId, reason: 'asked for' }, invoiceId, undefined, 'again')
    return (await mailsTo(one.who.clientId)).at(-1)
  }
})

test('a charge that is skipped from its notice is not set again', async () => {
  const one = await automatic()
  const invoiceId = await owing(one.who.clientId, 3_000n, 3)
  await planAutopay(tenantId)
  const [set] = await listScheduled(one.who, one.who.clientId)
  expect(await cancelScheduled(one.who, set?.id ?? '', 'en-US')).toMatchObject({ ok: true })
  for (const days of [1, 2]) {
    await wind({ days: days })
    await planAutopay(tenantId)
    await runScheduled(tenantId)
  }
  expect(await chargesOf(invoiceId)).toEqual([])
})

test('ended, what was announced is given up, its consent is withdrawn, and nothing more is set', async () => {
  const one = await automatic()
  const invoiceId = await owing(one.who.clientId, 3_000n, 3)
  await planAutopay(tenantId)
  expect(await removeMethod(one.who, one.methodId)).toBe(false)
  const { id = '' } = (await readAutopay(one.who, one.who.clientId)) ?? {}
  await expect(endAutopay({ ...one.who, role: 'viewer' }, id)).rejects.toThrow()
  await expect(endAutopay(await payerOf(await msp.makeClient('Mercer')), id)).rejects.toThrow()
  await Promise.all([endAutopay(one.who, id), endAutopay(one.who, id)])
  await wind({ days: 3 })
  await planAutopay(tenantId)
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([])
  expect(await readAutopay(one.who, one.who.clientId)).toBeUndefined()
  const revoked = await withTenant(tenantId, (tx) =>
    tx.rows<{ kind: string; isRevoked: boolean }>(sql`
      select kind, revoked_at is not null as is_revoked from mandates where tenant_id = ${tx.tenantId} and method_id = ${one.methodId} order by kind`),
  )
  expect(revoked).toEqual([
    { kind: 'autopay_card', isRevoked: true },
    { kind: 'card_saved', isRevoked: false },
  ])
  expect(await removeMethod(one.who, one.methodId)).toBe(true)
})

test('a card declined on the day is tried once, and everybody can see that the invoice is open', async () => {
  const one = await automatic()
  const invoiceId = await owing(one.who.clientId, 2_000n, 3)
  await planAutopay(tenantId)
  // The bank has a card that was good refuse from now on: one that is saved well and declined when charged.
  const confirmationTokenId = await tokenFor(stripe, { card: '4000000000000341' })
  await saveMethod(one.who, { setupId: newId(), confirmationTokenId, agreed: saveCard() }, where)
  const bad = (await listMethods(one.who, one.who.clientId)).find(({ id }) => id !== one.methodId)
  await withTenant(tenantId, async (tx) => {
    const row = await tx.row<{ paymentMethodId: string }>(
      sql`select payment_method_id from methods where tenant_id = ${tx.tenantId} and id = ${bad?.id}`,
    )
    await tx.run(
      sql`update methods set payment_method_id = 'pm_aside' where tenant_id = ${tx.tenantId} and id = ${bad?.id}`,
    )
    await tx.run(
      sql`update methods set payment_method_id = ${row?.paymentMethodId} where tenant_id = ${tx.tenantId} and id = ${one.methodId}`,
    )
  })
  await wind({ days: 3 })
  for (const _ of [1, 2, 3]) {
    await runScheduled(tenantId)
    await planAutopay(tenantId)
  }
  expect(await chargesOf(invoiceId)).toEqual([])
  expect(await readAutopay(one.who, one.who.clientId)).toMatchObject({ failed: { invoiceId }, next: [] })
})

test('a method that is gone is never charged: a person is told, and another method can take over with its own consent', async () => {
  const one = await automatic()
  const invoiceId = await owing(one.who.clientId, 2_000n, 3)
  await withTenant(tenantId, (tx) => endMethod(tx, one.methodId, 'stripe'))
  await planAutopay(tenantId)
  expect(await waitingFor(invoiceId)).toEqual([{ detail: expect.stringContaining('cannot be charged any more') }])
  expect(await readAutopay(one.who, one.who.clientId)).toMatchObject({ isMethodGone: true })
  expect(await turnOn(one)).toMatchObject({ ok: false, because: 'method-gone' })
})

test('with an expired card another one is offered, and takes over', async () => {
  const one = await automatic()
  await withTenant(tenantId, (tx) =>
    tx.run(
      sql`update methods set expires_on = ${addDays(today(), -1)} where tenant_id = ${tx.tenantId} and id = ${one.methodId}`,
    ),
  )
  const confirmationTokenId = await tokenFor(stripe, { card: '5555555555554444' })
  await saveMethod(one.who, { setupId: newId(), confirmationTokenId, agreed: saveCard() }, where)
  const other = (await listMethods(one.who, one.who.clientId)).find(({ id }) => id !== one.methodId)
  const attemptId = newId()
  const invoices = [{ invoiceId: await msp.makeInvoice(one.who.clientId, 1_000n) }]
  await startPayment(one.who, { orderKey: attemptId, invoices, methodId: other?.id ?? '' }, where)
  expect(await offerAutopay(one.who, { attemptId })).toMatchObject({ methodId: other?.id })
  expect(await turnOn({ ...one, attemptId })).toEqual({ ok: true })
  expect(await readAutopay(one.who, one.who.clientId)).toMatchObject({ methodId: other?.id, isMethodGone: false })
})

test('a saved card is turned on without a payment; another takes its place only where that was shown', async () => {
  const who = await payerOf(await msp.makeClient())
  for (const card of ['4242424242424242', '5555555555554444']) {
    const confirmationTokenId = await tokenFor(stripe, { card })
    await saveMethod(who, { setupId: newId(), confirmationTokenId, agreed: saveCard() }, where)
  }
  const [first, second] = (await listMethods(who, who.clientId)).map(({ id }) => id)
  const agree = (methodId = '', replaces?: string) => {
    const order = { methodId, shownOn: today(), version: versionOf('autopay_card') }
    return startAutopay(who, { ...order, ...(replaces === undefined ? {} : { replaces }) }, where)
  }
  expect(await offerAutopay(who, { methodId: first ?? '' })).toMatchObject({ methodId: first })
  expect(await agree(first)).toEqual({ ok: true })
  expect(await agree(first)).toEqual({ ok: true })
  await owing(who.clientId, 2_000n, 3)
  await planAutopay(tenantId)
  const on = await readAutopay(who, who.clientId)
  expect(on).toMatchObject({ methodId: first })
  expect(await listScheduled(who, who.clientId)).toMatchObject([{ methodId: first }])
  const offered = await offerAutopay(who, { methodId: second ?? '' })
  expect(offered?.replaces).toEqual({ id: on?.id, methodLabel: on?.methodLabel })
  expect(await agree(second)).toMatchObject({ ok: false, because: 'exists' })
  expect(await agree(second, newId())).toMatchObject({ ok: false, because: 'exists' })
  expect(await agree(second, on?.id)).toEqual({ ok: true })
  expect(await readAutopay(who, who.clientId)).toMatchObject({ methodId: second })
  // What the first had announced is given up, and announced anew.
  expect(await listScheduled(who, who.clientId)).toEqual([])
  await planAutopay(tenantId)
  expect(await listScheduled(who, who.clientId)).toMatchObject([{ methodId: second }])
})

test('a saved method is nobody else’s to turn on, nor to see offered', async () => {
  const one = await payer()
  const stranger = await payerOf(await msp.makeClient())
  const clientId = one.who.clientId
  const link: Actor = { kind: 'link', tenantId, linkId: newId(), invoiceId: await owing(clientId, 500n), clientId }
  for (const actor of [stranger, link, { ...one.who, role: 'viewer' as const }]) {
    expect(await offerAutopay(actor, { methodId: one.methodId })).toBeUndefined()
    const order = { methodId: one.methodId, shownOn: today(), version: versionOf('autopay_card') }
    expect(await startAutopay(actor, order, where)).toMatchObject({ ok: false })
  }
  expect(
    await startAutopay(
      stranger,
      { methodId: one.methodId, shownOn: today(), version: versionOf('autopay_card') },
      where,
    ),
  ).toMatchObject({ because: 'form' })
  expect(await readAutopay(one.who, clientId)).toBeUndefined()
})

test('a method that goes after the notice: nothing is charged, and the mail says so', async () => {
  const one = await automatic()
  const invoiceId = await owing(one.who.clientId, 2_000n, 3)
  await planAutopay(tenantId)
  const [set] = await listScheduled(one.who, one.who.clientId)
  await withTenant(tenantId, (tx) => endMethod(tx, one.methodId, 'stripe'))
  await wind({ days: 3 })
  await runScheduled(tenantId)
  await planAutopay(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([])
  await withTenant(tenantId, (tx) => tellScheduledEnded(tx, set?.id ?? ''))
  expect(await mailsTo(one.who.clientId)).toMatchObject([{ kind: 'payment_failed' }])
  expect(await readAutopay(one.who, one.who.clientId)).toMatchObject({ failed: { invoiceId } })
})

test('whoever holds a link can turn it on with what was saved through it, and with nothing else', async () => {
  const clientId = await msp.makeClient()
  const [invoiceId, other] = [await msp.makeInvoice(clientId, 4_000n), await msp.makeInvoice(clientId, 5_000n)]
  const link: Actor = { kind: 'link', tenantId, linkId: newId(), invoiceId, clientId }
  const attemptId = newId()
  const confirmationTokenId = await tokenFor(stripe, { card: '4242424242424242' })
  await startPayment(
    link,
    { orderKey: attemptId, invoices: [{ invoiceId }], confirmationTokenId, agreed: saveCard() },
    { ...where, origin: 'link' },
  )
  const wish = { attemptId, shownOn: today(), version: versionOf('autopay_card') }
  const stranger: Actor = { ...link, linkId: newId(), invoiceId: other }
  expect(await offerAutopay(stranger, { attemptId })).toBeUndefined()
  expect(await startAutopay(stranger, wish, where)).toMatchObject({ ok: false, because: 'method-gone' })
  expect(await offerAutopay(link, { attemptId })).toMatchObject({ methodLabel: 'Visa credit, 4242' })
  expect(await startAutopay(link, wish, where)).toEqual({ ok: true })
  expect(await offerAutopay(link, { attemptId })).toMatchObject({ live: {} })
  expect(await readAutopay(link, clientId)).toBeUndefined()
  const found = await readAutopay(await payerOf(clientId), clientId)
  await withTenant(tenantId, (tx) => tellAutopayStarted(tx, found?.id ?? ''))
  expect(await mailsTo(clientId)).toMatchObject([
    { kind: 'autopay_started', body: expect.stringContaining('without asking again') },
  ])
})

test('other words, other people and other limits turn nothing on', async () => {
  const one = await payer()
  expect(await turnOn({ ...one, who: { ...one.who, role: 'viewer' } })).toMatchObject({ because: 'not-allowed' })
  expect(await turnOn(one, 0n)).toMatchObject({ because: 'cap' })
  expect(await turnOn(one, undefined, { version: versionOf('card_saved') })).toMatchObject({ because: 'changed' })
  expect(await turnOn(one, undefined, { shownOn: addDays(today(), -2) })).toMatchObject({ because: 'changed' })
  expect(await turnOn({ ...one, who: await payerOf(await msp.makeClient('Mercer')) })).toMatchObject({
    because: 'form',
  })
  expect(await readAutopay(one.who, one.who.clientId)).toBeUndefined()
})

test('a worker that dies while it sets a payment leaves none or one, and the next sets it', async () => {
  const one = await automatic()
  const invoiceId = await owing(one.who.clientId, 6_600n, 3)
  const shared = globalThis as { [faultPoint]?: (name: string) => void }
  shared[faultPoint] = (name) => {
    if (name === 'autopay.set') throw new Error(`died at ${name}`)
  }
  await planAutopay(tenantId)
  delete shared[faultPoint]
  expect(await listScheduled(one.who, one.who.clientId)).toEqual([])
  await planAutopay(tenantId)
  expect(await listScheduled(one.who, one.who.clientId)).toHaveLength(1)
  await wind({ days: 3 })
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([6_600])
})

test('the database itself refuses what no consent covers', async () => {
  const one = await automatic(1_000n)
  const { id = '' } = (await readAutopay(one.who, one.who.clientId)) ?? {}
  const set = (minor: bigint, autopayId: string | null) =>
    withTenant(tenantId, (tx) =>
      tx.run(sql`
        insert into scheduled_payments (tenant_id, id, client_id, method_id, state, origin, autopay_id, run_on, amount_minor, currency, locale, created_by, created_at, state_at)
        values (${tx.tenantId}, ${newId()}, ${one.who.clientId}, ${one.methodId}, 'scheduled', 'autopay', ${autopayId}, '2026-12-01', ${minor}, 'USD', 'en-US', 'system', now(), now())`),
    )
  await expect(set(1_001n, id)).rejects.toThrow(/not covered/)
  await expect(set(1_000n, null)).rejects.toThrow(/scheduled_payments_of_autopay/)
  await expect(
    withTenant(tenantId, (tx) =>
      tx.run(sql`update autopays set cap_minor = 9 where tenant_id = ${tx.tenantId} and id = ${id}`),
    ),
  ).rejects.toThrow(/append-only/)
  await endAutopay(one.who, id)
  await expect(set(1_000n, id)).rejects.toThrow(/not covered/)
})
