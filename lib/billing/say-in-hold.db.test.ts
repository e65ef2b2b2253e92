import { expect, test } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { tellAnswer } from '@/lib/collections/tell-answer'
import { makeMsp } from '../../e2e/support/msp.ts'
import { closeHold } from './close-hold'
import { holdsOf, openHolds } from './holds'
import { heldForLine, openHold } from './open-hold'
import { sayInHold } from './say-in-hold'

const msp = await makeMsp('hold-talk')
const { tenantId } = msp
const staff: Actor = { kind: 'staff', tenantId, staffId: msp.staffId, role: 'finance' }

const read = (invoiceId: string) => withTenant(tenantId, (tx) => holdsOf(tx, invoiceId))
const rowsOf = <Row extends object>(of: (tenant: string) => ReturnType<typeof sql>) =>
  withTenant(tenantId, (tx) => tx.rows<Row>(of(tx.tenantId)))
const notesOf = (invoiceId: string) =>
  rowsOf<{ text: string }>(
    (tenant) => sql`
      select payload->>'text' as text from events
      where tenant_id = ${tenant} and kind = 'note.due' and payload->>'invoiceId' = ${invoiceId} order by received_at, id`,
  )
const callsFor = (invoiceId: string) =>
  rowsOf<{ detail: string; nextStep: string }>(
    (tenant) => sql`
      select detail, next_step from exceptions
      where tenant_id = ${tenant} and cause = 'question' and subject_id = ${invoiceId} and closed_at is null`,
  )
const mailsAbout = (invoiceId: string) =>
  rowsOf<{ toEmail: string; subject: string; text: string; locale: string }>(
    (tenant) => sql`
      select to_email, subject, text, locale from messages
      where tenant_id = ${tenant} and kind = 'question_answered' and invoice_id = ${invoiceId} order by created_at, id`,
  )
const answersDue = (invoiceId: string) =>
  rowsOf<{ holdId: string; messageId: string | null }>(
    (tenant) => sql`
      select e.payload->>'holdId' as hold_id, e.payload->>'messageId' as message_id from events e
      join invoice_holds h on h.tenant_id = e.tenant_id and h.id::text = e.payload->>'holdId'
      where e.tenant_id = ${tenant} and e.kind = 'question.answered' and h.invoice_id = ${invoiceId} order by e.received_at, e.id`,
  )

/** What the worker does with what was announced, done twice: a mail is written once. */
async function tellAll(invoiceId: string): Promise<void> {
  for (const { holdId, messageId } of await answersDue(invoiceId))
    for (let times = 0; times < 2; times += 1)
      await withTenant(tenantId, (tx) => tellAnswer(tx, holdId, messageId ?? undefined))
}

async function contactOf(clientId: string, locale: 'en-US' | 'fr-CA' = 'en-US'): Promise<Actor & { kind: 'contact' }> {
  const contactId = newId()
  const email = `${contactId}@hadleymoss.example`
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      insert into contacts (tenant_id, id, client_id, name, email, is_billing, role, locale, locale_set_at, source_hash, source)
      values (${tx.tenantId}, ${contactId}, ${clientId}, 'Dana Whitfield', ${email}, false, 'viewer', ${locale}, now(), '', '{}')`),
  )
  return { kind: 'contact', tenantId, contactId, clientId, role: 'viewer' }
}

test('a conversation stands on both sides, in the PSA and in the mail, until staff close it', async () => {
  const clientId = await msp.makeClient()
  const client = await contactOf(clientId)
  const invoiceId = await msp.makeInvoice(clientId, 50_000n)
  const asked = await openHold(client, { invoiceId, reason: 'Is the cabling done?', amount: '120.00' })
  if (!asked.ok) throw new Error(asked.because)
  const { holdId } = asked
  expect(await sayInHold(staff, { holdId, text: ' Since  Friday. ' })).toBe('said')
  expect(await callsFor(invoiceId)).toMatchObject([{ detail: expect.stringContaining('You answered: Since Friday.') }])
  expect(await sayInHold(client, { holdId, text: 'Not in room 3.' })).toBe('said')
  expect(await callsFor(invoiceId)).toMatchObject([{ detail: expect.stringContaining('The client writes: Not in') }])
  expect(await closeHold(staff, holdId, 'Room 3 is done today.')).toBe(true)
  expect(await callsFor(invoiceId)).toEqual([])
  expect(await read(invoiceId)).toMatchObject([
    {
      ...{ reason: 'Is the cabling done?', name: 'Dana Whitfield', closedAt: expect.any(Date) },
      said: [
        { by: 'msp', text: 'Since Friday.' },
        { by: 'client', name: 'Dana Whitfield', text: 'Not in room 3.' },
        { by: 'msp', text: 'Room 3 is done today.' },
      ],
    },
  ])
  expect(await withTenant(tenantId, (tx) => openHolds(tx, invoiceId))).toEqual([])
  expect((await notesOf(invoiceId)).map(({ text }) => text)).toMatchObject([
    expect.stringContaining('The client asks: Is the cabling done?'),
    expect.stringContaining('Answer to the client: Since Friday.'),
    expect.stringContaining('The client writes: Not in room 3.'),
    expect.stringContaining('The hold on this invoice is lifted. Room 3 is done today.'),
  ])
  await tellAll(invoiceId)
  const mails = await mailsAbout(invoiceId)
  expect(mails).toMatchObject([
    { toEmail: expect.stringContaining(client.contactId), text: expect.stringContaining('Since Friday.') },
    { text: expect.stringContaining('Room 3 is done today.') },
  ])
  expect(mails[0]?.text).toContain('$120.00 waits until the question is settled')
  expect(mails[1]?.text).toContain('$120.00 can be paid again')
  expect(mails[0]?.text).toContain(`/invoices/${invoiceId}`)
})

test('a question about one line holds that line, and names it everywhere', async () => {
  const clientId = await msp.makeClient()
  const client = await contactOf(clientId, 'fr-CA')
  const invoiceId = await msp.makeInvoice(clientId, 50_000n)
  const line = { version: 1, position: 2, description: 'Cabling, room 3', amountMinor: 12_000n }
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      insert into invoice_lines (tenant_id, invoice_id, version, position, kind, heading, description, quantity, unit_price_minor, amount_minor, taxable)
      values (${tx.tenantId}, ${invoiceId}, 1, 2, 'time', 'Time', ${line.description}, 1, 12000, 12000, false)`),
  )
  const asked = { invoiceId, reason: 'Pourquoi?', amount: '', line }
  const wrong = { version: line.version, position: 999 }
  expect(await openHold(client, { ...asked, line: wrong })).toEqual({ ok: false, because: 'changed' })
  expect(await openHold(client, asked)).toMatchObject({ ok: true })
  const [hold] = await read(invoiceId)
  expect(hold).toMatchObject({ line: line.description, amount: { minor: heldForLine(line.amountMinor, 50_000n) } })
  expect((await notesOf(invoiceId))[0]?.text).toContain(`It is about the line "${line.description}".`)
  expect(await closeHold(staff, hold?.id ?? '', 'Corrigé')).toBe(true)
  await tellAll(invoiceId)
  expect(await mailsAbout(invoiceId)).toMatchObject([{ locale: 'fr-CA', text: expect.stringContaining('Corrigé') }])
})

test('of a line no more waits than is open, and of one that costs nothing the whole does', () => {
  expect([
    heldForLine(300n, 1_000n),
    heldForLine(3_000n, 1_000n),
    heldForLine(0n, 1_000n),
    heldForLine(-5n, 9n),
  ]).toEqual([300n, 1_000n, 1_000n, 9n])
})

test('whoever asked through a link is answered where the link was sent, with a link', async () => {
  const clientId = await msp.makeClient()
  const invoiceId = await msp.makeInvoice(clientId, 5_000n)
  const linkId = newId()
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      insert into pay_links (tenant_id, id, token_hash, invoice_id, sent_to, created_at, expires_at)
      values (${tx.tenantId}, ${linkId}, ${Buffer.from(linkId)}, ${invoiceId}, 'books@hadleymoss.example', now(), now() + interval '1 day')`),
  )
  const link: Actor = { kind: 'link', tenantId, linkId, invoiceId, clientId }
  const asked = await openHold(link, { invoiceId, reason: 'What is this?', amount: '' })
  if (!asked.ok) throw new Error(asked.because)
  expect(await sayInHold(staff, { holdId: asked.holdId, text: 'The new switch.' })).toBe('said')
  await tellAll(invoiceId)
  expect(await mailsAbout(invoiceId)).toMatchObject([
    { toEmail: 'books@hadleymoss.example', text: expect.stringContaining('{pay-link}') },
  ])
})

test('nothing is said without words, after the end, or by who has no part in it', async () => {
  const clientId = await msp.makeClient()
  const client = await contactOf(clientId)
  const invoiceId = await msp.makeInvoice(clientId, 50_000n)
  const asked = await openHold(client, { invoiceId, reason: 'Why?', amount: '1.00' })
  if (!asked.ok) throw new Error(asked.because)
  const { holdId } = asked
  expect(await sayInHold(client, { holdId, text: '   ' })).toBe('no-words')
  const stranger = await contactOf(await msp.makeClient('Another'))
  const link: Actor = {
    ...{ kind: 'link', tenantId, linkId: newId(), clientId },
    invoiceId: await msp.makeInvoice(clientId, 900n),
  }
  for (const actor of [stranger, link, { ...staff, role: 'viewer' } as Actor])
    await expect(sayInHold(actor, { holdId, text: 'Me too' })).rejects.toMatchObject({ kind: 'not-found' })
  await closeHold(staff, holdId, '')
  expect(await sayInHold(client, { holdId, text: 'And now?' })).toBe('closed')
  expect(await read(invoiceId)).toMatchObject([{ said: [] }])
  await tellAll(invoiceId)
  expect((await mailsAbout(invoiceId))[0]?.text).toContain('The question is closed: $1.00 can be paid again.')
})

test('what was said is never changed nor taken away', async () => {
  const clientId = await msp.makeClient()
  const client = await contactOf(clientId)
  const invoiceId = await msp.makeInvoice(clientId, 50_000n)
  const asked = await openHold(client, { invoiceId, reason: 'Why?', amount: '1.00' })
  if (!asked.ok) throw new Error(asked.because)
  await sayInHold(client, { holdId: asked.holdId, text: 'Please look' })
  for (const act of [sql`update hold_messages set text = 'x'`, sql`delete from hold_messages`])
    await expect(withTenant(tenantId, (tx) => tx.run(act))).rejects.toThrow('permission denied')
})
