import { expect, test } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import { addDays, type PlainDate } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { chargesAtStripe, tokenFor } from '../../e2e/support/msp.ts'
import { type Contact, startPayStage } from '../../e2e/support/pay-stage.ts'
import { consentTexts } from './consent-texts'
import { listMethods } from './list-methods'
import { getScheduled, listScheduled } from './list-scheduled'
import { verifySetup } from './refresh-setup'
import { refreshTypedSchedule, scheduleWithTyped } from './schedule-with-typed'
import { startPayment } from './start-payment'
import { sweepSetups } from './sweep-setups'

const { stripe, msp, tenantId, today, wind } = await startPayStage()
const where = { ip: '203.0.113.7', userAgent: 'Firefox', locale: 'en-US', origin: 'portal' } as const
const faultPoint = Symbol.for('closeloop.fault-point')

/** Somebody who owes this, due in two weeks. */
async function debtor(minor = 20_000n): Promise<{ who: Contact; invoiceId: string }> {
  const clientId = await msp.makeClient()
  const invoiceId = await msp.makeInvoice(clientId, minor)
  const row = await withTenant(tenantId, async (tx) => {
    await tx.run(
      sql`update invoices set due_on = ${addDays(today(), 14)} where tenant_id = ${tx.tenantId} and id = ${invoiceId}`,
    )
    return tx.row<{ id: string }>(
      sql`select id from contacts where tenant_id = ${tx.tenantId} and client_id = ${clientId}`,
    )
  })
  return { who: { kind: 'contact', tenantId, contactId: row?.id ?? '', clientId, role: 'payer' }, invoiceId }
}

type Press = { setupId?: string; runOn?: PlainDate; minor?: bigint }

async function press(
  who: Actor,
  invoiceId: string,
  method: Parameters<typeof tokenFor>[1],
  { setupId = newId(), runOn = addDays(today(), 3), minor = 20_000n }: Press = {},
) {
  const kind = 'card' in method ? 'card_saved' : 'bank_saved_business'
  const version = consentTexts.find((one) => one.kind === kind)?.version ?? ''
  const save =
    'card' in method
      ? { type: 'card', version }
      : { type: 'us_bank_account', accountKind: 'business' as const, version }
  return scheduleWithTyped(
    who,
    {
      ...{ setupId, confirmationTokenId: await tokenFor(stripe, method), agreed: { shownOn: today(), save } },
      schedule: { runOn, receiptEmail: 'dana@hadleymoss.example', invoices: [{ invoiceId, amountMinor: minor }] },
    },
    where,
  )
}

async function approve(clientSecret: string): Promise<void> {
  await stripe.control('POST', `challenge/${clientSecret.split('_secret_')[0]}/approve`)
}

const setFor = (who: Contact) => listScheduled(who, who.clientId)
const savedBy = (who: Contact) => listMethods(who, who.clientId)
const refusalsTold = async (setupId: string) => {
  const told = await withTenant(tenantId, (tx) =>
    tx.rows(sql`
      select 1 from events where tenant_id = ${tx.tenantId} and kind = 'schedule.refused' and payload ->> 'setupId' = ${setupId}`),
  )
  return told.length
}
const chargedNow = async () => (await chargesAtStripe(stripe)).length

for (const method of [{ card: '4242424242424242' }, { bank: '000123456789' }] as const)
  test(`one press saves a ${Object.keys(method)[0]} with its consent and sets the payment; nothing is charged`, async () => {
    const { who, invoiceId } = await debtor()
    const came = await press(who, invoiceId, method)
    if (!came.ok || came.state !== 'set') throw new Error('not set')
    const [saved] = await savedBy(who)
    expect(await getScheduled(who, came.scheduleId)).toMatchObject({
      ...{ state: 'scheduled', methodId: saved?.id, runOn: addDays(today(), 3) },
      amount: { minor: 20_000n },
    })
    const mandates = await withTenant(tenantId, (tx) =>
      tx.rows(sql`select 1 from mandates where tenant_id = ${tx.tenantId} and method_id = ${saved?.id ?? ''}`),
    )
    expect(mandates).toHaveLength(1)
    expect(await chargedNow()).toBe(0)
  })

test('the same press twice, at once and later, saves and sets once', async () => {
  const { who, invoiceId } = await debtor()
  const setupId = newId()
  await Promise.allSettled([
    press(who, invoiceId, { card: '4242424242424242' }, { setupId }),
    press(who, invoiceId, { card: '4242424242424242' }, { setupId }),
  ])
  expect(await press(who, invoiceId, { card: '4242424242424242' }, { setupId })).toMatchObject({ state: 'set' })
  expect(await setFor(who)).toHaveLength(1)
  expect(await savedBy(who)).toHaveLength(1)
})

test('a bank’s check comes first: nothing is set before it is passed, and then once, whoever hears of it', async () => {
  const { who, invoiceId } = await debtor()
  const asked = await press(who, invoiceId, { card: '4000002760003184' })
  if (!asked.ok || asked.state !== 'requires_action') throw new Error('no check to pass')
  expect(await setFor(who)).toEqual([])
  expect(await refreshTypedSchedule(who, asked.setupId, 'en-US')).toMatchObject({ ok: false, because: 'check' })
  await approve(asked.clientSecret)
  await wind({ minutes: 3 })
  await Promise.all([sweepSetups(tenantId), refreshTypedSchedule(who, asked.setupId, 'en-US')])
  expect(await refreshTypedSchedule(who, asked.setupId, 'en-US')).toMatchObject({ state: 'set' })
  expect(await setFor(who)).toHaveLength(1)
  expect(await chargedNow()).toBe(0)
})

test('a card its bank declines is neither saved nor set', async () => {
  const { who, invoiceId } = await debtor()
  expect(await press(who, invoiceId, { card: '4000000000000002' })).toMatchObject({ ok: false, because: 'not-saved' })
  expect(await setFor(who)).toEqual([])
  expect(await savedBy(who)).toEqual([])
})

for (const at of ['setup.opened', 'method.saved', 'schedule.set'])
  test(`a process that dies at ${at} leaves nothing half: it is set by whoever comes next, or not at all`, async () => {
    const { who, invoiceId } = await debtor()
    const setupId = newId()
    const points = globalThis as { [faultPoint]?: (name: string) => void }
    points[faultPoint] = (name) => {
      if (name === at) throw new Error('killed')
    }
    await expect(press(who, invoiceId, { card: '4242424242424242' }, { setupId })).rejects.toThrow('killed')
    delete points[faultPoint]
    expect(await savedBy(who)).toEqual([])
    expect(await setFor(who)).toEqual([])
    for (const minutes of [3, 20]) {
      await wind({ minutes: minutes })
      await sweepSetups(tenantId)
    }
    const hasArrived = at === 'setup.opened' ? 0 : 1
    expect(await savedBy(who)).toHaveLength(hasArrived)
    expect(await setFor(who)).toHaveLength(hasArrived)
    expect(await chargedNow()).toBe(0)
  })

test('what changed while the bank checked is not set over: the card is saved, and why nothing is set is said', async () => {
  const { who, invoiceId } = await debtor()
  const asked = await press(who, invoiceId, { card: '4000002760003184' })
  const other = await press(who, invoiceId, { card: '4242424242424242' })
  expect(other).toMatchObject({ state: 'set' })
  if (!asked.ok || asked.state !== 'requires_action') throw new Error('no check to pass')
  await approve(asked.clientSecret)
  const came = await refreshTypedSchedule(who, asked.setupId, 'en-US')
  expect(came).toMatchObject({ ok: false, because: 'scheduled' })
  expect(came.ok ? '' : came.reason).toMatch(/^What you typed is saved.+already set for a date/)
  expect(await setFor(who)).toHaveLength(1)
  expect(await savedBy(who)).toHaveLength(2)
  expect(await refusalsTold(asked.setupId)).toBe(0)
})

for (const days of [2, 4])
  test(`small deposits confirmed after ${days} days for a date in 3 set ${days < 3 ? 'it' : 'nothing any more'}`, async () => {
    const { who, invoiceId } = await debtor()
    const setupId = newId()
    const bank = { bank: '000123456789', verification: 'microdeposits' } as const
    expect(await press(who, invoiceId, bank, { setupId })).toMatchObject({ ok: false, because: 'deposits' })
    expect(await setFor(who)).toEqual([])
    await wind({ minutes: days * 24 * 60 })
    expect(await verifySetup(who, setupId, { descriptorCode: 'SM11AA' }, 'en-US')).toMatchObject({ state: 'saved' })
    expect(await setFor(who)).toHaveLength(days < 3 ? 1 : 0)
    expect(await refreshTypedSchedule(who, setupId, 'en-US')).toMatchObject({ ok: days < 3 })
    // Whoever waits for days is not before the page any more.
    expect(await refusalsTold(setupId)).toBe(days < 3 ? 0 : 1)
  })

test('what cannot be set is refused before anything is saved', async () => {
  const { who, invoiceId } = await debtor()
  const card = { card: '4242424242424242' }
  expect(await press(who, invoiceId, card, { runOn: addDays(today(), 15) })).toMatchObject({ because: 'date' })
  expect(await press(who, invoiceId, card, { minor: 20_001n })).toMatchObject({ because: 'changed' })
  const stranger = await debtor()
  expect(await press(stranger.who, invoiceId, card)).toMatchObject({ because: 'not-allowed' })
  const { clientId } = who
  const others: Actor[] = [
    { ...who, role: 'viewer' },
    { kind: 'link', tenantId, linkId: newId(), invoiceId, clientId },
    { kind: 'checkout', tenantId, sessionId: newId(), clientId, scope: { kind: 'method' } },
  ]
  for (const actor of others)
    expect(await press(actor, invoiceId, card)).toMatchObject({ ok: false, because: 'not-allowed' })
  const setups = await withTenant(tenantId, (tx) =>
    tx.rows(
      sql`select 1 from setups where tenant_id = ${tx.tenantId} and client_id = any(${[clientId, stranger.who.clientId]}::uuid[])`,
    ),
  )
  expect(setups).toEqual([])
})

test('a payment placed while it is being set and the setting exclude each other', async () => {
  const { who, invoiceId } = await debtor()
  const [paid, set] = await Promise.all([
    startPayment(
      who,
      {
        ...{ orderKey: newId(), receiptEmail: 'dana@hadleymoss.example', invoices: [{ invoiceId }] },
        confirmationTokenId: await tokenFor(stripe, { card: '4242424242424242' }),
      },
      where,
    ),
    press(who, invoiceId, { card: '5555555555554444' }),
  ])
  expect(Number(paid.ok) + Number(set.ok)).toBe(1)
  expect(await setFor(who)).toHaveLength(set.ok ? 1 : 0)
})
