import { beforeAll, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { listWordedMails, listWordings, readWording, saveWording } from './keep-wording'
import { ourWording } from './our-wording'
import { sendInvoice } from './send-invoice'
import { sendSample } from './send-sample'

let [larkfield, boreal] = [] as unknown as [TestMsp, TestMsp]
beforeAll(async () => {
  larkfield = await makeMsp('larkfield')
  boreal = await makeMsp('boreal')
})

const staffOf = ({ tenantId, staffId }: TestMsp, role: 'finance' | 'viewer' = 'finance') =>
  ({ kind: 'staff', tenantId, staffId, role }) as const
const words = { subject: 'Bill {invoice}', opening: 'Here you are, {client}.', closing: 'See you.' }
const english = { kind: 'pay_now', locale: 'en-US' } as const
const save = (msp: TestMsp, typed: typeof words, basedOn: number, role: 'finance' | 'viewer' = 'finance') =>
  withTenant(msp.tenantId, (tx) => saveWording(tx, staffOf(msp, role), { ...english, typed, basedOn }))

test('words hold for the MSP that said them, in the language it said them, from the next mail on', async () => {
  const clientId = await larkfield.makeClient()
  const [before, after] = [await larkfield.makeInvoice(clientId, 100n), await larkfield.makeInvoice(clientId, 200n)]
  const system = { kind: 'system', tenantId: larkfield.tenantId, reason: 'test' } as const
  await sendInvoice(system, before)
  expect(await save(larkfield, words, 0)).toEqual({ ok: true, version: 1 })
  await sendInvoice(system, after)
  const mails = await withTenant(larkfield.tenantId, (tx) =>
    tx.rows<{ subject: string; text: string }>(
      sql`select subject, text from messages where tenant_id = ${tx.tenantId} and kind = 'pay_now' order by created_at, id`,
    ),
  )
  expect(mails[0]?.subject).toMatch(/^Invoice /)
  expect(mails[1]?.subject).toMatch(/^Bill /)
  expect(mails[1]?.text).toContain('See you.')
  const [french, theirs] = [
    await withTenant(larkfield.tenantId, (tx) => readWording(tx, 'pay_now', 'fr-CA')),
    await withTenant(boreal.tenantId, (tx) => readWording(tx, 'pay_now', 'en-US')),
  ]
  expect([french, theirs]).toEqual([undefined, undefined])
})

test('every version stays; what did not change is no version; ours come back', async () => {
  expect(await save(larkfield, words, 1)).toEqual({ ok: true, version: 1 })
  expect(await save(larkfield, { ...words, closing: '' }, 1)).toEqual({ ok: true, version: 2 })
  expect(await save(larkfield, ourWording('pay_now', 'en-US'), 2)).toEqual({ ok: true, version: 3 })
  const kept = await withTenant(larkfield.tenantId, (tx) => listWordings(tx, 'pay_now', 'en-US'))
  expect(kept.map(({ version, subject, closing }) => ({ version, subject, closing }))).toEqual([
    { version: 3, subject: null, closing: null },
    { version: 2, subject: 'Bill {invoice}', closing: null },
    { version: 1, subject: 'Bill {invoice}', closing: 'See you.' },
  ])
  expect(await withTenant(larkfield.tenantId, listWordedMails)).toMatchObject([{ ...english, isOwn: false }])
  await expect(
    withTenant(larkfield.tenantId, (tx) =>
      tx.run(sql`update mail_wordings set subject = 'x' where tenant_id = ${tx.tenantId}`),
    ),
  ).rejects.toThrow()
  const trail = await withTenant(larkfield.tenantId, (tx) =>
    tx.rows<{ detail: object }>(
      sql`select detail from audit_entries where tenant_id = ${tx.tenantId} and action = 'mail_words.saved' order by at, id`,
    ),
  )
  expect(trail).toHaveLength(3)
  expect(trail[1]?.detail).toMatchObject({ before: { closing: 'See you.' }, after: { closing: null } })
})

test('of two who change the same words one is told, and a viewer changes nothing', async () => {
  const at = await Promise.all([save(boreal, words, 0), save(boreal, { ...words, closing: 'Other.' }, 0)])
  expect(at.map((one) => (one.ok ? 'saved' : one.because)).sort()).toEqual(['changed-meanwhile', 'saved'])
  expect(await save(boreal, { ...words, closing: 'Third.' }, 1, 'viewer')).toEqual({
    ok: false,
    because: 'not-allowed',
  })
  expect(await save(boreal, { ...words, subject: '' }, 1)).toMatchObject({
    ok: false,
    problems: { subject: expect.any(String) },
  })
})

test('a sample goes to whoever typed it, and to nobody else', async () => {
  const typed = { ...words, opening: 'Bonjour, {client}.' }
  const sent = await withTenant(boreal.tenantId, (tx) =>
    sendSample(tx, staffOf(boreal), { kind: 'pay_now', locale: 'fr-CA', typed }),
  )
  const [me, mails] = await withTenant(boreal.tenantId, async (tx) => [
    await tx.row<{ email: string }>(
      sql`select email from staff where tenant_id = ${tx.tenantId} and id = ${boreal.staffId}`,
    ),
    await tx.rows<{ toEmail: string; subject: string; text: string }>(
      sql`select to_email, subject, text from messages where tenant_id = ${tx.tenantId} and kind = 'sample'`,
    ),
  ])
  expect(sent).toEqual({ ok: true, to: me?.email })
  expect(mails).toMatchObject([{ toEmail: me?.email, subject: 'Exemple : Bill 10001' }])
  expect(mails[0]?.text).toContain('Bonjour, Clinique Exemple.')
  expect(
    await withTenant(boreal.tenantId, (tx) => sendSample(tx, staffOf(boreal, 'viewer'), { ...english, typed: words })),
  ).toEqual({ ok: false, because: 'not-allowed' })
})
