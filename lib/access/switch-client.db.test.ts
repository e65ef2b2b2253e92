import { afterEach, expect, test } from 'vitest'
import { now, windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId, newToken } from '@/lib/base/ids'
import { json, type Sql, sql } from '@/lib/base/sql'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { confirmSignIn } from './confirm-sign-in'
import type { ContactActor } from './require-contact'
import { openSession, readSession } from './session'
import { revokeOwnSessions } from './sessions'
import { askSignIn, signInMailFacts, unsealSignInToken } from './sign-in'
import { otherClients, switchClient } from './switch-client'

const where = { userAgent: 'Firefox/150', address: '192.0.2.7' }
const [dayMs, notFound] = [24 * 3_600_000, { kind: 'not-found' }]
const msp = await makeMsp('larkfield')
const { tenantId } = msp
let [msps, people] = [0, 0]
afterEach(() => windClock(0))

const run = (statement: Sql) => withTenant(tenantId, (tx) => tx.run(statement))

async function addContact(clientId: string, email: string, role = 'payer', of: TestMsp = msp): Promise<string> {
  const id = newId()
  await withTenant(of.tenantId, (tx) =>
    tx.run(sql`
      insert into contacts (tenant_id, id, client_id, name, email, is_billing, role, source_hash, source)
      values (${tx.tenantId}, ${id}, ${clientId}, 'Sam Booker', ${email}, false, ${role}, '', ${json({})})`),
  )
  return id
}

/** A bookkeeper of two clients, with an address of their own. */
async function bookkeeper() {
  const email = `sam${++people}@ledgerly.example`
  const [hadley, mercer] = [await msp.makeClient('Hadley & Moss'), await msp.makeClient('Mercer Packaging')]
  const [atHadley, atMercer] = [await addContact(hadley, email), await addContact(mercer, email, 'viewer')]
  return { email, hadley, mercer, atHadley, atMercer }
}

/** Signs somebody in as the mail does, at the client where they are this contact. */
async function signIn(email: string, contactId: string, of = tenantId): Promise<string> {
  const browserToken = newToken()
  await askSignIn({ audience: 'contact', tenantId: of, email, browserToken })
  const news = await withTenant(of, (tx) =>
    tx.row<{ payload: { signInId: string; sealedToken: string } }>(sql`
      select e.payload from events e join sign_ins s on s.tenant_id = e.tenant_id and s.id::text = e.payload->>'signInId'
      where e.tenant_id = ${tx.tenantId} and s.person_id = ${contactId} order by e.id desc limit 1`),
  )
  if (news === undefined) throw new Error('nobody was asked')
  const { signInId, sealedToken } = news.payload
  const token = unsealSignInToken(of, signInId, sealedToken)
  const opened = await confirmSignIn({ audience: 'contact', tenantId: of, token, browserToken, where })
  if (!opened.ok) throw new Error(opened.because)
  return opened.cookie
}

async function actorOf(cookie: string): Promise<ContactActor> {
  const actor = await readSession('contact', cookie)
  if (actor?.kind !== 'contact') throw new Error('not signed in')
  return actor
}

const othersOf = (actor: ContactActor) =>
  withTenant(actor.tenantId, async (tx) => {
    const rows = await tx.rows<{ name: string }>(otherClients(tx, actor.sessionId))
    return rows.map(({ name }) => name)
  })

test('a bookkeeper goes on to their other client, in the role they have there, and the first session is dead', async () => {
  const { email, hadley, mercer, atHadley, atMercer } = await bookkeeper()
  const first = await signIn(email, atHadley)
  const here = await actorOf(first)
  expect(await othersOf(here)).toEqual(['Mercer Packaging'])
  const second = await switchClient(here, mercer, where)
  const there = await actorOf(second)
  expect(there).toMatchObject({ tenantId, clientId: mercer, contactId: atMercer, role: 'viewer' })
  expect(there.sessionId).not.toBe(here.sessionId)
  expect(await readSession('contact', first)).toBeUndefined()
  await expect(switchClient(here, mercer, where)).rejects.toMatchObject(notFound)
  const back = await actorOf(await switchClient(there, hadley, where))
  expect(back).toMatchObject({ clientId: hadley, contactId: atHadley, role: 'payer' })

  const trail = await withTenant(tenantId, (tx) =>
    tx.rows(sql`
      select action, actor_id, session_id, subject_id from audit_entries
      where tenant_id = ${tx.tenantId} and action like 'portal.switched%' order by id limit 2`),
  )
  expect(trail).toEqual([
    { action: 'portal.switched_to', actorId: atHadley, sessionId: here.sessionId, subjectId: mercer },
    { action: 'portal.switched_from', actorId: atMercer, sessionId: there.sessionId, subjectId: hadley },
  ])
})

test('going to and fro does not lengthen the thirty days after which one signs in anew', async () => {
  const { email, hadley, mercer, atHadley } = await bookkeeper()
  let [cookie, day] = [await signIn(email, atHadley), 0]
  for (const clientId of [mercer, hadley, mercer]) {
    for (const until = day + 9; day < until; day += 0.9) {
      windClock(day * dayMs)
      await actorOf(cookie)
    }
    cookie = await switchClient(await actorOf(cookie), clientId, where)
  }
  for (; day < 30; day += 0.9) {
    windClock(day * dayMs)
    await actorOf(cookie)
  }
  windClock(30 * dayMs + 1000)
  expect(await readSession('contact', cookie)).toBeUndefined()
})

test('of presses at the same moment one opens a session', async () => {
  const { email, mercer, atHadley } = await bookkeeper()
  const here = await actorOf(await signIn(email, atHadley))
  const answers = await Promise.allSettled([1, 2, 3, 4].map(() => switchClient(here, mercer, where)))
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('nobody goes on as somebody with another address, who is gone, or who was taken out', async () => {
  const { email, mercer, atHadley, atMercer } = await bookkeeper()
  const here = await actorOf(await signIn(email, atHadley))
  const strange = await msp.makeClient('Kestrel Freight')
  const own = (set: Sql) => run(sql`update contacts set ${set} where tenant_id = ${tenantId} and id = ${atMercer}`)
  const refused = async (clientId: string) => {
    await expect(switchClient(here, clientId, where)).rejects.toMatchObject(notFound)
    expect(await othersOf(here)).toEqual([])
  }
  await own(sql`gone_at = ${now()}`)
  await refused(mercer)
  await own(sql`gone_at = null, removed_at = ${now()}`)
  await refused(mercer)
  await own(sql`email = null, erased_at = ${now()}`)
  await refused(mercer)
  await own(sql`removed_at = null, email = 'someone.else@ledgerly.example', erased_at = null`)
  await refused(mercer)
  for (const id of [strange, here.clientId, newId(), 'made-up']) await refused(id)
  await own(sql`email = ${email}`)
  expect(await othersOf(here)).toEqual(['Mercer Packaging'])
})

test('an address that was given to somebody afterwards is not theirs: the link proved another', async () => {
  const { email, mercer, atHadley } = await bookkeeper()
  const temp = 'temp@hadleymoss.example'
  const rename = (to: string) =>
    run(sql`update contacts set email = ${to} where tenant_id = ${tenantId} and id = ${atHadley}`)
  await rename(temp)
  const here = await actorOf(await signIn(temp, atHadley))
  await rename(email)
  expect(await othersOf(here)).toEqual([])
  await expect(switchClient(here, mercer, where)).rejects.toMatchObject(notFound)
  await rename(temp)
  await askSignIn({ audience: 'contact', tenantId, email: temp, browserToken: newToken() })
  const mailed = () =>
    withTenant(tenantId, async (tx) => {
      const asked = await tx.row<{ id: string }>(sql`
        select id from sign_ins where tenant_id = ${tx.tenantId} and person_id = ${atHadley} and used_at is null`)
      return signInMailFacts(tx, asked?.id ?? '')
    })
  expect(await mailed()).toMatchObject({ email: temp })
  await rename(email)
  expect(await mailed()).toBeUndefined()
})

test('a session that no mailed link opened goes nowhere: a passkey’s, one of staff, one that ended or idled', async () => {
  const { email, mercer, atHadley } = await bookkeeper()
  const byKey = await actorOf(await withTenant(tenantId, (tx) => openSession(tx, 'contact', atHadley, where)))
  expect(await othersOf(byKey)).toEqual([])
  await expect(switchClient(byKey, mercer, where)).rejects.toMatchObject(notFound)
  const console = await readSession('staff', await withTenant(tenantId, (tx) => openSession(tx, 'staff', msp.staffId)))
  const forged = { ...byKey, sessionId: console?.kind === 'staff' ? (console.sessionId ?? '') : '' }
  expect(await othersOf(forged)).toEqual([])
  await expect(switchClient(forged, mercer, where)).rejects.toMatchObject(notFound)
  const { sessionId: _, ...without } = byKey
  await expect(switchClient(without, mercer, where)).rejects.toMatchObject(notFound)

  const idle = await actorOf(await signIn(email, atHadley))
  windClock(dayMs + 1000)
  await expect(switchClient(idle, mercer, where)).rejects.toMatchObject(notFound)
  windClock(0)
  const lowered = await actorOf(await signIn(email, atHadley))
  await run(sql`update contacts set role = 'viewer' where tenant_id = ${tenantId} and id = ${atHadley}`)
  await expect(switchClient(lowered, mercer, where)).rejects.toMatchObject(notFound)
})

test('the same address at another MSP is nobody’s here', async () => {
  const { email, atHadley } = await bookkeeper()
  const other = await makeMsp(`boreal${++msps}`)
  const theirClient = await other.makeClient('Clinique du Parc')
  const theirContact = await addContact(theirClient, email, 'owner', other)
  const here = await actorOf(await signIn(email, atHadley))
  expect(await othersOf(here)).toEqual(['Mercer Packaging'])
  await expect(switchClient(here, theirClient, where)).rejects.toMatchObject(notFound)
  const there = await actorOf(await signIn(email, theirContact, other.tenantId))
  expect(await othersOf(there)).toEqual([])
  await expect(switchClient(there, here.clientId, where)).rejects.toMatchObject(notFound)
  await expect(switchClient({ ...here, tenantId: other.tenantId }, theirClient, where)).rejects.toMatchObject(notFound)
})

test('signing out everywhere ends what went on to another client too, so that nothing comes back from there', async () => {
  const { email, mercer, atHadley, atMercer } = await bookkeeper()
  const stolen = await switchClient(await actorOf(await signIn(email, atHadley)), mercer, where)
  const byKey = await withTenant(tenantId, (tx) => openSession(tx, 'contact', atMercer, where))
  const colleague = await signIn('pat@hadleymoss.example', await addContact(mercer, 'pat@hadleymoss.example'))
  await revokeOwnSessions(await actorOf(await signIn(email, atHadley)))
  expect(await readSession('contact', stolen)).toBeUndefined()
  expect(await readSession('contact', byKey)).toBeDefined()
  expect(await readSession('contact', colleague)).toBeDefined()
})
