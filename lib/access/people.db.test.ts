import { beforeEach, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { type ContactRole, changePersonsRole, invitePerson, listPeople, removePerson } from './people'
import type { ContactActor } from './require-contact'
import { openSession, readSession } from './session'
import { askSignIn } from './sign-in'

let msp: TestMsp
let clientId: string
let owner: ContactActor
let number = 0
beforeEach(async () => {
  number += 1
  msp = await makeMsp(`people-${number}`)
  clientId = await msp.makeClient()
  owner = await makeContact('dana', 'owner')
  // The one whom every client of the tests begins with is to be no part of it.
  await withTenant(msp.tenantId, (tx) =>
    tx.run(sql`update contacts set gone_at = now() where tenant_id = ${tx.tenantId} and id <> ${owner.contactId}`),
  )
})

/** As the sync makes one. */
async function makeContact(name: string, role: ContactRole, of = clientId): Promise<ContactActor> {
  const contactId = newId()
  await withTenant(msp.tenantId, (tx) =>
    tx.run(sql`
      insert into contacts (tenant_id, id, client_id, name, email, is_billing, role, source_hash, source)
      values (${tx.tenantId}, ${contactId}, ${of}, ${name}, ${`${name}@hadley.example`}, false, ${role}, '', ${json({})})`),
  )
  return { kind: 'contact', tenantId: msp.tenantId, contactId, clientId: of, role }
}
async function invited(name: string, role: ContactRole): Promise<ContactActor> {
  const email = `${name}@hadley.example`
  expect(await invitePerson(owner, { email: email.toUpperCase(), name, role })).toEqual({ ok: true })
  const found = (await listPeople(owner)).find((one) => one.email === email)
  if (found === undefined) throw new Error('nobody came')
  return { kind: 'contact', tenantId: msp.tenantId, contactId: found.id, clientId, role }
}
const signIn = (who: ContactActor) => withTenant(who.tenantId, (tx) => openSession(tx, 'contact', who.contactId))
const askedFor = async (email: string) => {
  await askSignIn({ audience: 'contact', tenantId: msp.tenantId, email, browserToken: 'b' })
  const rows = await withTenant(msp.tenantId, (tx) =>
    tx.rows<{ personId: string }>(sql`
      select s.person_id from sign_ins s join contacts c on c.tenant_id = s.tenant_id and c.id = s.person_id
      where s.tenant_id = ${tx.tenantId} and c.email = ${email} order by s.id`),
  )
  return rows.map(({ personId }) => personId)
}
const leaves = (who: ContactActor) =>
  withTenant(who.tenantId, (tx) =>
    tx.run(sql`update contacts set gone_at = now() where tenant_id = ${tx.tenantId} and id = ${who.contactId}`),
  )

test('an owner lets a colleague in: a mail is due, they sign in with their address, and come in once', async () => {
  const priya = await invited('priya', 'payer')
  expect(await askedFor('priya@hadley.example')).toEqual([priya.contactId])
  expect(await readSession('contact', await signIn(priya))).toMatchObject({ role: 'payer', clientId })
  const again = { email: 'PRIYA@hadley.example', name: 'Priya', role: 'owner' } as const
  expect(await invitePerson(owner, again)).toEqual({ ok: false, because: 'already' })
  const due = await withTenant(msp.tenantId, (tx) =>
    tx.rows(sql`select payload from events where tenant_id = ${tx.tenantId} and kind = 'contact.invited'`),
  )
  expect(due).toMatchObject([{ payload: { contactId: priya.contactId, by: owner.contactId } }])
})

test('one person invited twice at the same moment is there once', async () => {
  const who = { email: 'tom@hadley.example', name: 'Tom', role: 'viewer' } as const
  const answers = await Promise.all([invitePerson(owner, who), invitePerson(owner, who)])
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect((await listPeople(owner)).filter(({ email }) => email === who.email)).toHaveLength(1)
})

test('neither payer nor viewer changes anything, nor an owner who is none any more', async () => {
  const others = [await makeContact('paul', 'payer'), await makeContact('vera', 'viewer')]
  const refused = { ok: false, because: 'not-owner' }
  for (const who of others)
    for (const asking of [who, { ...who, role: 'owner' } as const]) {
      expect(await invitePerson(asking, { email: 'x@y.example', name: 'X', role: 'owner' })).toEqual(refused)
      expect(await removePerson(asking, owner.contactId)).toEqual(refused)
      expect(await changePersonsRole(asking, who.contactId, 'owner')).toEqual(refused)
    }
  expect((await listPeople(owner)).map(({ role }) => role).sort()).toEqual(['owner', 'payer', 'viewer'])
})

test('the last owner stays; one who has left in the PSA counts for none', async () => {
  const lastOwner = { ok: false, because: 'last-owner' }
  const olive = await makeContact('olive', 'owner')
  expect(await changePersonsRole(owner, olive.contactId, 'payer')).toEqual({ ok: true })
  expect(await removePerson(owner, owner.contactId)).toEqual(lastOwner)
  expect(await changePersonsRole(owner, owner.contactId, 'viewer')).toEqual(lastOwner)
  await changePersonsRole(owner, olive.contactId, 'owner')
  await leaves(olive)
  expect(await removePerson(owner, owner.contactId)).toEqual(lastOwner)
})

test('two owners cannot remove or demote each other at the same moment', async () => {
  const acts = [
    (by: ContactActor, of: ContactActor) => removePerson(by, of.contactId),
    (by: ContactActor, of: ContactActor) => changePersonsRole(by, of.contactId, 'viewer'),
  ]
  let [one, two] = [owner, await makeContact('olive', 'owner')]
  for (const act of acts) {
    const answers = await Promise.all([act(one, two), act(two, one)])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const left = (await listPeople(owner)).filter(({ role }) => role === 'owner')
    expect(left).toHaveLength(1)
    one = { ...owner, contactId: left[0]?.id ?? '' }
    two = await makeContact(`next-${newId()}`, 'owner')
  }
})

test('another role, or removal, ends the sessions at once, also when the old role comes back', async () => {
  const priya = await invited('priya', 'payer')
  const before = await signIn(priya)
  await changePersonsRole(owner, priya.contactId, 'viewer')
  await changePersonsRole(owner, priya.contactId, 'payer')
  expect(await readSession('contact', before)).toBeUndefined()
  const after = await signIn(priya)
  expect(await removePerson(owner, priya.contactId)).toEqual({ ok: true })
  expect(await readSession('contact', after)).toBeUndefined()
  expect(await askedFor('priya@hadley.example')).toEqual([])
  await expect(signIn(priya)).rejects.toMatchObject({ kind: 'not-found' })
  expect(await removePerson(owner, priya.contactId)).toEqual({ ok: false, because: 'unknown' })
  expect((await invited('priya', 'viewer')).contactId).toBe(priya.contactId)
  expect(await readSession('contact', after)).toBeUndefined()
})

test('whoever leaves in the PSA loses access at once, and is not let in again from here', async () => {
  const paul = await makeContact('paul', 'payer')
  const session = await signIn(paul)
  await leaves(paul)
  expect(await readSession('contact', session)).toBeUndefined()
  expect(await askedFor('paul@hadley.example')).toEqual([])
  expect((await listPeople(owner)).map(({ name }) => name)).toEqual(['dana'])
  const again = { email: 'paul@hadley.example', name: 'Paul', role: 'payer' } as const
  expect(await invitePerson(owner, again)).toEqual({ ok: false, because: 'gone' })
})

test('an address known at two clients gets a way into each', async () => {
  const other = await msp.makeClient('Another')
  const elsewhere = await makeContact('books', 'payer', other)
  const here = await invited('books', 'payer')
  expect((await askedFor('books@hadley.example')).toSorted()).toEqual([elsewhere.contactId, here.contactId].toSorted())
})

test('people of another client or MSP are nobody here; every act is written down', async () => {
  const sibling = await makeContact('sam', 'viewer', await msp.makeClient('Another'))
  for (const id of [sibling.contactId, newId(), 'made-up']) {
    expect(await removePerson(owner, id)).toEqual({ ok: false, because: 'unknown' })
    expect(await changePersonsRole(owner, id, 'owner')).toEqual({ ok: false, because: 'unknown' })
  }
  const theirs = await makeMsp(`people-other-${number}`)
  const stranger = { ...owner, tenantId: theirs.tenantId }
  expect(await removePerson(stranger, owner.contactId)).toEqual({ ok: false, because: 'not-owner' })
  expect(await listPeople(stranger)).toEqual([])
  const priya = await invited('priya', 'payer')
  await changePersonsRole(owner, priya.contactId, 'viewer')
  await removePerson(owner, priya.contactId)
  const trail = await withTenant(msp.tenantId, (tx) =>
    tx.rows<{ action: string }>(sql`
      select action from audit_entries
      where tenant_id = ${tx.tenantId} and actor_id = ${owner.contactId} and subject_id = ${priya.contactId} order by id`),
  )
  expect(trail.map(({ action }) => action)).toEqual(['contact.invited', 'contact.role_changed', 'contact.removed'])
})
