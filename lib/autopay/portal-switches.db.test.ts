import { afterAll, expect, test } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import { addDays, todayIn, windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { openHold } from '@/lib/billing/open-hold'
import { consentTexts } from '@/lib/payments/consent-texts'
import { listMethods } from '@/lib/payments/list-methods'
import { saveMethod } from '@/lib/payments/save-method'
import { schedulePayment } from '@/lib/payments/schedule-payment'
import { startPayment } from '@/lib/payments/start-payment'
import { saveTenantSettings } from '@/lib/tenancy/save-settings'
import { Settings } from '@/lib/tenancy/settings'
import { chargesAtStripe, makeMsp, tokenFor } from '../../e2e/support/msp.ts'
import { startTestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { offerAutopay } from './offer-autopay'
import { readAutopay } from './read-autopay'
import { startAutopay } from './start-autopay'

const stripe = await startTestStripe()
process.env.STRIPE_API_URL = stripe.service.url
process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
process.env.SANDBOX_CLOCK_URL = 'http://127.0.0.1:1'
windClock(stripe.clock.now().getTime() - Date.now())
afterAll(() => stripe.close())

const msp = await makeMsp('switches', stripe)
const { tenantId } = msp
const staff = { kind: 'staff', tenantId, staffId: msp.staffId, role: 'owner' } as const
const where = { ip: '203.0.113.7', userAgent: 'Firefox', locale: 'en-US', origin: 'portal' } as const
const today = () => todayIn('America/New_York')
const version = (kind: string) => consentTexts.find((one) => one.kind === kind)?.version ?? ''
const agreed = () => ({ shownOn: today(), save: { type: 'card', version: version('card_saved') } })
const card = () => tokenFor(stripe, { card: '4242424242424242' })

async function switchTo(portal: Partial<Settings['portal']>): Promise<void> {
  const settings = Settings.parse({ portal })
  await saveTenantSettings(tenantId, { kind: 'staff', id: msp.staffId }, { settings })
}

async function someone(): Promise<Extract<Actor, { kind: 'contact' }>> {
  const clientId = await msp.makeClient()
  const row = await withTenant(tenantId, (tx) =>
    tx.row<{ id: string }>(sql`select id from contacts where tenant_id = ${tx.tenantId} and client_id = ${clientId}`),
  )
  return { kind: 'contact', tenantId, contactId: row?.id ?? '', clientId, role: 'payer' }
}

async function withCard(): Promise<{ who: Extract<Actor, { kind: 'contact' }>; methodId: string }> {
  await switchTo({})
  const who = await someone()
  await saveMethod(who, { setupId: newId(), confirmationTokenId: await card(), agreed: agreed() }, where)
  const [method] = await listMethods(who, who.clientId)
  if (method === undefined) throw new Error('nothing was saved')
  return { who, methodId: method.id }
}

test('without saving a card is neither kept by itself nor along with a payment; what was saved stays and pays', async () => {
  const { who, methodId } = await withCard()
  await switchTo({ saving: false })
  const wish = { setupId: newId(), confirmationTokenId: await card(), agreed: agreed() }
  expect(await saveMethod(who, wish, where)).toMatchObject({ ok: false })
  const order = { orderKey: newId(), invoices: [{ invoiceId: await msp.makeInvoice(who.clientId, 1_000n) }] }
  const typed = { ...order, confirmationTokenId: await card(), agreed: agreed() }
  expect(await startPayment(who, typed, where)).toMatchObject({ ok: false, because: 'changed' })
  const charges = await chargesAtStripe(stripe)
  expect(charges.filter(({ metadata }) => metadata.attempt_id === order.orderKey)).toEqual([])
  expect(await listMethods(who, who.clientId)).toMatchObject([{ id: methodId }])
  const saved = { ...order, orderKey: newId(), methodId }
  expect(await startPayment(who, saved, where)).toMatchObject({ ok: true, state: 'succeeded' })
})

test('without automatic payment nobody is offered it nor turns it on; whoever has it keeps it', async () => {
  const [first, second] = [await withCard(), await withCard()]
  const turnOn = ({ who, methodId }: typeof first) =>
    startAutopay(who, { methodId, shownOn: today(), version: version('autopay_card') }, where)
  expect(await turnOn(first)).toEqual({ ok: true })
  await switchTo({ automatic: false })
  expect(await offerAutopay(second.who, { methodId: second.methodId })).toBeUndefined()
  expect(await turnOn(second)).toMatchObject({ ok: false, because: 'off' })
  expect(await readAutopay(first.who, first.who.clientId)).toMatchObject({ methodId: first.methodId })
  expect(await offerAutopay(first.who, { methodId: first.methodId })).toMatchObject({ live: {} })
})

test('without dates nothing is set for one', async () => {
  const { who, methodId } = await withCard()
  const invoiceId = await msp.makeInvoice(who.clientId, 2_000n)
  await withTenant(tenantId, (tx) =>
    tx.run(
      sql`update invoices set due_on = ${addDays(today(), 9)} where tenant_id = ${tx.tenantId} and id = ${invoiceId}`,
    ),
  )
  const order = () => ({
    ...{ scheduleId: newId(), methodId, runOn: addDays(today(), 3) },
    invoices: [{ invoiceId, amountMinor: 2_000n }],
  })
  await switchTo({ scheduling: false })
  expect(await schedulePayment(who, order(), 'en-US')).toMatchObject({ ok: false, because: 'off' })
  await switchTo({})
  expect(await schedulePayment(who, order(), 'en-US')).toMatchObject({ ok: true })
})

test('without questions clients open none, and staff put on hold what they like', async () => {
  const who = await someone()
  const invoiceId = await msp.makeInvoice(who.clientId, 3_000n)
  await switchTo({ questions: false })
  const asked = { invoiceId, reason: 'Why?', amount: '' }
  expect(await openHold(who, asked)).toEqual({ ok: false, because: 'off' })
  expect(await openHold(staff, asked)).toMatchObject({ ok: true })
})
