import { afterEach, expect, test } from 'vitest'
import { now, windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newToken } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { makeMsp } from '../../e2e/support/msp.ts'
import { asksForCode, confirmSignIn } from './confirm-sign-in'
import { readSession } from './session'
import { askSignIn, browserTokenFor, unsealSignInToken } from './sign-in'
import { codeOf, typedCode } from './sign-in-code'

const msp = await makeMsp('larkfield')
const { tenantId, staffId } = msp
const email = 'renee@larkfield.example'
const person = { audience: 'staff', tenantId } as const
const minutes = (count: number) => windClock(count * 60_000)
afterEach(() => windClock(0))

/** Asks, and reads the link's token as the mail gets it. */
async function asked(browserToken = newToken()): Promise<{ token: string; browserToken: string }> {
  await askSignIn({ audience: 'staff', email, browserToken })
  const news = await withTenant(tenantId, (tx) =>
    tx.row<{ payload: { signInId: string; sealedToken: string } }>(
      sql`select payload from events where tenant_id = ${tx.tenantId} and kind = 'sign_in.asked' order by id desc limit 1`,
    ),
  )
  if (news === undefined) throw new Error('nobody was asked')
  const { signInId, sealedToken } = news.payload
  return { token: unsealSignInToken(tenantId, signInId, sealedToken), browserToken }
}

function actions(): Promise<string[]> {
  return withTenant(tenantId, async (tx) => {
    const rows = await tx.rows<{ action: string }>(
      sql`select action from audit_entries where tenant_id = ${tx.tenantId} and actor_id = ${staffId} order by id`,
    )
    return rows.map(({ action }) => action)
  })
}

test('a link opens one session, in the browser that asked, and none after that', async () => {
  const { token, browserToken } = await asked()
  expect(await asksForCode({ ...person, token, browserToken })).toBe(false)
  const opened = await confirmSignIn({ ...person, token, browserToken })
  if (!opened.ok) throw new Error(opened.because)
  expect(await readSession('staff', opened.cookie)).toMatchObject({ kind: 'staff', staffId, role: 'owner' })
  expect(await confirmSignIn({ ...person, token, browserToken })).toEqual({ ok: false, because: 'expired' })
  expect(await actions()).toEqual(['sign_in.asked', 'session.opened'])
})

test('two presses at the same moment open one session', async () => {
  const { token, browserToken } = await asked()
  const answers = await Promise.all([1, 2, 3, 4].map(() => confirmSignIn({ ...person, token, browserToken })))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
})

test('elsewhere it takes the code that the asking browser shows; looking and asking without one use nothing up', async () => {
  const { token, browserToken } = await asked()
  const elsewhere = { ...person, token, browserToken: newToken() }
  for (let look = 0; look < 9; look++) {
    expect(await asksForCode(elsewhere)).toBe(true)
    expect(await confirmSignIn(elsewhere)).toEqual({ ok: false, because: 'other-browser' })
  }
  const shown = codeOf(browserToken)
  expect(shown).toMatch(/^\d{6}$/)
  expect(
    await confirmSignIn({ ...elsewhere, code: typedCode(` ${shown.slice(0, 3)} ${shown.slice(3)}`) }),
  ).toMatchObject({
    ok: true,
  })
})

test('after five wrong codes the link is dead, for the right code and in the right browser too', async () => {
  const { token, browserToken } = await asked()
  const elsewhere = { ...person, token, browserToken: newToken() }
  const wrong = codeOf(browserToken) === '000000' ? '000001' : '000000'
  for (const left of [4, 3, 2, 1])
    expect(await confirmSignIn({ ...elsewhere, code: wrong })).toEqual({ ok: false, because: 'code', left })
  expect(await confirmSignIn({ ...elsewhere, code: wrong })).toEqual({ ok: false, because: 'expired' })
  expect(await confirmSignIn({ ...elsewhere, code: codeOf(browserToken) })).toEqual({ ok: false, because: 'expired' })
  expect(await confirmSignIn({ ...person, token, browserToken })).toEqual({ ok: false, because: 'expired' })
  expect((await actions()).filter((action) => action === 'sign_in.wrong_code')).toHaveLength(5)
})

test('wrong codes at the same moment are counted one by one', async () => {
  const { token, browserToken } = await asked()
  const elsewhere = { ...person, token, browserToken: newToken() }
  const wrong = codeOf(browserToken) === '000000' ? '000001' : '000000'
  await Promise.all(Array.from({ length: 20 }, () => confirmSignIn({ ...elsewhere, code: wrong })))
  expect(await confirmSignIn({ ...elsewhere, code: codeOf(browserToken) })).toEqual({ ok: false, because: 'expired' })
})

test('a link lives ten minutes', async () => {
  const { token, browserToken } = await asked()
  minutes(9.9)
  expect(await asksForCode({ ...person, token, browserToken: newToken() })).toBe(true)
  minutes(10)
  expect(await confirmSignIn({ ...person, token, browserToken })).toEqual({ ok: false, because: 'expired' })
})

test('a link for staff opens nothing for clients, nor at another MSP', async () => {
  const { token, browserToken } = await asked()
  const other = await makeMsp('boreal')
  const nothing = { ok: false, because: 'expired' }
  expect(await confirmSignIn({ audience: 'contact', tenantId, token, browserToken })).toEqual(nothing)
  expect(await confirmSignIn({ ...person, tenantId: other.tenantId, token, browserToken })).toEqual(nothing)
  expect(await confirmSignIn({ ...person, tenantId: 'larkfield', token, browserToken })).toEqual(nothing)
})

test('whoever was disabled after asking does not come in', async () => {
  const { token, browserToken } = await asked()
  const disable = (at: Date | null) =>
    withTenant(tenantId, (tx) => tx.run(sql`update staff set disabled_at = ${at} where tenant_id = ${tx.tenantId}`))
  await disable(now())
  expect(await confirmSignIn({ ...person, token, browserToken })).toEqual({ ok: false, because: 'expired' })
  await disable(null)
})

test('nothing at rest opens it: neither the token nor the code, nor what the code could be tried against', async () => {
  const { token, browserToken } = await asked()
  const stored = await withTenant(tenantId, (tx) =>
    tx.row<{ text: string }>(
      sql`select string_agg(to_jsonb(s)::text, '') as text from sign_ins s where tenant_id = ${tx.tenantId}`,
    ),
  )
  for (const secret of [token, browserToken, codeOf(browserToken)]) expect(stored?.text).not.toContain(secret)
})

test('an address that nobody has leaves no row; a browser that asks again shows the same code', async () => {
  const count = () =>
    withTenant(tenantId, (tx) => tx.rows(sql`select id from sign_ins where tenant_id = ${tx.tenantId}`))
  const before = await count()
  const browserToken = browserTokenFor(undefined)
  await askSignIn({ audience: 'staff', email: 'nobody@larkfield.example', browserToken })
  await askSignIn({ audience: 'contact', tenantId, email, browserToken })
  expect(await count()).toHaveLength(before.length)
  expect(browserTokenFor(browserToken)).toBe(browserToken)
  expect(browserTokenFor('made-up')).not.toBe('made-up')
})
