import { expect, test } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import { createStatementLink, openPayLink } from '@/lib/access/pay-link'
import { addDays } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { tokenFor } from '../../e2e/support/msp.ts'
import { type Contact, startPayStage } from '../../e2e/support/pay-stage.ts'
import { removeMethod } from './change-method'
import { cancelScheduled, moveScheduled } from './change-scheduled'
import { consentTexts } from './consent-texts'
import { listMethods } from './list-methods'
import { getScheduled, listScheduled } from './list-scheduled'
import { readOffer } from './payable-invoices'
import { refreshSetup } from './refresh-setup'
import { runScheduled } from './run-scheduled'
import { saveMethod } from './save-method'
import { schedulePayment } from './schedule-payment'
import { startPayment } from './start-payment'
import { sweepPayments } from './sweep-payments'

const { stripe, msp, tenantId, follow, today, wind, payerOf, chargesOf } = await startPayStage()
const where = { ip: '203.0.113.7', userAgent: 'Firefox', locale: 'en-US', origin: 'portal' } as const
const faultPoint = Symbol.for('closeloop.fault-point')

type Payer = { who: Contact; methodId: string }

async function payer(method: Parameters<typeof tokenFor>[1] = { card: '4242424242424242' }): Promise<Payer> {
  const clientId = await msp.makeClient()
  const who = await payerOf(clientId)
  const isCard = 'card' in method
  const version =
    consentTexts.find(({ kind }) => kind === (isCard ? 'card_saved' : 'bank_saved_business'))?.version ?? ''
  const save = isCard
    ? { type: 'card', version }
    : { type: 'us_bank_account', accountKind: 'business' as const, version }
  const asked = await saveMethod(
    who,
    { setupId: newId(), confirmationTokenId: await tokenFor(stripe, method), agreed: { shownOn: today(), save } },
    where,
  )
  if (asked.ok && asked.clientSecret !== undefined) {
    await stripe.control('POST', `challenge/${asked.clientSecret.split('_secret_')[0]}/approve`)
    await refreshSetup(who, asked.setupId, 'en-US')
  }
  const [saved] = await listMethods(who, clientId)
  return { who, methodId: saved?.id ?? '' }
}

/** An open invoice, due in two weeks. */
async function owing(clientId: string, minor: bigint): Promise<string> {
  const id = await msp.makeInvoice(clientId, minor)
  await withTenant(tenantId, (tx) =>
    tx.run(sql`update invoices set due_on = ${addDays(today(), 14)} where tenant_id = ${tx.tenantId} and id = ${id}`),
  )
  return id
}

async function set({ who, methodId }: Payer, amounts: [string, bigint][], inDays = 3, scheduleId = newId()) {
  const invoices = amounts.map(([invoiceId, amountMinor]) => ({ invoiceId, amountMinor }))
  const order = { scheduleId, methodId, runOn: addDays(today(), inDays), invoices }
  return { scheduleId, answer: await schedulePayment(who, order, 'en-US') }
}

const pay = async (who: Actor, invoiceId: string, replacesScheduled = false) =>
  startPayment(
    who,
    {
      orderKey: newId(),
      invoices: [{ invoiceId }],
      confirmationTokenId: await tokenFor(stripe, { card: '5555555555554444' }),
      ...(replacesScheduled ? { replacesScheduled } : {}),
    },
    where,
  )

const attemptsOn = (invoiceId: string) =>
  withTenant(tenantId, (tx) =>
    tx.rows<{ state: string; origin: string; failureCode: string }>(sql`
      select a.state, a.origin, a.failure_code from attempts a
      join allocations l on l.tenant_id = a.tenant_id and l.attempt_id = a.id
      where a.tenant_id = ${tx.tenantId} and l.invoice_id = ${invoiceId}`),
  )

test('a payment set for a date charges nothing before it, and once when it has come, however often it is looked at', async () => {
  const one = await payer()
  const invoiceId = await owing(one.who.clientId, 20_000n)
  const { scheduleId, answer } = await set(one, [[invoiceId, 20_000n]])
  expect(answer).toMatchObject({ ok: true })
  await runScheduled(tenantId)
  await wind({ days: 2 })
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([])
  await wind({ days: 1 })
  await Promise.all([runScheduled(tenantId), runScheduled(tenantId), runScheduled(tenantId)])
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([20_000])
  expect(await msp.balanceOf(invoiceId)).toBe(0n)
  expect(await getScheduled(one.who, scheduleId)).toMatchObject({ state: 'started' })
})

test('days that were missed are caught up with one charge', async () => {
  const one = await payer({ bank: '000123456789' })
  const invoiceId = await owing(one.who.clientId, 7_000n)
  await set(one, [[invoiceId, 7_000n]], 2)
  await wind({ days: 9 })
  await runScheduled(tenantId)
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([7_000])
})

test('what is owed then is charged, and never more than was agreed to', async () => {
  const one = await payer()
  const [less, more, paid] = [
    await owing(one.who.clientId, 10_000n),
    await owing(one.who.clientId, 10_000n),
    await owing(one.who.clientId, 10_000n),
  ]
  await set(one, [
    [less, 10_000n],
    [more, 10_000n],
    [paid, 10_000n],
  ])
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`update invoices set total_minor = 6000 where tenant_id = ${tx.tenantId} and id = ${less}`)
    await tx.run(sql`update invoices set total_minor = 99000 where tenant_id = ${tx.tenantId} and id = ${more}`)
    await tx.run(sql`update invoices set total_minor = 0 where tenant_id = ${tx.tenantId} and id = ${paid}`)
  })
  await wind({ days: 3 })
  await runScheduled(tenantId)
  expect(await chargesOf(more)).toEqual([16_000])
  expect(await chargesOf(paid)).toEqual([])
})

test('paid meanwhile it ends as not needed, and charges nothing', async () => {
  const one = await payer()
  const invoiceId = await owing(one.who.clientId, 5_000n)
  const { scheduleId } = await set(one, [[invoiceId, 5_000n]])
  await withTenant(tenantId, (tx) =>
    tx.run(sql`update invoices set total_minor = 0 where tenant_id = ${tx.tenantId} and id = ${invoiceId}`),
  )
  await wind({ days: 3 })
  await runScheduled(tenantId)
  expect(await getScheduled(one.who, scheduleId)).toMatchObject({ state: 'not_needed', endedReason: 'paid' })
  expect(await chargesOf(invoiceId)).toEqual([])
})

test('what is set for a date is not paid beside it: only in its place', async () => {
  const one = await payer()
  const [first, second] = [await owing(one.who.clientId, 5_000n), await owing(one.who.clientId, 6_000n)]
  const { scheduleId } = await set(one, [
    [first, 5_000n],
    [second, 6_000n],
  ])
  expect(await pay(one.who, first)).toMatchObject({ ok: false, because: 'scheduled' })
  expect((await set(one, [[first, 5_000n]])).answer).toMatchObject({ ok: false, because: 'scheduled' })
  expect(await pay(one.who, first, true)).toMatchObject({ ok: true, state: 'succeeded' })
  expect(await getScheduled(one.who, scheduleId)).toMatchObject({ state: 'scheduled', amount: { minor: 6_000n } })
  await wind({ days: 3 })
  await runScheduled(tenantId)
  expect([await chargesOf(first), await chargesOf(second)]).toEqual([[5_000], [6_000]])
})

test('fault 25: of a payment and a date set in the same instant one gives way', async () => {
  for (let round = 0; round < 6; round++) {
    const one = await payer()
    const invoiceId = await owing(one.who.clientId, 1_500n)
    await Promise.all([pay(one.who, invoiceId), set(one, [[invoiceId, 1_500n]])])
    await wind({ days: 3 })
    await runScheduled(tenantId)
    expect(await chargesOf(invoiceId)).toEqual([1_500])
  }
})

test('it can be moved and canceled until it runs, and not after', async () => {
  const one = await payer()
  const invoiceId = await owing(one.who.clientId, 5_000n)
  const { scheduleId } = await set(one, [[invoiceId, 5_000n]])
  const move = (days: number) => moveScheduled(one.who, scheduleId, addDays(today(), days), 'en-US')
  expect(await move(0)).toMatchObject({ ok: false, because: 'date' })
  expect(await move(15)).toMatchObject({ ok: false, because: 'date' })
  expect(await move(5)).toMatchObject({ ok: true })
  await wind({ days: 3 })
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([])
  expect(await cancelScheduled(one.who, scheduleId, 'en-US')).toMatchObject({ ok: true })
  await wind({ days: 3 })
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([])
  const again = await set(one, [[invoiceId, 5_000n]], 1)
  await wind({ days: 1 })
  await runScheduled(tenantId)
  expect(await cancelScheduled(one.who, again.scheduleId, 'en-US')).toMatchObject({ ok: false, because: 'gone' })
  expect(await chargesOf(invoiceId)).toEqual([5_000])
})

for (const place of [
  'schedule.opened',
  'schedule.started',
  'charge.before_call',
  'gateway.charged',
  'charge.after_call',
])
  test(`a worker that dies at ${place} leaves one charge behind, by the next and the sweeper`, async () => {
    const one = await payer()
    const invoiceId = await owing(one.who.clientId, 3_300n)
    await set(one, [[invoiceId, 3_300n]], 1)
    await wind({ days: 1 })
    const shared = globalThis as { [faultPoint]?: (name: string) => void }
    shared[faultPoint] = (name) => {
      if (name === place) throw new Error(`died at ${name}`)
    }
    await runScheduled(tenantId).catch(() => {})
    delete shared[faultPoint]
    for (const seconds of [25, 30, 180]) {
      await stripe.clock.advanceTo(new Date(stripe.clock.now().getTime() + seconds * 1000))
      follow()
      await Promise.all([sweepPayments(tenantId), runScheduled(tenantId)])
    }
    expect(await chargesOf(invoiceId)).toEqual([3_300])
    expect(await msp.balanceOf(invoiceId)).toBe(0n)
  })

test('Stripe out of reach on the day: it is tried again a little later, and charged once', async () => {
  const one = await payer()
  const invoiceId = await owing(one.who.clientId, 4_400n)
  const { scheduleId } = await set(one, [[invoiceId, 4_400n]], 1)
  await wind({ days: 1 })
  stripe.service.faults.rules = [{ kind: 'rate-limit', match: 'POST /v1/payment_intents$', times: 2 }]
  await runScheduled(tenantId)
  expect(await getScheduled(one.who, scheduleId)).toMatchObject({ state: 'scheduled', amount: { minor: 4_400n } })
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([])
  await wind({ days: 1 / 24 })
  await runScheduled(tenantId)
  expect(await chargesOf(invoiceId)).toEqual([4_400])
})

test('fault 38: a card declined on the day fails once, says so, and leaves the invoice to be paid', async () => {
  const one = await payer({ card: '4000000000000341' })
  const invoiceId = await owing(one.who.clientId, 2_000n)
  await set(one, [[invoiceId, 2_000n]], 1)
  await wind({ days: 1 })
  await runScheduled(tenantId)
  await runScheduled(tenantId)
  expect(await attemptsOn(invoiceId)).toEqual([{ state: 'failed', origin: 'schedule', failureCode: 'generic_decline' }])
  expect(await pay(one.who, invoiceId)).toMatchObject({ ok: true })
})

test('fault 37: a bank that asks for the payer on the day charges nothing, is not asked again, and the payer can pay', async () => {
  const one = await payer({ card: '4000002760003184' })
  const invoiceId = await owing(one.who.clientId, 2_000n)
  await set(one, [[invoiceId, 2_000n]], 1)
  await wind({ days: 1 })
  for (const _ of [1, 2]) await runScheduled(tenantId)
  await wind({ days: 1 })
  await runScheduled(tenantId)
  expect(await attemptsOn(invoiceId)).toEqual([
    { state: 'failed', origin: 'schedule', failureCode: 'authentication_required' },
  ])
  expect(await chargesOf(invoiceId)).toEqual([])
  expect(await pay(one.who, invoiceId)).toMatchObject({ ok: true })
})

test('fault 39: a method that is no longer good on the day charges nothing, and it is told', async () => {
  const one = await payer()
  const invoiceId = await owing(one.who.clientId, 2_000n)
  const { scheduleId } = await set(one, [[invoiceId, 2_000n]], 1)
  expect(await removeMethod(one.who, one.methodId)).toBe(false)
  await withTenant(tenantId, (tx) =>
    tx.run(sql`update methods set blocked_reason = 'x' where tenant_id = ${tx.tenantId} and id = ${one.methodId}`),
  )
  await wind({ days: 1 })
  await runScheduled(tenantId)
  expect(await getScheduled(one.who, scheduleId)).toMatchObject({ state: 'failed', endedReason: 'method-gone' })
  expect(await chargesOf(invoiceId)).toEqual([])
  expect(await pay(one.who, invoiceId)).toMatchObject({ ok: true })
})

test('dates, amounts, methods and clients that do not fit are refused, and nothing is set', async () => {
  const [one, other] = [await payer(), await payer()]
  const invoiceId = await owing(one.who.clientId, 2_000n)
  expect((await set(one, [[invoiceId, 2_000n]], 0)).answer).toMatchObject({ because: 'date' })
  expect((await set(one, [[invoiceId, 2_000n]], 15)).answer).toMatchObject({ because: 'date' })
  expect((await set(one, [[invoiceId, 2_001n]])).answer).toMatchObject({ because: 'changed' })
  expect((await set(one, [[invoiceId, 0n]])).answer).toMatchObject({ because: 'changed' })
  expect((await set({ ...one, methodId: other.methodId }, [[invoiceId, 2_000n]])).answer).toMatchObject({
    because: 'method-gone',
  })
  expect((await set(other, [[invoiceId, 2_000n]])).answer).toMatchObject({ because: 'not-allowed' })
  const viewer: Payer = { ...one, who: { ...one.who, role: 'viewer' } }
  expect((await set(viewer, [[invoiceId, 2_000n]])).answer).toMatchObject({ because: 'not-allowed' })
  expect(await listScheduled(one.who, one.who.clientId)).toEqual([])
})

test('the database itself refuses what must not be', async () => {
  const one = await payer()
  const invoiceId = await owing(one.who.clientId, 2_000n)
  const { scheduleId } = await set(one, [[invoiceId, 2_000n]])
  const run = (statement: ReturnType<typeof sql>) => withTenant(tenantId, (tx) => tx.run(statement))
  const at = sql`where tenant_id = ${tenantId} and id = ${scheduleId}`
  await expect(run(sql`update scheduled_payments set amount_minor = 9 ${at}`)).rejects.toThrow(/never changed/)
  await cancelScheduled(one.who, scheduleId, 'en-US')
  await expect(run(sql`update scheduled_payments set state = 'scheduled', ended_reason = null ${at}`)).rejects.toThrow(
    /does not go/,
  )
  await expect(run(sql`update scheduled_payments set run_on = '2030-01-01' ${at}`)).rejects.toThrow(/not moved/)
})

test('what is set for a date is listed behind the link of a statement, and not chosen', async () => {
  const paying = await payer()
  const { clientId } = paying.who
  const [planned, open] = [await owing(clientId, 10_000n), await owing(clientId, 20_000n)]
  await set(paying, [[planned, 10_000n]])
  const token = await withTenant(tenantId, (tx) => createStatementLink(tx, { clientId, sentTo: null }))
  const link = await openPayLink('larkfield', token)
  if (!link.ok || link.of !== 'statement') throw new Error('the link does not open')
  expect(link.actor.invoiceIds.toSorted()).toEqual([planned, open].toSorted())
  expect((await readOffer(link.actor, undefined)).invoices.map(({ invoice }) => invoice.id)).toEqual([open])
})
