import { beforeEach, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { beginCodeApp } from './code-app'
import type { StaffActor } from './require-staff'
import { openSession, openSessionFor, readSession } from './session'
import { changeRole, inviteStaff, listTeam, removeStaff, resetFactors, type StaffRole } from './team'

let msp: TestMsp
let owner: StaffActor
let number = 0
beforeEach(async () => {
  number += 1
  msp = await makeMsp(`larkfield-${number}`)
  owner = { kind: 'staff', tenantId: msp.tenantId, staffId: msp.staffId, role: 'owner' }
})

async function invited(name: string, role: StaffRole): Promise<StaffActor> {
  const email = `${name}@larkfield-${number}.example`
  expect(await inviteStaff(owner, { email, name, role })).toEqual({ ok: true })
  const found = (await listTeam(owner)).find((one) => one.email === email)
  if (found === undefined) throw new Error('nobody came')
  return { kind: 'staff', tenantId: msp.tenantId, staffId: found.id, role }
}
const signIn = (who: StaffActor) => withTenant(who.tenantId, (tx) => openSession(tx, 'staff', who.staffId))

test('an owner invites: a mail is due, and the same address comes in once', async () => {
  const theo = await invited('theo', 'finance')
  expect(await readSession('staff', await signIn(theo))).toMatchObject({ role: 'finance', staffId: theo.staffId })
  const again = { email: `THEO@larkfield-${number}.example`, name: 'Theo', role: 'owner' } as const
  expect(await inviteStaff(owner, again)).toEqual({ ok: false, because: 'already' })
  const due = await withTenant(msp.tenantId, (tx) =>
    tx.rows<{ payload: object }>(
      sql`select payload from events where tenant_id = ${tx.tenantId} and kind = 'staff.invited'`,
    ),
  )
  expect(due).toMatchObject([{ payload: { staffId: theo.staffId, by: msp.staffId } }])
})

test('neither finance nor a viewer changes the team, nor an owner who is none any more', async () => {
  const [theo, vera] = [await invited('theo', 'finance'), await invited('vera', 'viewer')]
  const nobody = { email: 'x@larkfield.example', name: 'X', role: 'owner' } as const
  const refused = { ok: false, because: 'not-owner' }
  for (const who of [theo, vera]) {
    expect(await inviteStaff(who, nobody)).toEqual(refused)
    for (const act of [removeStaff, resetFactors]) expect(await act(who, msp.staffId)).toEqual(refused)
    expect(await changeRole(who, who.staffId, 'owner')).toEqual(refused)
    // With a role that was forged, or is of yesterday.
    expect(await changeRole({ ...who, role: 'owner' }, who.staffId, 'owner')).toEqual(refused)
  }
  expect((await listTeam(owner)).map(({ role }) => role).sort()).toEqual(['finance', 'owner', 'viewer'])
})

test('the last owner stays; two owners cannot remove each other at the same moment', async () => {
  expect(await removeStaff(owner, owner.staffId)).toEqual({ ok: false, because: 'last-owner' })
  expect(await changeRole(owner, owner.staffId, 'viewer')).toEqual({ ok: false, because: 'last-owner' })
  const second = await invited('olive', 'owner')
  const answers = await Promise.all([removeStaff(owner, second.staffId), removeStaff(second, owner.staffId)])
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  const left = await withTenant(msp.tenantId, (tx) =>
    tx.rows(sql`select id from staff where tenant_id = ${tx.tenantId} and role = 'owner' and disabled_at is null`),
  )
  expect(left).toHaveLength(1)
})

test('another role, or removal, ends the sessions at once; who comes back is the same person', async () => {
  const theo = await invited('theo', 'finance')
  const before = await signIn(theo)
  expect(await changeRole(owner, theo.staffId, 'viewer')).toEqual({ ok: true })
  expect(await readSession('staff', before)).toBeUndefined()
  const after = await signIn(theo)
  expect(await readSession('staff', after)).toMatchObject({ role: 'viewer' })
  expect(await removeStaff(owner, theo.staffId)).toEqual({ ok: true })
  expect(await readSession('staff', after)).toBeUndefined()
  expect(await removeStaff(owner, theo.staffId)).toEqual({ ok: false, because: 'unknown' })
  expect((await invited('theo', 'finance')).staffId).toBe(theo.staffId)
  expect(await readSession('staff', after)).toBeUndefined()
})

test('an owner resets a colleague’s second factor, not their own', async () => {
  const theo = await invited('theo', 'finance')
  await beginCodeApp(theo)
  await withTenant(msp.tenantId, (tx) =>
    tx.run(
      sql`update code_apps set confirmed_at = now() where tenant_id = ${tx.tenantId} and staff_id = ${theo.staffId}`,
    ),
  )
  const isWaiting = async () =>
    (await withTenant(msp.tenantId, (tx) => openSessionFor(tx, 'staff', theo.staffId))).isWaiting
  expect(await isWaiting()).toBe(true)
  expect(await resetFactors(owner, owner.staffId)).toEqual({ ok: false, because: 'self' })
  expect(await resetFactors(owner, theo.staffId)).toEqual({ ok: true })
  expect(await isWaiting()).toBe(false)
})

test('another MSP’s people are nobody here; every act is written down', async () => {
  const theirs = await makeMsp(`boreal-${number}`)
  for (const id of [theirs.staffId, newId(), 'made-up'])
    expect(await removeStaff(owner, id)).toEqual({ ok: false, because: 'unknown' })
  const theo = await invited('theo', 'finance')
  await changeRole(owner, theo.staffId, 'viewer')
  await resetFactors(owner, theo.staffId)
  await removeStaff(owner, theo.staffId)
  const trail = await withTenant(msp.tenantId, (tx) =>
    tx.rows<{ action: string }>(sql`
      select action from audit_entries where tenant_id = ${tx.tenantId} and actor_id = ${owner.staffId} and subject_id = ${theo.staffId} order by id`),
  )
  expect(trail.map(({ action }) => action)).toEqual([
    'staff.invited',
    'staff.role_changed',
    'factor.reset',
    'staff.removed',
  ])
})
