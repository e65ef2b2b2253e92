import { beforeEach, expect, test } from 'vitest'
import { appointContact } from '@/lib/access/appoint-contact'
import { changePersonsRole, removePerson } from '@/lib/access/people'
import type { ContactActor } from '@/lib/access/require-contact'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { type Sql, sql } from '@/lib/base/sql'
import type { NewsOf } from '@/lib/events/news'
import { makeMsp } from '../../e2e/support/msp.ts'
import { sendRoleChanged } from './send-role-changed'

const { tenantId, staffId, makeClient } = await makeMsp('larkfield')
const staff = { kind: 'staff', tenantId, staffId, role: 'finance' } as const
let clientId: string
let owner: ContactActor
let number = 0
const run = (statement: Sql) => withTenant(tenantId, (tx) => tx.run(statement))

beforeEach(async () => {
  clientId = await makeClient('Boréal Design')
  await run(sql`update contacts set gone_at = ${now()} where tenant_id = ${tenantId} and client_id = ${clientId}`)
  owner = await contact('Dana Whitfield', 'owner')
})

async function contact(name: string, role: ContactActor['role'], locale: string | null = null): Promise<ContactActor> {
  const [contactId, email] = [newId(), `p${++number}@hadley.example`]
  await run(sql`
    insert into contacts (tenant_id, id, client_id, name, email, is_billing, role, locale, locale_set_at, source_hash, source)
    values (${tenantId}, ${contactId}, ${clientId}, ${name}, ${email}, false, ${role}, ${locale}, ${locale === null ? null : now()}, '', '{}')`)
  return { kind: 'contact', tenantId, contactId, clientId, role }
}

/** What was announced about a person, first to last, as the worker hears it. */
const newsOf = (who: ContactActor) =>
  withTenant(tenantId, async (tx) => {
    const rows = await tx.rows<{ payload: NewsOf<'contact.role_changed'> }>(sql`
      select payload from events where tenant_id = ${tx.tenantId} and kind = 'contact.role_changed' and payload->>'contactId' = ${who.contactId} order by id`)
    return rows.map(({ payload }) => payload)
  })
const tell = async (who: ContactActor) => {
  for (const news of await newsOf(who)) await sendRoleChanged(tenantId, news)
}
const mailsTo = (who: ContactActor) =>
  withTenant(tenantId, async (tx) => {
    const rows = await tx.rows<{ kind: string; subject: string; text: string; locale: string }>(sql`
      select m.kind, m.subject, m.text, m.locale from messages m join contacts p on p.tenant_id = m.tenant_id and p.email = m.to_email
      where m.tenant_id = ${tx.tenantId} and p.id = ${who.contactId} order by m.id`)
    return rows.map((mail) => ({ ...mail, text: mail.text.replace(/\s+/g, ' ') }))
  })

test('made an owner by a colleague: one mail says who did it, what they may do now and how to object, in their own language', async () => {
  for (const [locale, subject, says] of [
    [
      'en-US',
      'Boréal Design: your role with Larkfield IT is now Owner',
      [
        'Dana Whitfield changed what you may do',
        'Your role was Viewer. It is now Owner',
        'Sees and pays everything, and decides who comes in.',
        'tell Dana Whitfield or write to',
      ],
    ],
    [
      'fr-CA',
      'Boréal Design : votre rôle auprès de Larkfield IT est maintenant Responsable',
      [
        'Dana Whitfield a changé ce que vous pouvez faire',
        'Votre rôle était Lecteur. Il est maintenant Responsable',
        'Voit et paie tout, et décide qui peut entrer.',
        'dites-le à Dana Whitfield ou écrivez à',
      ],
    ],
  ] as const) {
    const priya = await contact('Priya Raman', 'viewer', locale)
    expect(await changePersonsRole(owner, priya.contactId, 'owner')).toEqual({ ok: true })
    await tell(priya)
    await tell(priya)
    const mails = await mailsTo(priya)
    expect(mails).toMatchObject([{ kind: 'role_changed', subject, locale }])
    for (const words of [...says, '/m/larkfield/sign-in']) expect(mails[0]?.text).toContain(words)
  }
})

test('appointed by the MSP: the mail names its person and the MSP; let in again after being taken out, it says so', async () => {
  const tom = await contact('Tom Reed', 'viewer')
  expect(await appointContact(staff, { clientId, contactId: tom.contactId, role: 'payer' })).toEqual({ ok: true })
  await tell(tom)
  expect(await mailsTo(tom)).toMatchObject([{ subject: 'Boréal Design: your role with Larkfield IT is now Payer' }])
  expect((await mailsTo(tom))[0]?.text).toContain('Renee Okafor of Larkfield IT changed what you may do')

  const lone = await contact('Lou Hart', 'viewer')
  await removePerson(owner, lone.contactId)
  await run(sql`update contacts set gone_at = ${now()} where tenant_id = ${tenantId} and id = ${owner.contactId}`)
  expect(await appointContact(staff, { clientId, contactId: lone.contactId, role: 'viewer' })).toEqual({ ok: true })
  await tell(lone)
  expect((await mailsTo(lone))[0]?.text).toContain('lets you back into the portal')
})

test('a role that stays as it is, one that changed again, and one of somebody who is out are not told', async () => {
  const priya = await contact('Priya Raman', 'viewer')
  await changePersonsRole(owner, priya.contactId, 'viewer')
  expect(await newsOf(priya)).toEqual([])
  await changePersonsRole(owner, priya.contactId, 'payer')
  await changePersonsRole(owner, priya.contactId, 'owner')
  expect(await newsOf(priya)).toHaveLength(2)
  await tell(priya)
  expect((await mailsTo(priya)).map(({ subject }) => subject)).toEqual([
    'Boréal Design: your role with Larkfield IT is now Owner',
  ])
  const tom = await contact('Tom Reed', 'viewer')
  await changePersonsRole(owner, tom.contactId, 'payer')
  await removePerson(owner, tom.contactId)
  await tell(tom)
  expect(await mailsTo(tom)).toEqual([])
})

test('who has switched off all that may be gets it all the same', async () => {
  const priya = await contact('Priya Raman', 'viewer')
  await run(sql`
    update contacts set switched_off = array['invoice', 'on_its_way'] where tenant_id = ${tenantId} and id = ${priya.contactId}`)
  await changePersonsRole(owner, priya.contactId, 'payer')
  await tell(priya)
  expect(await mailsTo(priya)).toHaveLength(1)
})
