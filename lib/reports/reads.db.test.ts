import { expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { createTenant } from '@/lib/tenancy/across-tenants'
import { getClientTimeline } from './client-timeline'
import { listConnections } from './connections'
import { getInvoiceRecord } from './invoice-record'
import { makePaidInvoice } from './paid-invoice.test.support'
import { getPaymentRecord } from './payment-record'
import { readStory } from './read-story'
import { getShell } from './shell'
import { getSyncHealth, listRejected } from './sync-health'

const { tenantId, staffId, clientId, invoiceId, attemptId, payoutId } = await makePaidInvoice()
const staff = { kind: 'staff', tenantId, staffId, role: 'owner' } as const
const place = { timeZone: 'America/New_York', locale: 'en-US', currency: 'USD', brand: {}, settings: {} }
const other = await createTenant({
  slug: 'boreal',
  name: 'Boréal',
  legalName: 'Boréal inc.',
  owner: { email: 'luc@boreal.example', name: 'Luc Roy' },
  ...place,
})
const stranger = { kind: 'staff', ...other, role: 'owner' } as const

test('an invoice’s story ends at the bank, and its sums at what is owed', async () => {
  const { lines } = await readStory(staff, invoiceId)
  expect(lines.map(({ text }) => text)).toEqual([
    'ConnectWise issued invoice 20418 for $4,913.14.',
    'The holder of the pay link started a payment of $4,913.14.',
    '$4,913.14 paid.',
    'ConnectWise shows the payment of $4,913.14.',
    'It left Stripe for the bank in a deposit of $4,770.36.',
  ])
  expect(lines.filter(({ balance }) => balance !== undefined).at(-1)?.balance?.minor).toBe(0n)
  expect(lines.find(({ about }) => about?.kind === 'payout')?.about?.id).toBe(payoutId)
})

test('another tenant finds no story, no record and no connection, only its own name', async () => {
  await expect(readStory(stranger, invoiceId)).rejects.toThrow('No such invoice')
  await expect(readStory(staff, 'nonsense')).rejects.toThrow('No such invoice')
  const record = await getInvoiceRecord(stranger, { id: invoiceId, clientId, currency: 'USD' })
  expect([record.attempts, record.messages, record.writeBacks, record.postings]).toEqual([[], [], [], []])
  const payment = await getPaymentRecord(stranger, attemptId, 'USD')
  expect(Object.values(payment).flat()).toEqual([])
  expect(await getClientTimeline(stranger, clientId)).toEqual([])
  expect(await listConnections(stranger)).toEqual({})
  expect(await getShell(stranger)).toMatchObject({ tenantName: 'Boréal', staffName: 'Luc Roy', needsPerson: 0 })
})

test('a payment’s record goes down to the deposit and to the PSA', async () => {
  const record = await getPaymentRecord(staff, attemptId, 'USD')
  expect(record.moves.map(({ to }) => to)).toEqual(['created', 'sent', 'succeeded'])
  expect(record.transactions[0]).toMatchObject({ net: { minor: 477_036n }, payout: { payoutId: 'po_1' } })
  expect(record.writeBacks[0]).toMatchObject({ number: '20418', state: 'in_step', externalId: 'pay-77' })
})

test('what was issued, paid and mailed is on a client’s timeline, newest first', async () => {
  const events = await getClientTimeline(staff, clientId)
  expect(events.map(({ kind }) => kind)).toEqual(['attempt', 'invoice'])
})

test('a stream’s last read and the rows it could not read are told, as they came', async () => {
  const at = new Date('2026-11-20T15:00:00Z')
  const id = (await listConnections(staff)).psa?.id ?? ''
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      insert into sync_streams (tenant_id, connection_id, stream, started_at, finished_at, read_count, changed_count)
      values (${tenantId}, ${id}, 'invoices', ${at}, ${at}, 40, 2)`)
    await tx.run(sql`
      insert into rejected_rows (tenant_id, connection_id, stream, external_id, reason, raw, first_seen_at, last_seen_at)
      values (${tenantId}, ${id}, 'invoices', '1204', 'not an amount', '{"total":12.345}', ${at}, ${at})`)
  })
  const health = await getSyncHealth(staff)
  expect(health).toMatchObject({ connected: 1, lastReadAt: at, rejectedCounts: { [id]: 1 } })
  expect(health.streams[id]).toMatchObject([{ stream: 'invoices', readCount: 40, changedCount: 2 }])
  expect(await listRejected(staff, id)).toMatchObject([{ externalId: '1204', raw: { total: 12.345 } }])
  expect(await listRejected(stranger, id)).toEqual([])
})
