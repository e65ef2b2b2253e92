import { beforeEach, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { type Sql, sql } from '@/lib/base/sql'
import { getTenant } from '@/lib/tenancy/queries'
import { retentionLimits } from '@/lib/tenancy/retention'
import { saveTenantSettings } from '@/lib/tenancy/save-settings'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { forgetExpired } from './forget-expired'
import { setRetention } from './set-retention'

let msp: TestMsp
let number = 0
beforeEach(async () => {
  number += 1
  msp = await makeMsp(`retention-${number}`)
})

const run = (statement: Sql, { tenantId } = msp) => withTenant(tenantId, (tx) => tx.run(statement))
const rows = <Row>(statement: Sql, { tenantId } = msp) => withTenant(tenantId, (tx) => tx.rows<Row>(statement))
const count = async (table: 'sign_ins' | 'passkey_challenges', of = msp) => {
  const found = table === 'sign_ins' ? sql`select 1 from sign_ins` : sql`select 1 from passkey_challenges`
  return (await rows(sql`${found} where tenant_id = ${of.tenantId}`, of)).length
}
/** A time before now; `days` more than that for one side of a limit, fewer for the other. */
const ago = (months: number, days = 0) => sql`now() - make_interval(months => ${months}::int, days => ${days}::int)`

async function keepSignIn(at: Sql, of = msp): Promise<void> {
  await run(
    sql`
    insert into sign_ins (tenant_id, id, audience, person_id, token_hash, browser_hash, created_at, expires_at)
    values (${of.tenantId}, ${newId()}, 'contact', ${newId()}, decode(md5(random()::text), 'hex'), 'b', ${at}, ${at})`,
    of,
  )
}
async function keepMail(at: Sql, state = 'sent'): Promise<string> {
  const id = newId()
  await run(sql`
    insert into messages (tenant_id, id, key, kind, to_email, locale, subject, text, html, state, created_at)
    values (${msp.tenantId}, ${id}, ${id}, 'invoice', 'dana@hadleymoss.example', 'en-US', 'Invoice 20418', 'what it said', '<p>', ${state}, ${at})`)
  return id
}
async function keepMandate(kind: string, acceptedAt: Sql, revokedAt: Sql | null): Promise<string> {
  const [id, methodId, clientId] = [newId(), newId(), await msp.makeClient()]
  await run(sql`
    insert into methods (tenant_id, id, client_id, account, customer_id, payment_method_id, type, label, last4, created_at)
    values (${msp.tenantId}, ${methodId}, ${clientId}, 'acct_1', 'cus_1', ${`pm_${id}`}, 'card', 'Visa credit, 4242', '4242', now())`)
  await run(sql`
    insert into mandates (tenant_id, id, client_id, method_id, kind, text, text_version, language, accepted_at, accepted_ip, user_agent, given_by, revoked_at, revoked_by)
    values (${msp.tenantId}, ${id}, ${clientId}, ${methodId}, ${kind}, 'words', 'v', 'en-US', ${acceptedAt}, '203.0.113.7', 'Firefox', 'contact',
      ${revokedAt ?? sql`null`}, ${revokedAt === null ? null : 'contact'})`)
  return id
}
const mandate = async (id: string) =>
  (
    await rows<{ acceptedIp: string; userAgent: string; text: string }>(
      sql`select accepted_ip, user_agent, text from mandates where tenant_id = ${msp.tenantId} and id = ${id}`,
    )
  )[0]

test('sign-ins and what passkeys were asked to sign go when their time is over, and not a day sooner', async () => {
  const { signInMonths, challengeDays } = retentionLimits
  await keepSignIn(ago(signInMonths.standard, 1))
  await keepSignIn(ago(signInMonths.standard, -1))
  for (const days of [challengeDays.standard + 1, challengeDays.standard - 1])
    await run(sql`
      insert into passkey_challenges (tenant_id, challenge_hash, purpose, expires_at)
      values (${msp.tenantId}, decode(md5(random()::text), 'hex'), 'sign-in', ${ago(0, days)})`)
  await forgetExpired(msp.tenantId)
  expect([await count('sign_ins'), await count('passkey_challenges')]).toEqual([1, 1])
})

test('a session that is long over no longer says from where, nor by which address; one that stands does', async () => {
  for (const over of [ago(14), ago(1)])
    await run(sql`
      insert into sessions (tenant_id, id, audience, person_id, token_hash, user_agent, address, proven_email, created_at, last_seen_at, expires_at)
      values (${msp.tenantId}, ${newId()}, 'contact', ${newId()}, decode(md5(random()::text), 'hex'), 'Firefox', '203.0.113.7', 'priya@hadley.example', ${ago(20)}, ${ago(15)}, ${over})`)
  await forgetExpired(msp.tenantId)
  expect(
    await rows(
      sql`select address, user_agent, proven_email from sessions where tenant_id = ${msp.tenantId} order by expires_at`,
    ),
  ).toEqual([
    { address: '', userAgent: '', provenEmail: null },
    { address: '203.0.113.7', userAgent: 'Firefox', provenEmail: 'priya@hadley.example' },
  ])
})

test('of an old mail it stays known that it was sent, not what it said; one that is still to go is left whole', async () => {
  const [old, waiting, young] = [await keepMail(ago(25)), await keepMail(ago(25), 'waiting'), await keepMail(ago(23))]
  await forgetExpired(msp.tenantId)
  const text = new Map(
    (
      await rows<{ id: string; text: string }>(sql`select id, text from messages where tenant_id = ${msp.tenantId}`)
    ).map((mail) => [mail.id, mail.text]),
  )
  expect([old, waiting, young].map((id) => text.get(id))).toEqual(['', 'what it said', 'what it said'])
})

test('an authorization keeps its words for ever, and where it came from until it has been over for seven years', async () => {
  const [standing, ended, recent, once] = [
    await keepMandate('card_saved', ago(20 * 12), null),
    await keepMandate('card_saved', ago(20 * 12), ago(7 * 12, 1)),
    await keepMandate('card_saved', ago(20 * 12), ago(7 * 12, -1)),
    await keepMandate('bank_once', ago(7 * 12, 1), null),
  ]
  await forgetExpired(msp.tenantId)
  const whole = { acceptedIp: '203.0.113.7', userAgent: 'Firefox', text: 'words' }
  expect(await mandate(standing)).toEqual(whole)
  expect(await mandate(recent)).toEqual(whole)
  for (const id of [ended, once]) expect(await mandate(id)).toEqual({ acceptedIp: '', userAgent: '', text: 'words' })
  await expect(
    run(
      sql`update mandates set accepted_ip = '', user_agent = '' where tenant_id = ${msp.tenantId} and id = ${standing}`,
    ),
  ).rejects.toThrow(/append-only/)
  await expect(
    run(sql`update mandates set text = '' where tenant_id = ${msp.tenantId} and id = ${ended}`),
  ).rejects.toThrow(/append-only/)
})

test('an owner sets other periods, never below the law’s, and saving the other settings leaves them', async () => {
  const owner = { kind: 'staff', tenantId: msp.tenantId, staffId: msp.staffId, role: 'owner' } as const
  const chosen = { signInMonths: 2, challengeDays: 30, mailMonths: 36, mandateYears: 10 }
  expect(await setRetention({ ...owner, role: 'finance' }, chosen)).toBe(false)
  expect(await setRetention(owner, chosen)).toBe(true)
  const { retention: _, ...others } = (await withTenant(msp.tenantId, getTenant)).settings
  await saveTenantSettings(msp.tenantId, { kind: 'staff', id: msp.staffId }, { settings: others })
  expect((await withTenant(msp.tenantId, getTenant)).settings.retention).toEqual(chosen)
  await keepSignIn(ago(3))
  await forgetExpired(msp.tenantId)
  expect(await count('sign_ins')).toBe(0)
})

test('one MSP’s night takes nothing from another', async () => {
  const other = await makeMsp(`retention-other-${number}`)
  await keepSignIn(ago(60), other)
  await forgetExpired(msp.tenantId)
  expect(await count('sign_ins', other)).toBe(1)
})
