import { expect, test } from 'vitest'
import { todayIn } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { makeMsp } from '../../e2e/support/msp.ts'
import { chooseLanguage, chooseNotices, chooseStatement, readPreferences } from './preferences'
import { sendInvoice } from './send-invoice'
import { monthOf } from './statement-month'

const { tenantId, staffId, ...msp } = await makeMsp('preferences')

/** A client in Quebec with the one person who gets its mail. */
async function makeReader() {
  const clientId = await msp.makeClient('Boréal Design')
  const row = await withTenant(tenantId, async (tx) => {
    await tx.run(sql`update clients set locale = 'fr-CA' where tenant_id = ${tx.tenantId} and id = ${clientId}`)
    return tx.row<{ id: string; email: string }>(
      sql`select id, email from contacts where tenant_id = ${tx.tenantId} and client_id = ${clientId}`,
    )
  })
  const { id: contactId = '', email = '' } = row ?? {}
  return { email, actor: { kind: 'contact', tenantId, contactId, clientId, role: 'payer' } as const }
}
const byRule = { kind: 'system', tenantId, reason: 'new invoice' } as const
const byStaff = { kind: 'staff', tenantId, staffId, role: 'finance' } as const
const mailsTo = (to: string) =>
  withTenant(tenantId, (tx) =>
    tx.rows<{ kind: string; locale: string; subject: string }>(
      sql`select kind, locale, subject from messages where tenant_id = ${tx.tenantId} and to_email = ${to} order by id`,
    ),
  )

test('English in a client of Quebec is written down with who and when, and from then on the mail is English', async () => {
  const { actor, email } = await makeReader()
  await sendInvoice(byRule, await msp.makeInvoice(actor.clientId, 1_000n))
  await chooseLanguage(actor, 'en-US')
  await chooseLanguage(actor, 'en-US')
  await sendInvoice(byRule, await msp.makeInvoice(actor.clientId, 2_000n))
  expect((await mailsTo(email)).map(({ locale }) => locale)).toEqual(['fr-CA', 'en-US'])
  expect((await readPreferences(actor)).locale).toEqual({ is: 'en-US', setAt: expect.any(Date) })
  const trail = await withTenant(tenantId, (tx) =>
    tx.rows(sql`
      select actor_kind, actor_id, at is not null as is_dated, detail from audit_entries
      where tenant_id = ${tx.tenantId} and action = 'contact.language_chosen' and subject_id = ${actor.contactId}`),
  )
  expect(trail).toEqual([
    {
      ...{ actorKind: 'contact', actorId: actor.contactId, isDated: true },
      detail: { before: { locale: null }, after: { locale: 'en-US' } },
    },
  ])
  await chooseLanguage(actor, undefined)
  expect(await readPreferences(actor)).not.toHaveProperty('locale')
})

test('new invoices that somebody does without are not mailed by rule; a person still sends one', async () => {
  const { actor, email } = await makeReader()
  await chooseNotices(actor, ['invoice'])
  const invoiceId = await msp.makeInvoice(actor.clientId, 1_000n)
  expect(await sendInvoice(byRule, invoiceId)).toEqual({ ok: false, because: 'unwanted' })
  expect(await mailsTo(email)).toEqual([])
  expect(await sendInvoice(byStaff, invoiceId)).toEqual({ ok: true, to: email })
  await chooseNotices(actor, [])
  expect((await sendInvoice(byRule, await msp.makeInvoice(actor.clientId, 2_000n))).ok).toBe(true)
})

test('the monthly statement is off until somebody asks for it; each change is written down once', async () => {
  const { actor } = await makeReader()
  const month = async () => (await readPreferences(actor)).statementFrom
  expect(await month()).toBeUndefined()
  for (const wanted of [true, true, false, false]) {
    await chooseStatement(actor, wanted)
    expect(await month()).toEqual(wanted ? monthOf(todayIn('America/New_York')) : undefined)
  }
  const trail = await withTenant(tenantId, (tx) =>
    tx.rows(sql`
      select detail->'after' as after from audit_entries
      where tenant_id = ${tx.tenantId} and action = 'contact.statement_chosen' and subject_id = ${actor.contactId} order by at, id`),
  )
  expect(trail).toEqual([{ after: { monthlyStatement: true } }, { after: { monthlyStatement: false } }])
})

test('the database names a month by its first day', async () => {
  const { actor } = await makeReader()
  await expect(
    withTenant(tenantId, (tx) =>
      tx.run(sql`
        update contacts set statement_from = '2026-11-02' where tenant_id = ${tx.tenantId} and id = ${actor.contactId}`),
    ),
  ).rejects.toThrow('contacts_statement_from')
})

test('the database refuses to switch off what the law asks for', async () => {
  const { actor } = await makeReader()
  for (const notice of ['receipt', 'pre_debit', 'mandate', 'setback'])
    await expect(
      withTenant(tenantId, (tx) =>
        tx.run(sql`
          update contacts set switched_off = ${[notice]}::text[] where tenant_id = ${tx.tenantId} and id = ${actor.contactId}`),
      ),
    ).rejects.toThrow('contacts_switched_off')
})

test('another client’s contact, and another MSP, change nobody', async () => {
  const [mine, theirs] = [await makeReader(), await makeReader()]
  const other = await makeMsp('preferences-other')
  for (const forged of [
    { ...mine.actor, contactId: theirs.actor.contactId },
    { ...mine.actor, tenantId: other.tenantId },
    { ...mine.actor, contactId: newId() },
  ]) {
    await expect(chooseLanguage(forged, 'en-US')).rejects.toMatchObject({ kind: 'not-found' })
    await expect(chooseNotices(forged, ['invoice'])).rejects.toMatchObject({ kind: 'not-found' })
    await expect(chooseStatement(forged, true)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(readPreferences(forged)).rejects.toMatchObject({ kind: 'not-found' })
  }
  const untouched = await readPreferences(theirs.actor)
  expect(untouched).not.toHaveProperty('locale')
  expect(untouched).not.toHaveProperty('statementFrom')
})
