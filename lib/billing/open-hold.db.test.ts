import { expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { makeMsp } from '../../e2e/support/msp.ts'
import { closeHold } from './close-hold'
import { openHolds } from './holds'
import { openHold } from './open-hold'

const msp = await makeMsp('holds')
const { tenantId } = msp
const clientId = await msp.makeClient()
const client = { kind: 'contact', tenantId, contactId: newId(), clientId, role: 'viewer' } as const
const staff = { kind: 'staff', tenantId, staffId: msp.staffId, role: 'finance' } as const

const notesOf = (invoiceId: string) =>
  withTenant(tenantId, (tx) =>
    tx.rows<{ text: string }>(sql`
      select payload->>'text' as text from events
      where tenant_id = ${tx.tenantId} and kind = 'note.due' and payload->>'invoiceId' = ${invoiceId} order by received_at, id`),
  )
const questionsOf = (invoiceId: string) =>
  withTenant(tenantId, (tx) =>
    tx.rows(sql`
      select 1 from exceptions where tenant_id = ${tx.tenantId} and cause = 'question' and subject_id = ${invoiceId} and closed_at is null`),
  )

test('a question holds its amount, reaches the PSA and a person, and is closed by staff alone', async () => {
  const invoiceId = await msp.makeInvoice(clientId, 50_000n)
  const opened = await openHold(client, { invoiceId, reason: ' Is the  cabling done? ', amount: '120.00' })
  if (!opened.ok) throw new Error(opened.because)
  const holds = await withTenant(tenantId, (tx) => openHolds(tx, invoiceId))
  expect(holds).toMatchObject([{ amount: { minor: 12_000n }, reason: 'Is the cabling done?', isClients: true }])
  expect((await notesOf(invoiceId)).map(({ text }) => text)).toEqual([
    expect.stringContaining('$120.00 of this invoice is on hold. The client asks: Is the cabling done?'),
  ])
  expect(await questionsOf(invoiceId)).toHaveLength(1)
  expect(await closeHold(client, opened.holdId, 'Done')).toBe(false)
  expect(await closeHold(staff, opened.holdId, 'It is done since Friday')).toBe(true)
  expect(await closeHold(staff, opened.holdId, 'again')).toBe(false)
  expect(await questionsOf(invoiceId)).toEqual([])
  expect(await notesOf(invoiceId)).toHaveLength(2)
})

test('no more is on hold than is open, and nothing without a reason', async () => {
  const invoiceId = await msp.makeInvoice(clientId, 50_000n)
  expect(await openHold(client, { invoiceId, reason: '  ', amount: '' })).toMatchObject({ because: 'no-reason' })
  expect(await openHold(client, { invoiceId, reason: 'Why?', amount: '500.01' })).toMatchObject({ because: 'amount' })
  expect(await openHold(client, { invoiceId, reason: 'Why?', amount: '' })).toMatchObject({ ok: true })
  expect(await openHold(client, { invoiceId, reason: 'And?', amount: '' })).toMatchObject({ because: 'nothing-open' })
  const past = withTenant(tenantId, (tx) =>
    tx.run(sql`
      insert into invoice_holds (tenant_id, invoice_id, amount_minor, reason, opened_by, opened_at)
      values (${tenantId}, ${invoiceId}, 1, 'past the rule', 'staff', now())`),
  )
  await expect(past).rejects.toThrow('exceeds what is open')
})

test('another client’s invoice is not found', async () => {
  const invoiceId = await msp.makeInvoice(await msp.makeClient('Another'), 50_000n)
  await expect(openHold(client, { invoiceId, reason: 'Whose is this?', amount: '' })).rejects.toThrow('No such invoice')
})
