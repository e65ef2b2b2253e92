import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createStatementLink, markViewed, openPayLink, revokePayLinks } from '@/lib/access/pay-link'
import { now, windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { type Sql, sql } from '@/lib/base/sql'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { SimClock } from '../../sandbox/kernel/clock.ts'
import { type MailService, startMail } from '../../sandbox/mail/start-mail.ts'
import type { World } from '../../sandbox/world/world.ts'
import { deliverMessage } from './deliver-message'
import { forwardStatement } from './forward-statement'
import { sendStatement } from './send-statement'

let mail: MailService
let msp: TestMsp
let clientId: string

beforeAll(async () => {
  const world = { msp: { timeZone: 'America/New_York' } } as unknown as World
  const clock = new SimClock(new Date('2026-11-20T15:00:00Z'))
  mail = await startMail({ clock, world, seed: 'test', port: () => 0, happened: () => undefined })
  const { host, port, user, password } = mail.smtp
  process.env.SMTP_URL = `smtp://${user}:${password}@${host}:${port}`
  process.env.MAIL_FROM = 'billing@mail.example'
  process.env.PUBLIC_URL = 'https://pay.example'
  msp = await makeMsp('larkfield')
  clientId = await msp.makeClient()
})
afterAll(() => mail.close())
afterEach(() => windClock(0))

const run = (statement: Sql) => withTenant(msp.tenantId, (tx) => tx.run(statement))
const dayMs = 24 * 3_600_000

const makeLink = (of = clientId) =>
  withTenant(msp.tenantId, (tx) => createStatementLink(tx, { clientId: of, sentTo: 'dana@hadleymoss.example' }))

async function opened(token: string) {
  const link = await openPayLink('larkfield', token)
  if (!link.ok || link.of !== 'statement') throw new Error('the link does not open a statement')
  return link.actor
}

async function settle(invoiceId: string, minor: bigint, happenedAt: Date): Promise<void> {
  const paid = { debit: 'bank', credit: 'receivable', amount: money(minor, 'USD'), clientId, invoiceId } as const
  const cause = { kind: 'recorded.paid', id: newId() } as const
  await withTenant(msp.tenantId, (tx) =>
    record(tx, [{ cause, happenedAt, bookedOn: happenedAt.toISOString().slice(0, 10), movements: [paid] }]),
  )
}

test('it opens what its client owes now: what came since, what was paid since, and not what was paid before', async () => {
  const [before, since, open] = [
    await msp.makeInvoice(clientId, 100n),
    await msp.makeInvoice(clientId, 200n),
    await msp.makeInvoice(clientId, 300n),
  ]
  await settle(before, 100n, new Date(now().getTime() - dayMs))
  const token = await makeLink()
  expect((await opened(token)).invoiceIds.toSorted()).toEqual([since, open].toSorted())
  await settle(since, 200n, new Date(now().getTime() + 1_000))
  const came = await msp.makeInvoice(clientId, 400n)
  expect((await opened(token)).invoiceIds.toSorted()).toEqual([since, open, came].toSorted())
  // In another currency it is another account.
  await run(sql`update invoices set currency = 'CAD' where tenant_id = ${msp.tenantId} and id = ${came}`)
  expect((await opened(token)).invoiceIds).not.toContain(came)
})

test('what belongs to another client, or is moved to one, is not in it', async () => {
  const [other, mine] = [await msp.makeClient(), await msp.makeClient()]
  const theirs = await msp.makeInvoice(other, 500n)
  const moved = await msp.makeInvoice(mine, 600n)
  const token = await makeLink(mine)
  expect((await opened(token)).invoiceIds).toEqual([moved])
  await run(sql`update invoices set client_id = ${other} where tenant_id = ${msp.tenantId} and id = ${moved}`)
  expect((await opened(token)).invoiceIds).toEqual([])
  expect((await opened(await makeLink(other))).invoiceIds.toSorted()).toEqual([theirs, moved].toSorted())
})

test('it opens at its own MSP alone, and not once its client has left', async () => {
  await makeMsp('boreal')
  const leaving = await msp.makeClient()
  await msp.makeInvoice(leaving, 100n)
  const token = await makeLink(leaving)
  expect(await openPayLink('boreal', token)).toEqual({ ok: false, because: 'unknown' })
  await opened(token)
  await run(sql`update clients set gone_at = now() where tenant_id = ${msp.tenantId} and id = ${leaving}`)
  expect(await openPayLink('larkfield', token)).toEqual({ ok: false, because: 'unknown' })
  const staff = { kind: 'staff', tenantId: msp.tenantId, staffId: msp.staffId, role: 'finance' } as const
  expect(await sendStatement(staff, leaving, newId())).toEqual({ ok: false, because: 'left' })
})

test('it lives until thirty days after the last due date, 120 at most, and then says so', async () => {
  const owing = await msp.makeClient()
  const invoiceId = await msp.makeInvoice(owing, 100n)
  const inDays = (days: number) => new Date(now().getTime() + days * dayMs).toISOString().slice(0, 10)
  const opensAfter = async (token: string, days: number) => {
    windClock(days * dayMs)
    const { ok } = await openPayLink('larkfield', token)
    windClock(0)
    return ok
  }
  for (const [dueIn, lives] of [
    [-40, 30],
    [20, 50],
    [300, 120],
  ] as const) {
    await run(
      sql`update invoices set due_on = ${inDays(dueIn)} where tenant_id = ${msp.tenantId} and id = ${invoiceId}`,
    )
    const token = await makeLink(owing)
    expect([await opensAfter(token, lives - 1), await opensAfter(token, lives + 1)]).toEqual([true, false])
    windClock((lives + 1) * dayMs)
    expect(await openPayLink('larkfield', token)).toMatchObject({
      ...{ ok: false, because: 'expired', scope: { clientId: owing } },
    })
    windClock(0)
  }
})

test('staff close the links of a client’s statement, and no other', async () => {
  const [one, other] = [await msp.makeClient(), await msp.makeClient()]
  const tokens = [await makeLink(one), await makeLink(one), await makeLink(other)]
  expect(await withTenant(msp.tenantId, (tx) => revokePayLinks(tx, { clientId: one }, 'by_staff'))).toBe(2)
  const after = await Promise.all(tokens.map((token) => openPayLink('larkfield', token)))
  expect(after.map((link) => (link.ok ? 'opens' : link.because))).toEqual(['replaced', 'replaced', 'opens'])
})

test('opening changes nothing; a person’s look marks the link, and counts no invoice as viewed', async () => {
  const invoiceId = await msp.makeInvoice(clientId, 100n)
  const token = await makeLink()
  const seen = () =>
    withTenant(msp.tenantId, (tx) =>
      tx.row<{ link: Date | null; invoice: Date | null }>(sql`
        select l.viewed_at as link, i.viewed_at as invoice from pay_links l join invoices i on i.tenant_id = l.tenant_id and i.id = ${invoiceId}
        where l.tenant_id = ${tx.tenantId} and l.client_id = ${clientId} order by l.created_at desc, l.id desc limit 1`),
    )
  const actor = await opened(token)
  expect(await seen()).toEqual({ link: null, invoice: null })
  await markViewed(actor)
  expect(await seen()).toEqual({ link: expect.any(Date), invoice: null })
})

const letters = (of: string) =>
  withTenant(msp.tenantId, (tx) =>
    tx.rows<{ id: string; toEmail: string; text: string }>(sql`
      select id, to_email, text from messages
      where tenant_id = ${tx.tenantId} and client_id = ${of} and kind = 'open_invoices' order by id`),
  )
/** The secret in the newest mail of the mailbox. */
const mailedToken = () =>
  /https:\/\/pay\.example\/m\/larkfield\/pay\/([\w-]{43})/.exec(mail.mailbox.list()[0]?.text ?? '')?.[1] ?? ''

test('sent by staff it names what is open and what is late; the link is made as the mail leaves, and opens all of it', async () => {
  const owing = await msp.makeClient('Cascade Dental')
  const invoices = [await msp.makeInvoice(owing, 12_345n), await msp.makeInvoice(owing, 100n)]
  windClock(new Date('2026-12-10T17:00:00Z').getTime() - Date.now())
  const staff = { kind: 'staff', tenantId: msp.tenantId, staffId: msp.staffId, role: 'finance' } as const
  expect(await sendStatement(staff, owing, 'once')).toMatchObject({ ok: true })
  await sendStatement(staff, owing, 'once')
  const [letter, ...others] = await letters(owing)
  expect(others).toEqual([])
  expect(letter?.text).toContain('2 open invoices, $124.45 past due')
  expect(letter?.text).not.toMatch(/\/pay\/[\w-]{43}/)
  await deliverMessage(msp.tenantId, letter?.id ?? '')
  expect(mail.mailbox.list()[0]?.text).not.toContain('{pay-link')
  expect((await opened(mailedToken())).invoiceIds.toSorted()).toEqual(invoices.toSorted())
})

test('passed on, a new link is mailed to the new address once, and the old one closes for good', async () => {
  const owing = await msp.makeClient()
  const open = [await msp.makeInvoice(owing, 700n), await msp.makeInvoice(owing, 800n)]
  await msp.makeInvoice(owing, 0n)
  const token = await makeLink(owing)
  const actor = await opened(token)
  expect(await forwardStatement(actor, 'nobody')).toEqual({ ok: false, because: 'no-address' })
  await opened(token)
  expect(await forwardStatement(actor, ' AP@hadleymoss.example ')).toEqual({ ok: true, to: 'ap@hadleymoss.example' })
  await forwardStatement(actor, 'ap@hadleymoss.example')
  const sent = await letters(owing)
  expect(sent).toMatchObject([{ toEmail: 'ap@hadleymoss.example' }])
  expect(await openPayLink('larkfield', token)).toMatchObject({ ok: false, because: 'forwarded' })
  await deliverMessage(msp.tenantId, sent[0]?.id ?? '')
  await opened(mailedToken())
  const raised = await withTenant(msp.tenantId, (tx) =>
    tx.rows(
      sql`select cause from exceptions where tenant_id = ${tx.tenantId} and subject_id = ${owing} and closed_at is null`,
    ),
  )
  expect(raised).toEqual([{ cause: 'contact-to-check' }])
  const notes = await withTenant(msp.tenantId, (tx) =>
    tx.rows<{ payload: { invoiceId: string; text: string } }>(sql`
      select payload from events where tenant_id = ${tx.tenantId} and kind = 'note.due' and payload->>'text' like '%passed this one on%'`),
  )
  expect(notes.map(({ payload }) => payload.invoiceId).toSorted()).toEqual(open.toSorted())
  expect(notes[0]?.payload.text).toContain('ap@hadleymoss.example')
})

test('whoever holds it has only their own statement sent, and nothing where nothing is open', async () => {
  const [owing, other] = [await msp.makeClient(), await msp.makeClient()]
  await msp.makeInvoice(other, 100n)
  const actor = await opened(await makeLink(owing))
  await expect(sendStatement(actor, other, 'x')).rejects.toMatchObject({ kind: 'not-found' })
  expect(await sendStatement(actor, owing, 'x')).toEqual({ ok: false, because: 'not-open' })
  const ofInvoice = {
    kind: 'link',
    tenantId: msp.tenantId,
    linkId: newId(),
    invoiceId: newId(),
    clientId: other,
  } as const
  await expect(sendStatement(ofInvoice, other, 'x')).rejects.toMatchObject({ kind: 'not-found' })
})

test('a link opens one thing: the database refuses one of an invoice and a statement, or of neither', async () => {
  const invoiceId = await msp.makeInvoice(clientId, 100n)
  for (const [invoice, client, currency] of [
    [invoiceId, clientId, 'USD'],
    [null, null, null],
    [null, clientId, null],
  ])
    await expect(
      run(sql`
        insert into pay_links (tenant_id, token_hash, invoice_id, client_id, currency, created_at, expires_at)
        values (${msp.tenantId}, ${Buffer.from(newId())}, ${invoice}, ${client}, ${currency}, now(), now())`),
    ).rejects.toThrow(/pay_links_scope/)
})
