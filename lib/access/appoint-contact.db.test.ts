import { beforeEach, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { type Sql, sql } from '@/lib/base/sql'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { appointContact, listPortalContacts } from './appoint-contact'
import { type ContactRole, listPeople, removePerson } from './people'
import type { ContactActor } from './require-contact'
import type { StaffActor } from './require-staff'
import { openSession, readSession } from './session'

let msp: TestMsp
let staff: StaffActor
let clientId: string
let number = 0
beforeEach(async () => {
  number += 1
  msp = await makeMsp(`appoint-${number}`)
  staff = { kind: 'staff', tenantId: msp.tenantId, staffId: msp.staffId, role: 'finance' }
  clientId = await msp.makeClient()
  // The one whom every client of the tests begins with is to be no part of it.
  await withTenant(msp.tenantId, (tx) =>
    tx.run(sql`update contacts set gone_at = now(), role = 'viewer' where tenant_id = ${tx.tenantId}`),
  )
})

/** As the sync makes one. */
async function contact(name: string, role: ContactRole, of = clientId): Promise<ContactActor> {
  const contactId = newId()
  await withTenant(msp.tenantId, (tx) =>
    tx.run(sql`
      insert into contacts (tenant_id, id, client_id, name, email, is_billing, role, source_hash, source)
      values (${tx.tenantId}, ${contactId}, ${of}, ${name}, ${`${name}@hadley.example`}, false, ${role}, '', '{}')`),
  )
  return { kind: 'contact', tenantId: msp.tenantId, contactId, clientId: of, role }
}
const appoint = (who: ContactActor, role: ContactRole) =>
  appointContact(staff, { clientId, contactId: who.contactId, role })
const put = (who: ContactActor, what: Sql) =>
  withTenant(msp.tenantId, (tx) =>
    tx.run(sql`update contacts set ${what} where tenant_id = ${tx.tenantId} and id = ${who.contactId}`),
  )
const refused = (because: string) => ({ ok: false, because })

test('staff make a contact the owner of a client that has none: their old session ends, and before and after are written down', async () => {
  const dana = await contact('dana', 'viewer')
  const session = await withTenant(msp.tenantId, (tx) => openSession(tx, 'contact', dana.contactId))
  expect(await appoint(dana, 'owner')).toEqual({ ok: true })
  expect(await readSession('contact', session)).toBeUndefined()
  expect(await listPeople({ ...dana, role: 'owner' })).toMatchObject([{ name: 'dana', role: 'owner' }])
  expect(await appoint(dana, 'owner')).toEqual({ ok: true })
  const trail = await withTenant(msp.tenantId, (tx) =>
    tx.rows(sql`
      select actor_kind, actor_id, detail from audit_entries
      where tenant_id = ${tx.tenantId} and action = 'contact.role_changed' and subject_id = ${dana.contactId}`),
  )
  expect(trail).toEqual([
    {
      actorKind: 'staff',
      actorId: msp.staffId,
      detail: { before: { role: 'viewer', standing: 'in' }, after: { role: 'owner', standing: 'in' } },
    },
  ])
})

test('the last owner stays one until there is another; of two taken back at once, one stays', async () => {
  const [dana, priya] = [await contact('dana', 'owner'), await contact('priya', 'viewer')]
  expect(await appoint(dana, 'payer')).toEqual(refused('last-owner'))
  expect(await appoint(priya, 'owner')).toEqual({ ok: true })
  const answers = await Promise.all([appoint(dana, 'payer'), appoint(priya, 'payer')])
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect((await listPeople(dana)).filter(({ role }) => role === 'owner')).toHaveLength(1)
})

test('nobody without an address, and nobody who left in the PSA, is given a role', async () => {
  const [dana, tom] = [await contact('dana', 'viewer'), await contact('tom', 'payer')]
  await put(dana, sql`email = null`)
  await put(tom, sql`gone_at = now()`)
  expect(await appoint(dana, 'owner')).toEqual(refused('no-address'))
  expect(await appoint(tom, 'owner')).toEqual(refused('gone'))
  // Who left and had no say is not named at all.
  expect(await listPortalContacts(staff, clientId)).toMatchObject([
    { name: 'tom', role: 'payer', standing: 'gone' },
    { name: 'dana', role: 'viewer', standing: 'no-address' },
  ])
})

test('whom an owner took out stays out while an owner is there to decide it, and may come back when none is', async () => {
  const [dana, tom] = [await contact('dana', 'owner'), await contact('tom', 'payer')]
  expect(await removePerson(dana, tom.contactId)).toEqual({ ok: true })
  expect(await appoint(tom, 'owner')).toEqual(refused('taken-out'))
  await put(dana, sql`gone_at = now()`)
  expect(await appoint(tom, 'owner')).toEqual({ ok: true })
  expect(await listPortalContacts(staff, clientId)).toMatchObject([
    { name: 'dana', standing: 'gone' },
    { name: 'tom', role: 'owner', standing: 'in' },
  ])
})

test('a viewer of the MSP appoints nobody, nor does anybody reach another client’s or another MSP’s people', async () => {
  const dana = await contact('dana', 'viewer')
  await expect(
    appointContact({ ...staff, role: 'viewer' }, { clientId, contactId: dana.contactId, role: 'owner' }),
  ).rejects.toThrow('Viewers change nothing')
  const elsewhere = await contact('lee', 'viewer', await msp.makeClient())
  expect(await appoint(elsewhere, 'owner')).toEqual(refused('unknown'))
  expect(await appoint({ ...dana, contactId: 'made-up' }, 'owner')).toEqual(refused('unknown'))
  const theirs = await makeMsp(`theirs-${number}`)
  const stranger: StaffActor = { ...staff, tenantId: theirs.tenantId, staffId: theirs.staffId }
  expect(await appointContact(stranger, { clientId, contactId: dana.contactId, role: 'owner' })).toEqual(
    refused('unknown'),
  )
  expect(await listPortalContacts(stranger, clientId)).toEqual([])
})
