import { beforeEach, expect, test } from 'vitest'
import type { ContactActor } from '@/lib/access/require-contact'
import type { StaffActor } from '@/lib/access/require-staff'
import { openSession, openSessionFor, readSession } from '@/lib/access/session'
import { askSignIn } from '@/lib/access/sign-in'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, Sql, sql } from '@/lib/base/sql'
import { listMandates } from '@/lib/payments/list-methods'
import { checkInvariants } from '@/lib/reports/invariants'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { askErasure, readOwnRequest, withdrawErasure } from './ask-erasure'
import { erasePerson } from './erase-person'
import { exportPersonalData } from './export-personal-data'
import { forgetExpired } from './forget-expired'
import { listErasureRequests, readErasureOutlook } from './read-erasures'

const email = 'priya@hadley.example'
let msp: TestMsp
let owner: StaffActor
let priya: ContactActor
let number = 0
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
