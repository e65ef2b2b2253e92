import { expect, test } from 'vitest'
import { addDays } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { tellAutopayStarted } from '@/lib/collections/tell-autopay'
import { tellScheduled } from '@/lib/collections/tell-scheduled'
import { listMethods } from '@/lib/payments/list-methods'
import { listScheduled } from '@/lib/payments/list-scheduled'
import { refreshSetup } from '@/lib/payments/refresh-setup'
import { runScheduled } from '@/lib/payments/run-scheduled'
import { saveMethod } from '@/lib/payments/save-method'
import { sweepPayments } from '@/lib/payments/sweep-payments'
import { agreeToPad } from '../../e2e/support/msp.ts'
import { type Contact, startPayStage, versionOf } from '../../e2e/support/pay-stage.ts'
import { endAutopay } from './end-autopay'
import { planAutopay } from './plan-autopay'
import { readAutopay } from './read-autopay'
import { startAutopay } from './start-autopay'

const { stripe, msp, tenantId, today, wind, payerOf, invoiceDue } = await startPayStage()
const where = { ip: '203.0.113.7', userAgent: 'Firefox', locale: 'fr-CA', origin: 'portal' } as const

async function windAndSweep(days: number): Promise<void> {
  await wind({ days })
  await sweepPayments(tenantId)
}

/** Somebody whose Canadian account is kept. */
async function payer(): Promise<{ who: Contact; methodId: string }> {
  const clientId = await msp.makeClient('Ateliers Beaupré inc.', 'CAD')
  const who = await payerOf(clientId)
  const setupId = newId()
  const agreed = { shownOn: today(), save: { version: versionOf('pad_saved'), type: 'acss_debit' } }
  const asked = await saveMethod(who, { setupId, debit: 'acss_debit', agreed }, where)
  await agreeToPad(stripe, asked.ok ? (asked.clientSecret ?? '') : '')
  await refreshSetup(who, setupId, 'fr-CA')
  const [method] = await listMethods(who, clientId)
  return { who, methodId: method?.id ?? '' }
}

async function automatic(kind: 'autopay_pad' | 'autopay_pad_short') {
  const one = await payer()
  const wish = { methodId: one.methodId, shownOn: today(), version: versionOf(kind) }
  expect(await startAutopay(one.who, wish, where)).toEqual({ ok: true })
  return one
}

/** What Stripe was asked to debit, by any of a client's attempts. */
async function debitsOf(clientId: string) {
  const attempts = await withTenant(tenantId, (tx) =>
    tx.rows<{ id: string }>(sql`select id from attempts where tenant_id = ${tx.tenantId} and client_id = ${clientId}`),
  )
  const ids = new Set(attempts.map(({ id }) => id))
  const { data } = await stripe.stripe.paymentIntents.list({ limit: 100, expand: ['data.latest_charge'] })
  return data.filter(({ metadata }) => ids.has(metadata.attempt_id ?? ''))
}

const mailsTo = (clientId: string) =>
  withTenant(tenantId, (tx) =>
    tx.rows<{ kind: string; subject: string; body: string }>(sql`
      select kind, subject, text as body from messages where tenant_id = ${tx.tenantId} and client_id = ${clientId} order by id`),
  )

test('an agreement’s debit is announced ten days before, and made on the due date under the mandate that stands', async () => {
  const { who } = await automatic('autopay_pad')
  const { clientId } = who
  const invoiceId = await invoiceDue(clientId, 128_450n, 12)
  await planAutopay(tenantId)
  expect(await listScheduled(who, clientId)).toEqual([])
  expect(await readAutopay(who, clientId)).toMatchObject({
    ...{ noticeDays: 10, methodType: 'acss_debit' },
    next: [{ do: 'charge', noticeOn: addDays(today(), 2), runOn: addDays(today(), 12) }],
  })
  await windAndSweep(2)
  await planAutopay(tenantId)
  const [set, ...others] = await listScheduled(who, clientId)
  expect([set, others]).toMatchObject([{ runOn: addDays(today(), 10), isAutomatic: true }, []])
  await withTenant(tenantId, (tx) => tellScheduled(tx, set?.id ?? '', set?.runOn ?? '', 'once'))
  const [notice] = await mailsTo(clientId)
  expect(notice?.kind).toBe('payment_scheduled')
  expect(notice?.subject).toMatch(/débite 1\s284,50\s\$/)
  await windAndSweep(9)
  await runScheduled(tenantId)
  expect(await debitsOf(clientId)).toEqual([])
  await windAndSweep(1)
  await Promise.all([runScheduled(tenantId), planAutopay(tenantId), runScheduled(tenantId)])
  const saved = await withTenant(tenantId, (tx) =>
    tx.row<{ mandateId: string }>(sql`
      select mandate_id from mandates where tenant_id = ${tx.tenantId} and client_id = ${clientId} and kind = 'pad_saved'`),
  )
  expect(await debitsOf(clientId)).toMatchObject([
    {
      ...{ status: 'processing', amount: 128_450, currency: 'cad' },
      latest_charge: { payment_method_details: { acss_debit: { mandate: saved?.mandateId } } },
    },
  ])
  await windAndSweep(9)
  expect(await msp.balanceOf(invoiceId)).toBe(0n)
})

test('where the notice comes late the debit does too; fewer days are promised only to whoever agreed to fewer', async () => {
  const [whole, short] = [await automatic('autopay_pad'), await automatic('autopay_pad_short')]
  for (const { who } of [whole, short]) await invoiceDue(who.clientId, 20_000n, 4)
  expect((await readAutopay(short.who, short.who.clientId))?.noticeDays).toBe(3)
  await planAutopay(tenantId)
  expect(await listScheduled(whole.who, whole.who.clientId)).toMatchObject([{ runOn: addDays(today(), 10) }])
  expect(await listScheduled(short.who, short.who.clientId)).toEqual([])
  await windAndSweep(1)
  await planAutopay(tenantId)
  expect(await listScheduled(short.who, short.who.clientId)).toMatchObject([{ runOn: addDays(today(), 3) }])
})

test('its words are kept and mailed whole, the reduced notice among them; ended, nothing more is debited', async () => {
  const { who } = await automatic('autopay_pad_short')
  const { clientId } = who
  const autopay = await readAutopay(who, clientId)
  await withTenant(tenantId, (tx) => tellAutopayStarted(tx, autopay?.id ?? ''))
  const mandate = await withTenant(tenantId, (tx) =>
    tx.row<{ text: string; accountKind: string }>(sql`
      select text, account_kind from mandates
      where tenant_id = ${tx.tenantId} and client_id = ${clientId} and kind = 'autopay_pad_short'`),
  )
  expect(mandate).toMatchObject({ accountKind: 'business', text: expect.stringContaining('EST RÉDUIT') })
  const [mail] = await mailsTo(clientId)
  expect(mail?.body.replaceAll(/\s+/g, ' ')).toContain(mandate?.text.replaceAll(/\s+/g, ' '))
  await invoiceDue(clientId, 20_000n, 2)
  await planAutopay(tenantId)
  expect(await listScheduled(who, clientId)).toHaveLength(1)
  await endAutopay(who, autopay?.id ?? '')
  await windAndSweep(4)
  await planAutopay(tenantId)
  await runScheduled(tenantId)
  expect(await debitsOf(clientId)).toEqual([])
})

test('the words of another kind of account turn nothing on', async () => {
  const { who, methodId } = await payer()
  for (const kind of ['autopay_bank_business', 'autopay_card', 'pad_saved'])
    expect(await startAutopay(who, { methodId, shownOn: today(), version: versionOf(kind) }, where)).toMatchObject({
      because: 'changed',
    })
  expect(await readAutopay(who, who.clientId)).toBeUndefined()
})
