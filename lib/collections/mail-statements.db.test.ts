import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { newId } from '@/lib/base/ids'
import { type Sql, sql } from '@/lib/base/sql'
import { record } from '@/lib/ledger/record'
import { linkPlace } from '@/lib/mail/link-place'
import { chooseLanguage, chooseStatement } from '@/lib/mail/preferences'
import { money } from '@/lib/money/money'
import { readStatement } from '@/lib/reports/read-statement'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { mailStatements } from './mail-statements'

let msp: TestMsp
let tenantId: string
let nextMsp = 0
beforeAll(() => {
  process.env.SMTP_URL = 'smtp://mail.example'
  process.env.PUBLIC_URL = 'https://pay.example'
})
// An MSP of its own for each test: a round mails everybody who waits.
beforeEach(async () => {
  nextMsp += 1
  msp = await makeMsp(`statements-${nextMsp}`)
  tenantId = msp.tenantId
})
const faultPoint = Symbol.for('closeloop.fault-point')
afterEach(() => {
  windClock(0)
  Object.assign(globalThis, { [faultPoint]: undefined })
})

/** Noon in New York, where no instant is given: whatever the zone, the date is the same. */
const at = (time: string) => windClock(new Date(time.includes('T') ? time : `${time}T17:00:00Z`).getTime() - Date.now())
const run = (statement: Sql) => withTenant(tenantId, (tx) => tx.run(statement))

/** Somebody at a client of their own. Invoices of the test's MSP are issued on November 2. */
async function makeReader(owing?: bigint) {
  const clientId = await msp.makeClient()
  if (owing !== undefined) await msp.makeInvoice(clientId, owing)
  const row = await withTenant(tenantId, (tx) =>
    tx.row<{ id: string }>(sql`select id from contacts where tenant_id = ${tx.tenantId} and client_id = ${clientId}`),
  )
  return { kind: 'contact', tenantId, contactId: row?.id ?? '', clientId, role: 'viewer' } as const
}
type Reader = Awaited<ReturnType<typeof makeReader>>

/** The same, who has asked for the statement in November. */
async function makeAsker(owing?: bigint): Promise<Reader> {
  at('2026-11-12')
  const reader = await makeReader(owing)
  await chooseStatement(reader, true)
  return reader
}

async function pay({ clientId }: Reader, minor: bigint, bookedOn: string): Promise<void> {
  const invoice = await withTenant(tenantId, (tx) =>
    tx.row<{ id: string }>(sql`select id from invoices where tenant_id = ${tx.tenantId} and client_id = ${clientId}`),
  )
  const paid = { debit: 'bank', credit: 'receivable', amount: money(minor, 'USD'), clientId } as const
  await withTenant(tenantId, (tx) =>
    record(tx, [
      {
        ...{ cause: { kind: 'recorded.paid', id: newId() }, happenedAt: new Date(`${bookedOn}T12:00:00Z`), bookedOn },
        movements: [{ ...paid, invoiceId: invoice?.id ?? '' }],
      },
    ]),
  )
}

type Mail = { key: string; clientId: string; locale: string; subject: string; text: string; html: string }
const mails = (of = tenantId) =>
  withTenant(of, (tx) =>
    tx.rows<Mail>(sql`
      select key, client_id, locale, subject, text, html from messages
      where tenant_id = ${tx.tenantId} and kind = 'monthly_statement' order by created_at, key`),
  )
const mailed = async () => (await mails()).map(({ key }) => key.replace('monthly_statement:', ''))
const due = async () =>
  withTenant(tenantId, (tx) =>
    tx.rows(sql`
      select 1 from events e join messages m on m.tenant_id = e.tenant_id and m.id::text = e.payload->>'messageId'
      where e.tenant_id = ${tx.tenantId} and e.kind = 'mail.due' and m.kind = 'monthly_statement'`),
  )

test('who asked for it gets last month, in their language, with the figures of the page; who did not gets nothing', async () => {
  const [asker] = [await makeAsker(50_000n), await makeReader(90_000n)]
  await pay(asker, 20_000n, '2026-11-30')
  await pay(asker, 5_000n, '2026-12-01')
  await chooseLanguage(asker, 'fr-CA')
  at('2026-12-01')
  await mailStatements(tenantId)
  const [mail, ...others] = await mails()
  expect(others).toEqual([])
  expect(mail).toMatchObject({ clientId: asker.clientId, locale: 'fr-CA' })
  expect(mail?.subject).toBe('Votre relevé de Larkfield IT : novembre 2026')
  const statement = await readStatement(asker, asker.clientId, { from: '2026-11-01', to: '2026-11-30' })
  expect(statement).toMatchObject({ billed: { minor: 50_000n }, paid: { minor: 20_000n }, closing: { minor: 30_000n } })
  const said = mail?.text.replace(/\s/g, ' ')
  for (const figure of ['Solde d’ouverture: 0,00 $ US', 'Factures: 500,00 $ US', 'Paiements: −200,00 $ US'])
    expect(said).toContain(figure)
  expect(said).toContain('Solde au 30 novembre 2026: 300,00 $ US')
  const portal = `https://pay.example/m/statements-${nextMsp}`
  expect(mail?.text).toContain(`${portal}/statement?from=2026-11-01&to=2026-11-30\n`)
  expect(mail?.text).toContain(`${portal}/preferences\n`)
  expect(mail?.html).toContain(`href="${portal}/statement?from=2026-11-01&amp;to=2026-11-30"`)
  expect(mail?.html).toContain(`href="${portal}/preferences"`)
  expect(await due()).toHaveLength(1)
})

test('who may pay, and has something to pay, can pay it from there; who may not reads and signs in', async () => {
  const [payer, viewer, settled] = [await makeAsker(50_000n), await makeAsker(60_000n), await makeAsker(70_000n)]
  await run(sql`update contacts set role = 'viewer' where tenant_id = ${tenantId} and id = ${viewer.contactId}`)
  await pay(settled, 70_000n, '2026-11-20')
  at('2026-12-01')
  await mailStatements(tenantId)
  const withLink = (await mails()).filter(({ text, html }) => text.includes(linkPlace) && html.includes(linkPlace))
  expect(withLink.map(({ clientId }) => clientId)).toEqual([payer.clientId])
  expect((await mails()).map(({ text }) => text.includes('/statement?from=2026-11-01'))).toEqual([true, true, true])
})

test('run again, and side by side, everybody gets one', async () => {
  const askers = [await makeAsker(1_000n), await makeAsker(2_000n), await makeAsker(3_000n)]
  at('2026-12-01')
  await Promise.all([mailStatements(tenantId), mailStatements(tenantId), mailStatements(tenantId)])
  await mailStatements(tenantId)
  expect((await mailed()).sort()).toEqual(askers.map(({ contactId }) => `${contactId}:2026-11-01`).sort())
  expect(await due()).toHaveLength(3)
})

test('a round that dies in the middle is finished by the next, and nobody is mailed twice', async () => {
  const { clientId } = await makeAsker(1_000n)
  await run(sql`
    insert into contacts (tenant_id, client_id, name, email, is_billing, role, statement_from, source_hash, source)
    select ${tenantId}, ${clientId}, 'Reader ' || n, 'reader' || n || '@hadleymoss.example', false, 'viewer', '2026-11-01', '', '{}'
    from generate_series(1, 204) n`)
  at('2026-12-01')
  let batches = 0
  const die = () => {
    batches += 1
    if (batches === 2) throw new Error('killed')
  }
  Object.assign(globalThis, { [faultPoint]: (name: string) => (name === 'mail.queued' ? die() : undefined) })
  await expect(mailStatements(tenantId)).rejects.toThrow('killed')
  expect(await mailed()).toHaveLength(200)
  await mailStatements(tenantId)
  expect(await mailed()).toHaveLength(205)
  expect(await due()).toHaveLength(205)
})

test('asked for in the middle of a month, the first is about that month', async () => {
  const asker = await makeAsker(1_000n)
  await mailStatements(tenantId)
  at('2026-11-30')
  await mailStatements(tenantId)
  expect(await mailed()).toEqual([])
  at('2026-12-01')
  await mailStatements(tenantId)
  at('2027-01-02')
  await mailStatements(tenantId)
  expect(await mailed()).toEqual([`${asker.contactId}:2026-11-01`, `${asker.contactId}:2026-12-01`])
})

test('nights that were missed are made up for within the month, and not after it', async () => {
  const asker = await makeAsker(1_000n)
  at('2026-12-31')
  await mailStatements(tenantId)
  expect(await mailed()).toEqual([`${asker.contactId}:2026-11-01`])
  at('2027-02-01')
  await mailStatements(tenantId)
  expect(await mailed()).toEqual([`${asker.contactId}:2026-11-01`, `${asker.contactId}:2027-01-01`])
})

test('a month ends where the MSP is, for whoever asks and for what is mailed', async () => {
  const asker = await makeAsker(1_000n)
  at('2026-12-01T04:59:00Z') // a minute before midnight in New York
  const late = await makeReader(1_000n)
  await chooseStatement(late, true)
  await mailStatements(tenantId)
  expect(await mailed()).toEqual([])
  at('2026-12-01T05:00:00Z')
  const tooLate = await makeReader(1_000n)
  await chooseStatement(tooLate, true)
  await mailStatements(tenantId)
  const both = [asker, late].map(({ contactId }) => `${contactId}:2026-11-01`)
  expect((await mailed()).sort()).toEqual(both.sort())
})

test('east of here the same instant is a month further', async () => {
  await run(sql`update tenants set time_zone = 'Pacific/Auckland' where id = ${tenantId}`)
  const asker = await makeAsker(1_000n)
  at('2026-11-30T11:00:00Z')
  await mailStatements(tenantId)
  expect(await mailed()).toEqual([`${asker.contactId}:2026-11-01`])
})

test('nothing moved and nothing stands: no mail; either of them is worth one', async () => {
  await makeAsker()
  const settled = await makeAsker(1_000n)
  await pay(settled, 1_000n, '2026-11-20')
  const owing = await makeAsker(2_000n)
  at('2026-12-01')
  await mailStatements(tenantId)
  expect((await mailed()).sort()).toEqual([settled, owing].map(({ contactId }) => `${contactId}:2026-11-01`).sort())
  at('2027-01-01')
  await mailStatements(tenantId)
  expect((await mailed()).filter((key) => key.endsWith('2026-12-01'))).toEqual([`${owing.contactId}:2026-12-01`])
})

test('who has left, was taken out, has no address or wants it no more gets none', async () => {
  for (const change of [sql`gone_at = now()`, sql`removed_at = now()`, sql`email = null`, sql`email = 'no address'`]) {
    const { contactId } = await makeAsker(1n)
    await run(sql`update contacts set ${change} where tenant_id = ${tenantId} and id = ${contactId}`)
  }
  await chooseStatement(await makeAsker(1n), false)
  const stays = await makeAsker(1n)
  at('2026-12-01')
  await mailStatements(tenantId)
  expect(await mailed()).toEqual([`${stays.contactId}:2026-11-01`])
})

test('where no mail can leave none waits for the day it can; from then on the month is made up for', async () => {
  const asker = await makeAsker(1_000n)
  at('2026-12-01')
  const settings = env()
  const smtp = settings.SMTP_URL
  settings.SMTP_URL = ''
  await mailStatements(tenantId)
  settings.SMTP_URL = smtp
  expect(await mailed()).toEqual([])
  await mailStatements(tenantId)
  expect(await mailed()).toEqual([`${asker.contactId}:2026-11-01`])
})

test('another MSP’s round mails nobody here', async () => {
  const asker = await makeAsker(1_000n)
  const other = await makeMsp(`statements-other-${nextMsp}`)
  at('2026-12-01')
  await mailStatements(other.tenantId)
  expect([await mails(), await mails(other.tenantId)]).toEqual([[], []])
  await mailStatements(tenantId)
  expect(await mailed()).toEqual([`${asker.contactId}:2026-11-01`])
  expect(await mails(other.tenantId)).toEqual([])
})
