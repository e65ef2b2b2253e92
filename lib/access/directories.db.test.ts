import { afterAll, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { makeMsp } from '../../e2e/support/msp.ts'
import { chooseAccount, startTestIdentity } from '../../sandbox/identity/test-identity.ts'
import {
  type Back,
  beginAtDirectory,
  comeBackFromDirectory,
  directories,
  directoryOf,
  type Proven,
} from './directories'
import { choicesIn, enterChosen, enterWithDirectory } from './enter-with-directory'
import { readSession } from './session'
import { addIdentity, listIdentities, membershipsOf, removeIdentity } from './staff-identities'

const directory = await startTestIdentity()
process.env.OIDC_PROVIDERS = JSON.stringify([
  { id: 'own', name: 'Own', ...directory.credentials },
  { id: 'trusted', name: 'Trusted', ...directory.credentials, trustsEmail: true },
  { id: 'silent', name: 'Silent', ...directory.credentials, issuer: 'http://127.0.0.1:1' },
])
const msp = await makeMsp('larkfield')
const other = await makeMsp('boreal')
const actor = { kind: 'staff', role: 'owner', tenantId: msp.tenantId, staffId: msp.staffId } as const
const where = { userAgent: 'a test', address: '127.0.0.1' }
const [renee, , stranger, impostor] = directory.accounts

afterAll(() => directory.close())

/** Goes there, presses an account, and comes back. */
async function visit(subject: string | undefined, id = 'own'): Promise<Back> {
  const begun = await begin(id)
  const back = await chooseAccount(begun.url, subject ?? '')
  return comeBackFromDirectory(begun.kept, back.searchParams.toString())
}

async function begin(id = 'own') {
  const found = directoryOf(id)
  const begun = found === undefined ? undefined : await beginAtDirectory(found, 'enter')
  if (begun === undefined) throw new Error(`${id} does not answer`)
  return begun
}

function provenIn(back: Back): Proven {
  if (!back.ok) throw new Error(back.because)
  return back.proven
}

test('whoever has a proven address is let in by it, and from then on by the account', async () => {
  const proven = provenIn(await visit(renee?.subject))
  expect(proven).toMatchObject({ email: 'renee@larkfield.example', isEmailProven: true })
  const entered = await enterWithDirectory(proven, where)
  if (!entered.ok) throw new Error(entered.because)
  expect(await readSession('staff', entered.cookie)).toMatchObject({ staffId: msp.staffId, role: 'owner' })
  const moved = { ...proven, email: 'married@larkfield.example' }
  expect(await enterWithDirectory(moved, where)).toMatchObject({ ok: true })
  const [identity] = await listIdentities(actor)
  expect(identity?.email).toBe('married@larkfield.example')
})

test('an address that nobody has checked is nobody’s; a directory of one’s own is taken at its word, but not against it', async () => {
  const unproven = provenIn(await visit(impostor?.subject))
  expect(await enterWithDirectory(unproven, where)).toEqual({ ok: false, because: 'unknown' })
  const denied = provenIn(await visit(impostor?.subject, 'trusted'))
  expect(denied.isEmailProven).toBe(false)
  expect(await enterWithDirectory(provenIn(await visit(stranger?.subject)), where)).toMatchObject({
    because: 'unknown',
  })
})

test('an answer counts once, and only in the browser that was sent there', async () => {
  const begun = await begin()
  const query = (await chooseAccount(begun.url, renee?.subject ?? '')).searchParams.toString()
  const elsewhere = await begin()
  expect(await comeBackFromDirectory(elsewhere.kept, query)).toMatchObject({ ok: false, because: 'refused' })
  expect(await comeBackFromDirectory('', query)).toMatchObject({ ok: false, because: 'refused' })
  expect(await comeBackFromDirectory(begun.kept, query)).toMatchObject({ ok: true })
  expect(await comeBackFromDirectory(begun.kept, query)).toMatchObject({ ok: false, because: 'refused' })
  const forged = new URLSearchParams(query)
  forged.set('iss', 'https://evil.example')
  expect(await comeBackFromDirectory(begun.kept, forged.toString())).toMatchObject({ ok: false, because: 'refused' })
})

test('who cancels there, and a directory that does not answer, are told apart', async () => {
  expect(await visit('')).toMatchObject({ ok: false, because: 'declined' })
  const silent = directories().find(({ id }) => id === 'silent')
  if (silent === undefined) throw new Error('not set up')
  expect(await beginAtDirectory(silent, 'enter')).toBeUndefined()
})

test('an account that was removed does not come back by its address, only by being added', async () => {
  const proven = provenIn(await visit(renee?.subject))
  await enterWithDirectory(proven, where)
  const [identity] = await listIdentities(actor)
  expect(await removeIdentity({ ...actor, staffId: other.staffId }, identity?.id ?? '')).toBe(false)
  expect(await removeIdentity(actor, identity?.id ?? '')).toBe(true)
  expect(await enterWithDirectory(proven, where)).toEqual({ ok: false, because: 'unknown' })
  expect(await addIdentity(actor, proven)).toBe(true)
  expect(await enterWithDirectory(proven, where)).toMatchObject({ ok: true })
})

test('an account of a colleague cannot be added, and who is disabled is not let in', async () => {
  const colleague = await withTenant(msp.tenantId, (tx) =>
    tx.row<{ id: string }>(
      sql`insert into staff (tenant_id, email, name, role) values (${tx.tenantId}, 'marcus@larkfield.example', 'Marcus', 'finance') returning id`,
    ),
  )
  const proven = provenIn(await visit(renee?.subject))
  const marcus = { ...actor, staffId: colleague?.id ?? '' }
  expect(await addIdentity(marcus, proven)).toBe(false)
  const own = provenIn(await visit(directory.accounts[1]?.subject))
  expect(await enterWithDirectory(own, where)).toMatchObject({ ok: true })
  await withTenant(msp.tenantId, (tx) =>
    tx.run(sql`update staff set disabled_at = now() where tenant_id = ${tx.tenantId} and id = ${marcus.staffId}`),
  )
  expect(await membershipsOf(own)).toEqual([])
})

test('who works at two MSPs says which, among those and no other', async () => {
  await withTenant(other.tenantId, (tx) =>
    tx.run(
      sql`update staff set email = 'renee@larkfield.example' where tenant_id = ${tx.tenantId} and id = ${other.staffId}`,
    ),
  )
  const proven = provenIn(await visit(renee?.subject))
  const entered = await enterWithDirectory(proven, where)
  if (entered.ok || entered.because !== 'several') throw new Error('one MSP was taken for them')
  const choices = await choicesIn(entered.kept)
  expect(choices.map(({ tenantId }) => tenantId).toSorted()).toEqual([msp.tenantId, other.tenantId].toSorted())
  const third = await makeMsp('third')
  expect(await enterChosen(entered.kept, third.tenantId, where)).toEqual({ ok: false, because: 'unknown' })
  const chosen = await enterChosen(entered.kept, other.tenantId, where)
  if (!chosen.ok) throw new Error(chosen.because)
  expect(await readSession('staff', chosen.cookie)).toMatchObject({ tenantId: other.tenantId })
  expect(await choicesIn('made-up')).toEqual([])
})

// Last: the directory's keys are others from then on.
test('a token under a key that the directory does not show is refused', async () => {
  const shown = directory.issuer.keys()
  directory.issuer.turnKeys()
  directory.issuer.keys = () => shown
  expect(await visit(renee?.subject)).toMatchObject({ ok: false, because: 'refused' })
})
