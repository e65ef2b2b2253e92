import { afterEach, expect, test } from 'vitest'
import { windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { makeMsp } from '../../e2e/support/msp.ts'
import { beginView, endView, readView, viewLifeMs } from './portal-view'
import type { StaffActor } from './require-staff'
import { openSession, readSession } from './session'
import { revokeOwnSessions } from './sessions'
import { changeRole, inviteStaff, listTeam } from './team'

const ours = await makeMsp('larkfield')
const theirs = await makeMsp('boreal')
const clientId = await ours.makeClient()
const { tenantId } = ours
afterEach(() => windClock(0))

async function signedIn(staffId: string): Promise<StaffActor> {
  const actor = await readSession('staff', await withTenant(tenantId, (tx) => openSession(tx, 'staff', staffId)))
  if (actor?.kind !== 'staff') throw new Error('no session')
  return actor
}
async function colleague(name: string, role: StaffActor['role']): Promise<StaffActor> {
  const owner = await signedIn(ours.staffId)
  await inviteStaff(owner, { email: `${name}@larkfield.example`, name, role })
  return signedIn((await listTeam(owner)).find((one) => one.name === name)?.id ?? '')
}

test('an owner looks on at one client, and the trail says who, at whom and why, and when they left', async () => {
  const owner = await signedIn(ours.staffId)
  const cookie = await beginView(owner, clientId, '  They cannot find\n invoice 20418 ')
  const actor = await readView(cookie)
  expect(actor).toMatchObject({ kind: 'onlooker', tenantId, clientId, staffId: ours.staffId })
  if (actor === undefined) throw new Error('nobody looks')
  await endView(actor)
  await endView(actor)
  expect(await readView(cookie)).toBeUndefined()
  const trail = await withTenant(tenantId, (tx) =>
    tx.rows<object>(sql`
      select action, actor_id, session_id, detail ->> 'reason' as reason from audit_entries
      where tenant_id = ${tx.tenantId} and subject_kind = 'client' and subject_id = ${clientId} order by at, id`),
  )
  const by = { actorId: ours.staffId, sessionId: owner.sessionId }
  expect(trail).toEqual([
    { action: 'portal.viewed', ...by, reason: 'They cannot find invoice 20418' },
    { action: 'portal.view_left', ...by, reason: null },
  ])
})

test('it ends after half an hour, whatever is done meanwhile', async () => {
  const cookie = await beginView(await signedIn(ours.staffId), clientId, 'x')
  windClock(viewLifeMs - 60_000)
  expect(await readView(cookie)).toBeDefined()
  windClock(viewLifeMs)
  expect(await readView(cookie)).toBeUndefined()
  const stretch = withTenant(tenantId, (tx) =>
    tx.run(sql`update portal_views set expires_at = expires_at + interval '1 second' where tenant_id = ${tx.tenantId}`),
  )
  await expect(stretch).rejects.toThrow('portal_views_short')
})

test('it ends with the session it was begun in, and with the role', async () => {
  const theo = await colleague('theo', 'finance')
  const first = await beginView(theo, clientId, 'x')
  await revokeOwnSessions(theo)
  expect(await readView(first)).toBeUndefined()
  const again = await signedIn(theo.staffId)
  const second = await beginView(again, clientId, 'x')
  expect(await readView(second)).toBeDefined()
  await changeRole(await signedIn(ours.staffId), theo.staffId, 'viewer')
  expect(await readView(second)).toBeUndefined()
})

test('a viewer looks on nowhere, nobody at another MSP’s client, nobody without a reason', async () => {
  const vera = await colleague('vera', 'viewer')
  await expect(beginView(vera, clientId, 'x')).rejects.toMatchObject({ kind: 'not-found' })
  const owner = await signedIn(ours.staffId)
  await expect(beginView(owner, await theirs.makeClient(), 'x')).rejects.toMatchObject({ kind: 'not-found' })
  await expect(beginView(owner, newId(), 'x')).rejects.toMatchObject({ kind: 'not-found' })
  await expect(beginView(owner, clientId, ' \n ')).rejects.toMatchObject({ kind: 'invalid' })
  const elsewhere = { ...owner, tenantId: theirs.tenantId }
  await expect(beginView(elsewhere, clientId, 'x')).rejects.toMatchObject({ kind: 'not-found' })
  for (const cookie of ['', 'x.y', `${tenantId}.${'a'.repeat(43)}`]) expect(await readView(cookie)).toBeUndefined()
})
