import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ContactActor } from '@/lib/access/require-contact'
import type { StaffActor } from '@/lib/access/require-staff'
import { openSession, openSessionFor, readSession } from '@/lib/access/session'
import { askSignIn } from '@/lib/access/sign-in'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, Sql, sql } from '@/lib/base/sql'
import { deliverMessage } from '@/lib/mail/deliver-message'
import { listMandates } from '@/lib/payments/list-methods'
import { checkInvariants } from '@/lib/reports/invariants'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { SimClock } from '../../sandbox/kernel/clock.ts'
import { type MailService, startMail } from '../../sandbox/mail/start-mail.ts'
import type { World } from '../../sandbox/world/world.ts'
import { askErasure, readOwnRefusal, readOwnRequest, withdrawErasure } from './ask-erasure'
import { declineErasure } from './decline-erasure'
import { erasePerson } from './erase-person'
import { exportPersonalData } from './export-personal-data'
import { forgetExpired } from './forget-expired'
import { listErasureRequests, readErasureOutlook } from './read-erasures'

const email = 'priya@hadley.example'
let msp: TestMsp
let owner: StaffActor
let priya: ContactActor
let number = 0
let mail: MailService
beforeAll(async () => {
  const clock = new SimClock(new Date('2026-11-28T15:00:00Z'))
  const world = { msp: { timeZone: 'America/New_York' } } as unknown as World
  mail = await startMail({ clock, world, seed: 'test', port: () => 0, happened: () => undefined })
  const { host, port, user, password } = mail.smtp
  process.env.SMTP_URL = `smtp://${user}:${password}@${host}:${port}`
  process.env.MAIL_FROM = 'billing@mail.example'
  process.env.PUBLIC_URL = 'https://pay.example'
})
afterAll(() => mail.close())
beforeEach(async () => {
  number += 1
  msp = await makeMsp(`erasure-${number}`)
  owner = { kind: 'staff', tenantId: msp.tenantId, staffId: msp.staffId, role: 'owner' }
  priya = await makeContact(await msp.makeClient())
})

const run = (statement: Sql) => withTenant(msp.tenantId, (tx) => tx.run(statement))
const rows = <Row>(statement: Sql) => withTenant(msp.tenantId, (tx) => tx.rows<Row>(statement))

async function makeContact(clientId: string, address = email): Promise<ContactActor> {
  const contactId = newId()
  await run(sql`
    insert into contacts (tenant_id, id, client_id, name, email, title, is_billing, role, source_hash, source)
    values (${msp.tenantId}, ${contactId}, ${clientId}, 'Priya Raman', ${address}, 'Controller', false, 'owner', 'h', ${json({ name: 'Priya Raman' })})`)
  return { kind: 'contact', tenantId: msp.tenantId, contactId, clientId, role: 'owner' }
}
/** One of everything that names her. @returns the cookie of her session */
async function leaveTraces(): Promise<string> {
  const { tenantId, contactId, clientId } = priya
  const where = { userAgent: 'Firefox on her laptop', address: '203.0.113.7' }
  const { cookie } = await withTenant(tenantId, (tx) =>
    openSessionFor(tx, 'contact', contactId, where, { provenEmail: email }),
  )
  await askSignIn({ audience: 'contact', tenantId, email, browserToken: 'b' })
  await run(sql`
    insert into passkeys (tenant_id, id, audience, person_id, name, credential_id, public_key, counter, transports, created_at)
    values (${tenantId}, ${newId()}, 'contact', ${contactId}, 'Priya’s laptop', 'c', 'k', 0, '{}', now())`)
  await keepMail('sent')
  const [methodId, invoiceId] = [newId(), await msp.makeInvoice(clientId, 10_000n)]
  await run(sql`
    insert into methods (tenant_id, id, client_id, account, customer_id, payment_method_id, type, label, last4, created_at)
    values (${tenantId}, ${methodId}, ${clientId}, 'acct_1', 'cus_1', 'pm_1', 'card', 'Visa credit, 4242', '4242', now())`)
  await run(sql`
    insert into mandates (tenant_id, id, client_id, method_id, kind, text, text_version, language, accepted_at, accepted_ip, user_agent, given_by, given_by_id)
    values (${tenantId}, ${newId()}, ${clientId}, ${methodId}, 'card_saved', 'words', 'v', 'en-US', now(), '203.0.113.8', 'Safari', 'contact', ${contactId})`)
  await run(sql`
    insert into pay_links (tenant_id, id, token_hash, invoice_id, sent_to, created_at, expires_at)
    values (${tenantId}, ${newId()}, 't', ${invoiceId}, ${email}, now(), now())`)
  await run(sql`
    insert into pay_links (tenant_id, id, token_hash, client_id, currency, sent_to, created_at, expires_at)
    values (${tenantId}, ${newId()}, 's', ${clientId}, 'USD', ${email}, now(), now())`)
  return cookie
}
async function keepMail(state: string, to = email): Promise<void> {
  const id = newId()
  await run(sql`
    insert into messages (tenant_id, id, key, kind, to_email, locale, client_id, subject, text, html, state, created_at)
    values (${msp.tenantId}, ${id}, ${id}, 'pay_now', ${to}, 'en-US', ${priya.clientId}, 'Invoice 20418', 'Dear Priya', '<p>Dear Priya', ${state}, now())`)
}
async function deliverAll(): Promise<void> {
  const due = await rows<{ id: string }>(
    sql`select id from messages where tenant_id = ${msp.tenantId} and kind like 'erasure_%' and state <> 'sent' order by created_at, id`,
  )
  for (const { id } of due) await deliverMessage(msp.tenantId, id)
}
/** The newest mail in the mailbox. */
function delivered(): { to: string; subject: string; text: string } {
  const [message] = mail.mailbox.list()
  const to = JSON.stringify(message?.to ?? '').includes(email) ? email : 'somebody else'
  return { to, subject: message?.subject ?? '', text: message?.text ?? '' }
}
/** Every row of every table of this MSP in which a text stands; the trail, the books and proofs among them. */
async function tablesNaming(...texts: string[]): Promise<string[]> {
  const tables = await rows<{ name: string }>(sql`
    select c.relname::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`)
  const found: string[] = []
  for (const { name } of tables) {
    // A name of our own schema, which no parameter can be.
    const all = await rows<{ row: string }>(new Sql([`select row_to_json(t)::text as row from ${name} t`], []))
    if (all.some(({ row }) => texts.some((text) => row.includes(text)))) found.push(name)
  }
  return found
}
const copyOf = async (who: ContactActor) => {
  let text = ''
  for await (const chunk of exportPersonalData(who)) text += chunk
  return JSON.parse(text)
}

test('what names somebody is gone from every table but the proof of what they authorized, and so are they', async () => {
  const cookie = await leaveTraces()
  expect(await tablesNaming(email, 'Priya')).toEqual([
    'contacts',
    'messages',
    'passkeys',
    'pay_links',
    'sessions',
    'sign_ins',
  ])
  expect(await erasePerson(owner, priya.contactId)).toEqual({ ok: true })
  // One mail is still to tell her that it is done.
  expect(await tablesNaming(email, 'Priya', '203.0.113.7', 'her laptop')).toEqual(['erasures', 'messages'])
  await deliverAll()
  expect(delivered()).toMatchObject({ to: email, subject: 'Your personal data is erased' })
  expect(await tablesNaming(email, 'Priya', '203.0.113.7', 'her laptop')).toEqual(['erasures'])
  expect(await readSession('contact', cookie)).toBeUndefined()
  await askSignIn({ audience: 'contact', tenantId: msp.tenantId, email, browserToken: 'b' })
  expect(await rows(sql`select 1 from sign_ins where tenant_id = ${msp.tenantId}`)).toEqual([])
  const enter = withTenant(msp.tenantId, (tx) => openSession(tx, 'contact', priya.contactId))
  await expect(enter).rejects.toMatchObject({ kind: 'not-found' })
  expect(await listMandates(owner, priya.clientId)).toMatchObject([
    { givenByName: 'Priya Raman', acceptedIp: '203.0.113.8', text: 'words' },
  ])
  expect(await checkInvariants(msp.tenantId)).toEqual([])
  expect(await erasePerson(owner, priya.contactId)).toEqual({ ok: false, because: 'unknown' })
})

test('the name on a proof goes with the night on which the proof is no longer needed', async () => {
  await leaveTraces()
  await erasePerson(owner, priya.contactId)
  await deliverAll()
  await forgetExpired(msp.tenantId)
  expect(await tablesNaming('Priya')).toEqual(['erasures'])
  await run(
    sql`update mandates set revoked_at = now() - interval '8 years', revoked_by = 'contact' where tenant_id = ${msp.tenantId}`,
  )
  await forgetExpired(msp.tenantId)
  expect(await tablesNaming('Priya', '203.0.113.8')).toEqual([])
})

test('who waits for a receipt, a notice or a mail is erased only when that is settled', async () => {
  await keepMail('waiting')
  expect(await readErasureOutlook(owner, priya.contactId)).toMatchObject({ hold: 'mail-on-its-way' })
  expect(await erasePerson(owner, priya.contactId)).toEqual({ ok: false, because: 'mail-on-its-way' })
  await run(sql`update messages set state = 'sent' where tenant_id = ${msp.tenantId}`)
  expect(await erasePerson(owner, priya.contactId)).toEqual({ ok: true })
})

test('a request is put before staff once, can be taken back, and is closed when it is done', async () => {
  const open = () =>
    rows<{ cause: string; detail: string }>(
      sql`select cause, detail from exceptions where tenant_id = ${msp.tenantId} and closed_at is null`,
    )
  await askErasure(priya)
  await askErasure(priya)
  expect(await listErasureRequests(owner)).toMatchObject([{ contactId: priya.contactId, name: 'Priya Raman' }])
  expect(await open()).toMatchObject([{ cause: 'erasure-asked', detail: expect.not.stringContaining('Priya') }])
  await withdrawErasure(priya)
  expect([await readOwnRequest(priya), await open(), await listErasureRequests(owner)]).toEqual([undefined, [], []])
  await askErasure(priya)
  expect(await readOwnRequest(priya)).toBeInstanceOf(Date)
  expect(await erasePerson(owner, priya.contactId)).toEqual({ ok: true })
  expect([await open(), await listErasureRequests(owner)]).toEqual([[], []])
  expect(
    await rows(
      sql`select action, actor_kind from audit_entries where tenant_id = ${msp.tenantId} and action like 'erasure.%' order by id`,
    ),
  ).toEqual([
    { action: 'erasure.asked', actorKind: 'contact' },
    { action: 'erasure.withdrawn', actorKind: 'contact' },
    { action: 'erasure.asked', actorKind: 'contact' },
    { action: 'erasure.done', actorKind: 'staff' },
  ])
})

test('only an owner erases, only at the own MSP; the same address at another client stays, and is told of before', async () => {
  const elsewhere = await makeContact(await msp.makeClient('Mercer Packaging'))
  const twin = await makeContact(priya.clientId)
  const other = await makeMsp(`erasure-other-${number}`)
  const stranger = { kind: 'staff', tenantId: other.tenantId, staffId: other.staffId, role: 'owner' } as const
  expect(await erasePerson({ ...owner, role: 'finance' }, priya.contactId)).toEqual({ ok: false, because: 'not-owner' })
  expect(await erasePerson(stranger, priya.contactId)).toEqual({ ok: false, because: 'unknown' })
  await expect(readErasureOutlook(stranger, priya.contactId)).rejects.toMatchObject({ kind: 'not-found' })
  expect(await readErasureOutlook(owner, priya.contactId)).toMatchObject({
    elsewhere: ['Mercer Packaging'],
    isLastOwner: true,
  })
  await erasePerson(owner, priya.contactId)
  const left = await rows<{ id: string }>(
    sql`select id from contacts where tenant_id = ${msp.tenantId} and email = ${email}`,
  )
  expect(left.map(({ id }) => id)).toEqual([elsewhere.contactId])
  await expect(readErasureOutlook(owner, twin.contactId)).rejects.toMatchObject({ kind: 'not-found' })
})

test('the news that it is done is mailed once in her language, and holds her address for a week where nobody takes it', async () => {
  await run(
    sql`update contacts set locale = 'fr-CA', locale_set_at = now() where tenant_id = ${msp.tenantId} and id = ${priya.contactId}`,
  )
  await makeContact(priya.clientId)
  await erasePerson(owner, priya.contactId)
  const kept = () =>
    rows<{ toEmail: string; subject: string; text: string }>(
      sql`select to_email, subject, text from messages where tenant_id = ${msp.tenantId} and kind = 'erasure_done'`,
    )
  expect(await kept()).toMatchObject([{ toEmail: email, subject: 'Vos données personnelles sont effacées' }])
  await forgetExpired(msp.tenantId)
  expect(await kept()).toMatchObject([{ toEmail: email }])
  await run(
    sql`update messages set state = 'failed', created_at = now() - interval '8 days' where tenant_id = ${msp.tenantId}`,
  )
  await forgetExpired(msp.tenantId)
  expect(await kept()).toMatchObject([{ toEmail: 'erased@erased.invalid', text: '' }])
  const before = mail.mailbox.list().length
  await deliverAll()
  expect(mail.mailbox.list()).toHaveLength(before)
})

test('a request is declined with a reason, which she is mailed and reads; she may ask again, and nobody else declines', async () => {
  const reason = 'You are the only owner, Priya.'
  expect(await declineErasure(owner, priya.contactId, reason)).toEqual({ ok: false, because: 'unknown' })
  await askErasure(priya)
  const other = await makeMsp(`erasure-declined-${number}`)
  const stranger = { kind: 'staff', tenantId: other.tenantId, staffId: other.staffId, role: 'owner' } as const
  const refused = (because: string) => ({ ok: false, because })
  expect(await declineErasure({ ...owner, role: 'finance' }, priya.contactId, reason)).toEqual(refused('not-owner'))
  expect(await declineErasure(stranger, priya.contactId, reason)).toEqual(refused('unknown'))
  for (const words of ['  ', 'x'.repeat(1_001)])
    expect(await declineErasure(owner, priya.contactId, words)).toEqual(refused('no-reason'))
  expect(await readOwnRefusal(priya)).toBeUndefined()

  expect(await declineErasure(owner, priya.contactId, ` ${reason} `)).toEqual({ ok: true })
  expect([await readOwnRequest(priya), await listErasureRequests(owner)]).toEqual([undefined, []])
  expect(await readOwnRefusal(priya)).toMatchObject({ because: reason })
  expect(await rows(sql`select 1 from exceptions where tenant_id = ${msp.tenantId} and closed_at is null`)).toEqual([])
  await deliverAll()
  expect(delivered()).toMatchObject({ to: email, text: expect.stringContaining(reason) })
  expect(await copyOf(priya)).toMatchObject({ erasureRequests: [{ declinedBecause: reason }] })

  await askErasure(priya)
  expect(await readOwnRefusal(priya)).toBeUndefined()
  expect(await erasePerson(owner, priya.contactId)).toEqual({ ok: true })
  await deliverAll()
  expect(await tablesNaming(email, 'Priya')).toEqual([])
})

test('a copy holds what is kept about whoever takes it, no secret, and nothing of anybody else', async () => {
  await leaveTraces()
  await keepMail('sent', 'dana@hadley.example')
  const copy = await copyOf(priya)
  expect(copy).toMatchObject({
    person: { name: 'Priya Raman', email, title: 'Controller', fromServiceDesk: { name: 'Priya Raman' } },
    sessions: [{ address: '203.0.113.7', userAgent: 'Firefox on her laptop', provenEmail: email }],
    signIns: [{ email, usedAt: null }],
    passkeys: [{ name: 'Priya’s laptop' }],
    authorizations: [{ text: 'words', acceptedIp: '203.0.113.8' }],
    mails: [{ toEmail: email, text: 'Dear Priya' }],
    questions: [],
    messages: [],
  })
  expect(copy.acts.map(({ action }: { action: string }) => action)).toEqual([
    'session.opened',
    'sign_in.asked',
    'personal_data.exported',
  ])
  expect(JSON.stringify(copy)).not.toMatch(/hash|publicKey|credential|dana@/i)
  const nobody = await copyOf({ ...priya, contactId: newId() })
  expect([nobody.sessions, nobody.mails, nobody.acts.length]).toEqual([[], [], 1])
})

test('a copy of more than one page holds every row once', async () => {
  await run(sql`
    insert into sign_ins (tenant_id, audience, person_id, token_hash, browser_hash, created_at, expires_at)
    select ${msp.tenantId}, 'contact', ${priya.contactId}, decode(md5(n::text), 'hex'), 'b', now(), now() from generate_series(1, 1001) n`)
  const { signIns } = await copyOf(priya)
  expect(new Set(signIns.map(({ id }: { id: string }) => id)).size).toBe(1001)
})
