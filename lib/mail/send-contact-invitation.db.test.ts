import { expect, test } from 'vitest'
import { invitePerson, listPeople, removePerson } from '@/lib/access/people'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { makeMsp } from '../../e2e/support/msp.ts'
import { sendContactInvitation } from './send-contact-invitation'

const { tenantId, ...msp } = await makeMsp('invitations')

async function invite(locale: string, email: string) {
  const clientId = await msp.makeClient('Boréal Design')
  const [by = { id: '' }] = await withTenant(tenantId, async (tx) => {
    await tx.run(sql`update clients set locale = ${locale} where tenant_id = ${tx.tenantId} and id = ${clientId}`)
    await tx.run(sql`update contacts set role = 'owner' where tenant_id = ${tx.tenantId} and client_id = ${clientId}`)
    return tx.rows<{ id: string }>(
      sql`select id from contacts where tenant_id = ${tx.tenantId} and client_id = ${clientId}`,
    )
  })
  const owner = { kind: 'contact', tenantId, contactId: by.id, clientId, role: 'owner' } as const
  await invitePerson(owner, { email, name: 'Priya', role: 'payer' })
  const contactId = (await listPeople(owner)).find((one) => one.email === email)?.id ?? ''
  return { owner, contactId, news: { contactId, by: by.id, invitationId: contactId } }
}
const mailsTo = (to: string) =>
  withTenant(tenantId, (tx) =>
    tx.rows<{ subject: string; text: string; locale: string }>(
      sql`select subject, text, locale from messages where tenant_id = ${tx.tenantId} and to_email = ${to}`,
    ),
  )

test('the mail is in the client’s language, says who invites, and leads to the sign-in; twice is once', async () => {
  for (const [locale, to, subject] of [
    ['en-US', 'priya@hadley.example', 'Boréal Design: you may see the invoices of Larkfield IT'],
    ['fr-CA', 'priya@boreal.example', 'Boréal Design : vous pouvez voir les factures de Larkfield IT'],
  ] as const) {
    const { news } = await invite(locale, to)
    await sendContactInvitation(tenantId, news)
    await sendContactInvitation(tenantId, news)
    const mails = await mailsTo(to)
    expect(mails).toMatchObject([{ subject, locale }])
    expect(mails[0]?.text).toContain('/m/invitations/sign-in')
    expect(mails[0]?.text).toContain('Dana Whitfield')
  }
})

test('whoever was taken out again before the mail went gets none', async () => {
  const { owner, contactId, news } = await invite('en-US', 'tom@hadley.example')
  expect(await removePerson(owner, contactId)).toEqual({ ok: true })
  await sendContactInvitation(tenantId, news)
  expect(await mailsTo('tom@hadley.example')).toEqual([])
})
