import { afterEach, expect, test } from 'vitest'
import { now, windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, type Sql, sql } from '@/lib/base/sql'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { addressAtProvider, introducedAs, otherProviders } from './providers'
import type { ContactActor } from './require-contact'
import { openSessionFor, readSession } from './session'

const where = { userAgent: 'Firefox/150', address: '192.0.2.7' }
const notFound = { kind: 'not-found' }
const [larkfield, boreal] = [await makeMsp('larkfield'), await makeMsp('boreal')]
const atBoreal = { slug: 'boreal', name: 'Boréal TI', host: null }
await at(boreal, sql`update tenants set name = 'Boréal TI' where id = ${boreal.tenantId}`)
let people = 0
afterEach(() => windClock(0))

function at(msp: TestMsp, statement: Sql): Promise<number> {
  return withTenant(msp.tenantId, (tx) => tx.run(statement))
}

async function addContact(msp: TestMsp, email: string): Promise<{ contactId: string; clientId: string }> {
  const [contactId, clientId] = [newId(), await msp.makeClient()]
  await at(
    msp,
    sql`
      insert into contacts (tenant_id, id, client_id, name, email, is_billing, role, source_hash, source)
      values (${msp.tenantId}, ${contactId}, ${clientId}, 'Sam Booker', ${email}, false, 'payer', '', ${json({})})`,
  )
  return { contactId, clientId }
}

/** Whoever is in by a mailed link to this address; by a passkey, which proves no mailbox, where there is none. */
async function signIn(msp: TestMsp, contactId: string, provenEmail: string | null): Promise<ContactActor> {
  const { cookie } = await withTenant(msp.tenantId, (tx) =>
    openSessionFor(tx, 'contact', contactId, where, { provenEmail }),
  )
  const actor = await readSession('contact', cookie)
  if (actor?.kind !== 'contact') throw new Error('not signed in')
  return actor
}

/** A bookkeeper with a client of each MSP, signed in at Larkfield. */
async function bookkeeper() {
  const email = `sam${++people}@ledgerly.example`
  const here = await addContact(larkfield, email)
  const there = await addContact(boreal, email)
  return { email, there, actor: await signIn(larkfield, here.contactId, email) }
}

const providersOf = ({ tenantId, contactId, sessionId }: ContactActor) =>
  withTenant(tenantId, (tx) => tx.rows(otherProviders(tx.tenantId, contactId, sessionId)))

test('whoever two MSPs know by one proven address sees the other, and takes the address along to its door', async () => {
  const { email, actor, there } = await bookkeeper()
  await addContact(boreal, email) // a second company there is no second provider
  expect(await providersOf(actor)).toEqual([atBoreal])
  expect(await providersOf(await signIn(boreal, there.contactId, email))).toMatchObject([{ slug: 'larkfield' }])
  const address = new URL(await addressAtProvider(actor, 'boreal'))
  expect(address.pathname).toBe('/m/boreal/sign-in')
  const sealed = address.searchParams.get('as') ?? ''
  expect(address.href).not.toContain('ledgerly')
  expect(introducedAs('boreal', sealed)).toBe(email)
  expect(introducedAs('larkfield', sealed)).toBeUndefined()
  expect(introducedAs('boreal', sealed.split('.').with(3, 'A'.repeat(22)).join('.'))).toBeUndefined()
  expect(introducedAs('boreal', 'made-up')).toBeUndefined()
  windClock(6 * 60_000)
  expect(introducedAs('boreal', sealed)).toBeUndefined()
})

test('the way leads to the host an MSP has proved as its own, and to ours before and after', async () => {
  const { actor } = await bookkeeper()
  const hostIs = (state: string) =>
    at(
      boreal,
      sql`
        insert into custom_hosts (tenant_id, host, token, created_at, verified_at, state)
        values (${boreal.tenantId}, 'payer.boreal.example', 'token', ${now()}, ${now()}, ${state})
        on conflict (tenant_id) do update set state = excluded.state`,
    )
  for (const [state, host] of [
    ['pending', null],
    ['verified', 'payer.boreal.example'],
    ['lost', null],
  ] as const) {
    await hostIs(state)
    expect(await providersOf(actor)).toEqual([{ ...atBoreal, host }])
    const { hostname, pathname } = new URL(await addressAtProvider(actor, 'boreal'))
    expect([hostname, pathname]).toEqual(host === null ? [hostname, '/m/boreal/sign-in'] : [host, '/sign-in'])
    expect(hostname === 'payer.boreal.example').toBe(host !== null)
  }
})

test('an MSP where they are gone, taken out, erased or somebody with another address is not named, nor one with their name alone', async () => {
  const { email, actor, there } = await bookkeeper()
  const own = (set: Sql) =>
    at(boreal, sql`update contacts set ${set} where tenant_id = ${boreal.tenantId} and id = ${there.contactId}`)
  const unnamed = async () => {
    expect(await providersOf(actor)).toEqual([])
    await expect(addressAtProvider(actor, 'boreal')).rejects.toMatchObject(notFound)
  }
  await own(sql`gone_at = ${now()}`)
  await unnamed()
  await own(sql`gone_at = null, removed_at = ${now()}`)
  await unnamed()
  await own(sql`email = null, erased_at = ${now()}`)
  await unnamed()
  await own(sql`removed_at = null, erased_at = null, email = 'sam.booker@elsewhere.example'`)
  await unnamed() // Sam Booker by name, and nobody's by address
  await own(sql`email = ${email}`)
  expect(await providersOf(actor)).toEqual([atBoreal])
  await expect(addressAtProvider(actor, 'made-up')).rejects.toMatchObject(notFound)
  await expect(addressAtProvider(actor, 'larkfield')).rejects.toMatchObject(notFound)
})

test('nobody learns it of an address that this session did not prove, of another person, or after it ended', async () => {
  const { email, actor } = await bookkeeper()
  expect(await providersOf(await signIn(larkfield, actor.contactId, null))).toEqual([])
  const { sessionId: _, ...without } = actor
  expect(await providersOf(without)).toEqual([])

  // An owner may invite anybody: that somebody stands here with an address says nothing of where else it is known.
  const invited = await addContact(larkfield, email)
  expect(await providersOf({ ...actor, contactId: invited.contactId })).toEqual([])
  const stranger = await addContact(larkfield, `own${people}@hadleymoss.example`)
  const strange = await signIn(larkfield, stranger.contactId, `own${people}@hadleymoss.example`)
  expect(await providersOf(strange)).toEqual([])
  await at(
    larkfield,
    sql`update contacts set email = ${email} where tenant_id = ${larkfield.tenantId} and id = ${stranger.contactId}`,
  )
  expect(await providersOf(strange)).toEqual([])

  await at(
    larkfield,
    sql`update sessions set revoked_at = ${now()} where tenant_id = ${larkfield.tenantId} and id = ${actor.sessionId ?? ''}`,
  )
  expect(await providersOf(actor)).toEqual([])
})

test('the function answers for the tenant of the transaction alone, and row-level security holds around it', async () => {
  const { email, actor, there } = await bookkeeper()
  const abroad = await signIn(boreal, there.contactId, email)
  const ask = (tenantId: string, who: ContactActor) =>
    withTenant(tenantId, (tx) => tx.rows(otherProviders(who.tenantId, who.contactId, who.sessionId)))
  await expect(ask(boreal.tenantId, actor)).rejects.toThrow('asked of another tenant')
  await expect(ask(larkfield.tenantId, abroad)).rejects.toThrow('asked of another tenant')
  expect(await ask(larkfield.tenantId, { ...abroad, tenantId: larkfield.tenantId })).toEqual([])
  expect(await ask(boreal.tenantId, abroad)).toMatchObject([{ slug: 'larkfield' }])
  // What it sees, its caller does not.
  const seen = await withTenant(larkfield.tenantId, async (tx) => {
    await tx.rows(otherProviders(tx.tenantId, actor.contactId, actor.sessionId))
    return tx.rows(sql`select slug from tenants union all select tenant_id::text from contacts where email = ${email}`)
  })
  expect(seen).toEqual([{ slug: 'larkfield' }, { slug: larkfield.tenantId }])
})

test('the application may execute it and nothing else may; it runs as the role that only looks across tenants', async () => {
  const [row] = await withTenant(larkfield.tenantId, (tx) =>
    tx.rows(sql`
      select pg_get_userbyid(p.proowner) as owner, p.prosecdef as is_definer, p.proconfig as config,
        has_function_privilege('closeloop_app', p.oid, 'execute') as app_may, p.proacl::text as acl,
        has_schema_privilege('closeloop_system', 'public', 'create') as may_create
      from pg_proc p where p.proname = 'providers_of_person'`),
  )
  expect(row).toMatchObject({ owner: 'closeloop_system', isDefiner: true, appMay: true, mayCreate: false })
  expect(row).toMatchObject({ config: ['search_path=pg_catalog, public'] })
  expect(row).not.toMatchObject({ acl: expect.stringMatching(/[{,]=X/) }) // PUBLIC
})
