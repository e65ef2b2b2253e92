import { Secret, TOTP } from 'otpauth'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { saveTenantSettings } from '@/lib/tenancy/save-settings'
import { Settings } from '@/lib/tenancy/settings'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { beginCodeApp, confirmCodeApp, rotateCodeApps } from './code-app'
import { factorsOf, removeFactor } from './factors'
import { giveChallenge, takeChallenge } from './passkey-challenge'
import { enterWithFactor, isFresh, moveSession, prove } from './prove'
import { renewRecoveryCodes } from './recovery-codes'
import { requireFactorOfAll } from './require-factor'
import type { StaffActor } from './require-staff'
import { openSessionFor, readSession, readWaitingSession } from './session'

let msp: TestMsp
let number = 0
// Digits of a period are taken once: each test begins in a period of its own.
const start = Date.parse('2026-11-20T15:00:00Z')
beforeEach(async () => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  number += 1
  msp = await makeMsp(`larkfield-${number}`)
})
afterEach(() => {
  vi.useRealTimers()
  windClock(0)
})
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)

async function signIn(staffId = msp.staffId): Promise<{ cookie: string; isWaiting: boolean; actor: StaffActor }> {
  const opened = await withTenant(msp.tenantId, (tx) => openSessionFor(tx, 'staff', staffId))
  const actor = opened.isWaiting ? await readWaitingSession(opened.cookie) : await readSession('staff', opened.cookie)
  if (actor?.kind !== 'staff') throw new Error('nobody signed in')
  return { ...opened, actor }
}

const digits = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate()

async function withApp(): Promise<{ actor: StaffActor; secret: string; codes: string[] }> {
  const { actor } = await signIn()
  const { secret } = await beginCodeApp(actor)
  const added = await confirmCodeApp(actor, digits(secret))
  if (!added.ok) throw new Error(added.because)
  later(30)
  return { actor, secret, codes: added.recoveryCodes }
}

async function addStaff(role: string): Promise<string> {
  const id = newId()
  await withTenant(msp.tenantId, (tx) =>
    tx.run(
      sql`insert into staff (tenant_id, id, email, name, role) values (${tx.tenantId}, ${id}, ${`${id}@larkfield.example`}, 'Theo', ${role})`,
    ),
  )
  return id
}

test('an app counts from its first right digits on, and is asked at the next sign-in', async () => {
  const { actor, isWaiting } = await signIn()
  expect(isWaiting).toBe(false)
  const { secret, uri } = await beginCodeApp(actor)
  expect(uri).toContain(`secret=${secret}`)
  expect((await signIn()).isWaiting).toBe(false)
  expect(await confirmCodeApp(actor, '000000')).toEqual({ ok: false, because: 'wrong' })
  expect(await confirmCodeApp(actor, digits(secret))).toMatchObject({ ok: true })
  expect(await factorsOf(actor)).toEqual({ passkeys: 0, hasApp: true, recoveryCodesLeft: 10, isRequired: false })
  const next = await signIn()
  expect(next.isWaiting).toBe(true)
  expect(await readSession('staff', next.cookie)).toBeUndefined()
})

test('a waiting session opens with the digits, under a new secret, and the old one opens nothing', async () => {
  const { secret } = await withApp()
  const { cookie, actor } = await signIn()
  expect(await prove(actor, { kind: 'code', code: '12345' })).toEqual({ ok: false, because: 'wrong' })
  const proved = await prove(actor, { kind: 'code', code: digits(secret) })
  if (!proved.ok) throw new Error(proved.because)
  expect(proved.cookie).not.toBe(cookie)
  expect(await readWaitingSession(cookie)).toBeUndefined()
  expect(await readSession('staff', cookie)).toBeUndefined()
  const open = await readSession('staff', proved.cookie)
  expect(open).toMatchObject({ staffId: msp.staffId, sessionId: actor.sessionId })
  expect(open?.kind === 'staff' && isFresh(open)).toBe(true)
})

test('digits are taken once, also twice at the same moment, and a neighbouring period is taken for a slow clock', async () => {
  const { secret } = await withApp()
  const [one, two] = [await signIn(), await signIn()]
  const code = digits(secret)
  const answers = await Promise.all([one, two].map(({ actor }) => prove(actor, { kind: 'code', code })))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  later(30)
  const slow = digits(secret)
  later(30)
  expect(await prove((await signIn()).actor, { kind: 'code', code: slow })).toMatchObject({ ok: true })
  const early = digits(secret)
  later(90)
  expect(await prove((await signIn()).actor, { kind: 'code', code: early })).toEqual({ ok: false, because: 'wrong' })
})

test('a recovery code opens once, however it is typed; a new set ends the old one; nothing at rest opens anything', async () => {
  const { actor, codes } = await withApp()
  expect(new Set(codes).size).toBe(10)
  const typed = (codes[0] ?? '').toUpperCase().replaceAll('-', ' ')
  expect(await prove((await signIn()).actor, { kind: 'code', code: typed })).toMatchObject({ ok: true })
  expect(await prove((await signIn()).actor, { kind: 'code', code: typed })).toEqual({ ok: false, because: 'wrong' })
  expect((await factorsOf(actor)).recoveryCodesLeft).toBe(9)
  const fresh = await renewRecoveryCodes(actor)
  expect(await prove((await signIn()).actor, { kind: 'code', code: codes[1] ?? '' })).toMatchObject({ ok: false })
  expect(await prove((await signIn()).actor, { kind: 'code', code: fresh[1] ?? '' })).toMatchObject({ ok: true })
  const stored = await withTenant(msp.tenantId, (tx) =>
    tx.row<{ text: string }>(
      sql`select string_agg(to_jsonb(r)::text, '') as text from recovery_codes r where tenant_id = ${tx.tenantId}`,
    ),
  )
  expect(stored?.text).not.toContain((fresh[2] ?? '').replaceAll('-', ''))
})

test('another person’s digits and recovery codes open nothing', async () => {
  const { secret, codes } = await withApp()
  const theo = await addStaff('finance')
  const { actor } = await signIn(theo)
  expect(await prove(actor, { kind: 'code', code: digits(secret) })).toEqual({ ok: false, because: 'wrong' })
  expect(await prove(actor, { kind: 'code', code: codes[0] ?? '' })).toEqual({ ok: false, because: 'wrong' })
})

test('ten tries, then the right digits are not heard either', async () => {
  const { secret } = await withApp()
  const { actor } = await signIn()
  for (let tries = 0; tries < 10; tries++) await prove(actor, { kind: 'code', code: 'wrong' })
  expect(await prove(actor, { kind: 'code', code: digits(secret) })).toEqual({ ok: false, because: 'busy' })
})

test('who waits for a first factor comes in with it; moving the session makes nothing fresh', async () => {
  const { actor: owner } = await withApp()
  await requireFactorOfAll(owner, true)
  const theo = await signIn(await addStaff('finance'))
  expect(theo.isWaiting).toBe(true)
  const { secret } = await beginCodeApp(theo.actor)
  expect(await confirmCodeApp(theo.actor, digits(secret))).toMatchObject({ ok: true })
  await enterWithFactor(theo.actor)
  const open = await readSession('staff', theo.cookie)
  if (open?.kind !== 'staff') throw new Error('not in')
  expect(isFresh(open)).toBe(true)
  windClock(11 * 60_000)
  await enterWithFactor(open)
  const moved = (await moveSession(open)) ?? ''
  expect(await readSession('staff', theo.cookie)).toBeUndefined()
  const after = await readSession('staff', moved)
  expect(after?.kind === 'staff' && isFresh(after)).toBe(false)
})

test('a proof is fresh for ten minutes', async () => {
  const { actor } = await signIn()
  expect(isFresh(actor)).toBe(true)
  windClock(10 * 60_000 - 1000)
  expect(isFresh(actor)).toBe(true)
  windClock(10 * 60_000 + 1000)
  expect(isFresh(actor)).toBe(false)
  const { tenantId, staffId } = msp
  expect(isFresh({ kind: 'staff', tenantId, staffId, role: 'owner' })).toBe(false)
})

test('only an owner who has a factor asks it of everybody; who has none is signed out and waits for one', async () => {
  const theo = await addStaff('finance')
  const before = await signIn(theo)
  const { actor: bare } = await signIn()
  expect(await requireFactorOfAll(before.actor, true)).toEqual({ ok: false, because: 'not-owner' })
  expect(await requireFactorOfAll(bare, true)).toEqual({ ok: false, because: 'none-yourself' })
  const { actor } = await withApp()
  expect(await requireFactorOfAll(actor, true)).toEqual({ ok: true })
  expect(await readSession('staff', before.cookie)).toBeUndefined()
  expect((await signIn(theo)).isWaiting).toBe(true)
  expect(await removeFactor(actor, 'app')).toEqual({ ok: false, because: 'last' })
  // Saving other switches leaves it as it is.
  const { requireSecondFactor: _, ...settings } = Settings.parse({})
  await saveTenantSettings(msp.tenantId, { kind: 'staff', id: msp.staffId }, { settings })
  expect((await factorsOf(actor)).isRequired).toBe(true)
  expect(await requireFactorOfAll(actor, false)).toEqual({ ok: true })
  expect((await signIn(theo)).isWaiting).toBe(false)
  expect(await removeFactor(actor, 'app')).toEqual({ ok: true })
  expect(await removeFactor(actor, 'app')).toEqual({ ok: false, because: 'unknown' })
})

test('what a passkey is to sign is good once, for five minutes, in its session and for its purpose', async () => {
  const [sessionId, other] = [newId(), newId()]
  await withTenant(msp.tenantId, async (tx) => {
    const challenge = await giveChallenge(tx, { purpose: 'prove', sessionId })
    expect(await takeChallenge(tx, { purpose: 'prove', sessionId: other }, challenge)).toBe(false)
    expect(await takeChallenge(tx, { purpose: 'enrol', sessionId }, challenge)).toBe(false)
    expect(await takeChallenge(tx, { purpose: 'sign-in' }, challenge)).toBe(false)
    expect(await takeChallenge(tx, { purpose: 'prove', sessionId }, challenge)).toBe(true)
    expect(await takeChallenge(tx, { purpose: 'prove', sessionId }, challenge)).toBe(false)
    const late = await giveChallenge(tx, { purpose: 'prove', sessionId })
    windClock(5 * 60_000)
    expect(await takeChallenge(tx, { purpose: 'prove', sessionId }, late)).toBe(false)
  })
})

test('secrets of apps are sealed anew with a new key, and still open', async () => {
  const { secret } = await withApp()
  const keys = `next:${Buffer.alloc(32, 7).toString('base64')},${process.env.SECRET_KEYS ?? ''}`
  expect(await rotateCodeApps(keys)).toMatchObject({ keyId: 'next' })
  expect((await rotateCodeApps(keys)).count).toBe(0)
  const stored = await withTenant(msp.tenantId, (tx) =>
    tx.rows<{ secret: string }>(sql`select secret from code_apps where tenant_id = ${tx.tenantId}`),
  )
  expect(stored.every((row) => row.secret.startsWith('v1.next.') && !row.secret.includes(secret))).toBe(true)
})
