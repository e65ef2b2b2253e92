import { afterAll, afterEach, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import {
  connectTenant,
  type InvoiceHere,
  type InvoiceThere,
  invoiceHere,
  onFaultPoint,
  openExceptions,
  payThroughUs,
  standsOn,
  startConnectwiseWorld,
} from './connectwise-world.test.support'
import { pushNote } from './push-note'
import { pushWriteBack } from './push-write-back'
import { syncInvoice } from './sync-one'
import { syncPsa } from './sync-psa'

const world = await startConnectwiseWorld({ scale: 0.05 })
const { faults } = world.service
const { tenantId, connectionId } = await connectTenant(world)
await syncPsa(tenantId, connectionId, { full: true })

afterAll(() => world.stop())
afterEach(() => {
  onFaultPoint(undefined)
  faults.clear()
})

const there = (externalId: string) => world.control<InvoiceThere>('GET', `invoices/${externalId}`)
const sync = (externalId: string) => syncInvoice(tenantId, connectionId, externalId)
const ourRows = async (externalId: string) =>
  (await there(externalId)).payments.filter(({ appliedBy }) => appliedBy === 'closeloop').map((row) => row.amountCents)
const writeBack = (id: string) =>
  withTenant(tenantId, (tx) =>
    tx.row<{ state: string; writtenMinor: bigint; externalId: string | null; error: string | null; tries: number }>(
      sql`select state, written_minor, external_id, error, tries from write_backs where id = ${id}`,
    ),
  )
const lower = (id: string, amountMinor: bigint) =>
  withTenant(tenantId, (tx) =>
    tx.run(sql`update write_backs set amount_minor = ${amountMinor}, state = 'waiting' where id = ${id}`),
  )

async function issue(cents = 10_000): Promise<InvoiceHere> {
  const { id } = await world.control<InvoiceThere>('POST', 'invoices', {
    client: 'Hadley & Moss Architects',
    lines: [{ description: 'Switch, 24 ports', unitPriceCents: cents, taxable: false }],
  })
  await sync(String(id))
  return invoiceHere(tenantId, id)
}

test('a payment through us stands in the PSA once, and no sync takes it for money from outside', async () => {
  const invoice = await issue()
  const before = await standsOn(tenantId, invoice.clientId)
  const { writeBackId } = await payThroughUs(tenantId, invoice.id, invoice.totalMinor)
  expect(await pushWriteBack(tenantId, writeBackId)).toBe('in_step')
  expect(await pushWriteBack(tenantId, writeBackId)).toBe('in_step')
  expect(await ourRows(invoice.externalId)).toEqual([10_000])
  await sync(invoice.externalId)
  await syncPsa(tenantId, connectionId, { full: true })
  expect(await invoiceHere(tenantId, invoice.externalId)).toMatchObject({ balanceMinor: 0n, psaBalanceMinor: 0n })
  expect(await standsOn(tenantId, invoice.clientId)).toBe(before)
})

test('fault 45: a push that timed out but succeeded is found again, one payment row', async () => {
  const invoice = await issue()
  const before = await standsOn(tenantId, invoice.clientId)
  const { writeBackId } = await payThroughUs(tenantId, invoice.id, invoice.totalMinor)
  faults.rules = [{ kind: 'reset-after', match: 'POST .*/payments$', times: 1 }]
  await expect(pushWriteBack(tenantId, writeBackId)).rejects.toMatchObject({ cure: 'unknown' })
  expect(await writeBack(writeBackId)).toMatchObject({ state: 'checking', externalId: null, writtenMinor: 10_000n })
  // A sync between the two tries sees the row and must not book it as a cheque.
  await sync(invoice.externalId)
  expect(await pushWriteBack(tenantId, writeBackId)).toBe('in_step')
  expect(await ourRows(invoice.externalId)).toEqual([10_000])
  await sync(invoice.externalId)
  expect(await invoiceHere(tenantId, invoice.externalId)).toMatchObject({ settledMinor: 10_000n, psaBalanceMinor: 0n })
  expect(await standsOn(tenantId, invoice.clientId)).toBe(before)
})

test('fault 45: a push that timed out and did not happen is sent again, one payment row', async () => {
  const invoice = await issue()
  const { writeBackId } = await payThroughUs(tenantId, invoice.id, invoice.totalMinor)
  for (const kind of ['error-before', 'reset-before'] as const) {
    faults.rules = [{ kind, match: 'POST .*/payments$', times: 1 }]
    await expect(pushWriteBack(tenantId, writeBackId)).rejects.toMatchObject({ cure: 'unknown' })
  }
  expect(await pushWriteBack(tenantId, writeBackId)).toBe('in_step')
  expect(await ourRows(invoice.externalId)).toEqual([10_000])
})

test.each(['write_back.intended', 'write_back.sent'])('fault 45: killed at %s, one payment row', async (point) => {
  const invoice = await issue()
  const { writeBackId } = await payThroughUs(tenantId, invoice.id, invoice.totalMinor)
  onFaultPoint((name) => {
    if (name === point) throw new Error('killed')
  })
  await expect(pushWriteBack(tenantId, writeBackId)).rejects.toThrow('killed')
  onFaultPoint(undefined)
  await sync(invoice.externalId)
  expect(await pushWriteBack(tenantId, writeBackId)).toBe('in_step')
  expect(await ourRows(invoice.externalId)).toEqual([10_000])
  await sync(invoice.externalId)
  expect(await invoiceHere(tenantId, invoice.externalId)).toMatchObject({ settledMinor: 10_000n })
})

test('two pushes of the same payment at once add one row', async () => {
  const invoice = await issue()
  const { writeBackId } = await payThroughUs(tenantId, invoice.id, invoice.totalMinor)
  const pushed = await Promise.allSettled([1, 2, 3].map(() => pushWriteBack(tenantId, writeBackId)))
  expect(pushed.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
  expect(await ourRows(invoice.externalId)).toEqual([10_000])
})

test('two payments of the same amount on the same day are two rows', async () => {
  const invoice = await issue()
  const first = await payThroughUs(tenantId, invoice.id, 4_000n)
  const second = await payThroughUs(tenantId, invoice.id, 4_000n)
  faults.rules = [{ kind: 'reset-after', match: 'POST .*/payments$', times: 2 }]
  await expect(pushWriteBack(tenantId, first.writeBackId)).rejects.toMatchObject({ cure: 'unknown' })
  await expect(pushWriteBack(tenantId, second.writeBackId)).rejects.toMatchObject({ cure: 'unknown' })
  expect(await pushWriteBack(tenantId, second.writeBackId)).toBe('in_step')
  expect(await pushWriteBack(tenantId, first.writeBackId)).toBe('in_step')
  expect(await ourRows(invoice.externalId)).toEqual([4_000, 4_000])
  const rows = [await writeBack(first.writeBackId), await writeBack(second.writeBackId)]
  expect(new Set(rows.map((row) => row?.externalId)).size).toBe(2)
})

test('a full refund removes the row, a partial one leaves the rest', async () => {
  const invoice = await issue()
  const { writeBackId } = await payThroughUs(tenantId, invoice.id, invoice.totalMinor)
  await pushWriteBack(tenantId, writeBackId)
  await lower(writeBackId, 6_500n)
  expect(await pushWriteBack(tenantId, writeBackId)).toBe('in_step')
  expect(await ourRows(invoice.externalId)).toEqual([6_500])
  await lower(writeBackId, 0n)
  expect(await pushWriteBack(tenantId, writeBackId)).toBe('in_step')
  expect(await ourRows(invoice.externalId)).toEqual([])
  expect((await there(invoice.externalId)).balanceCents).toBe(10_000)
  // The journal is the payments' room's to change: what left the PSA is not booked a second time here.
  await sync(invoice.externalId)
  expect(await invoiceHere(tenantId, invoice.externalId)).toMatchObject({ settledMinor: 10_000n })
})

test('refunded while a lost push may have gone through: the row of the old amount is found and removed', async () => {
  const invoice = await issue()
  const { writeBackId } = await payThroughUs(tenantId, invoice.id, invoice.totalMinor)
  faults.rules = [{ kind: 'reset-after', match: 'POST .*/payments$', times: 1 }]
  await expect(pushWriteBack(tenantId, writeBackId)).rejects.toMatchObject({ cure: 'unknown' })
  await lower(writeBackId, 2_500n)
  expect(await pushWriteBack(tenantId, writeBackId)).toBe('in_step')
  expect(await ourRows(invoice.externalId)).toEqual([2_500])
})

test('a removal that is lost on the way is repeated without harm', async () => {
  const invoice = await issue()
  const { writeBackId } = await payThroughUs(tenantId, invoice.id, invoice.totalMinor)
  await pushWriteBack(tenantId, writeBackId)
  await lower(writeBackId, 0n)
  faults.rules = [{ kind: 'reset-after', match: 'DELETE .*', times: 1 }]
  await expect(pushWriteBack(tenantId, writeBackId)).rejects.toMatchObject({ cure: 'unknown' })
  expect(await pushWriteBack(tenantId, writeBackId)).toBe('in_step')
  expect(await ourRows(invoice.externalId)).toEqual([])
})

test('more than is open in the PSA is never posted: a person is asked', async () => {
  const invoice = await issue()
  const { writeBackId } = await payThroughUs(tenantId, invoice.id, invoice.totalMinor)
  await world.control('POST', `invoices/${invoice.externalId}/payments`, { amountCents: 3_000 })
  expect(await pushWriteBack(tenantId, writeBackId)).toBe('needs_you')
  expect(await ourRows(invoice.externalId)).toEqual([])
  expect(await writeBack(writeBackId)).toMatchObject({ state: 'needs_you', writtenMinor: 0n })
  expect(await openExceptions(tenantId)).toContainEqual(
    expect.stringMatching(/^psa-refused: \$100\.00 should stand as paid on invoice .* has only 70\.00 USD open/),
  )
})

test('fault 30: paid twice, here and by cheque, the cheque becomes the client’s credit', async () => {
  const invoice = await issue()
  const before = await standsOn(tenantId, invoice.clientId)
  await payThroughUs(tenantId, invoice.id, invoice.totalMinor)
  await world.control('POST', `invoices/${invoice.externalId}/payments`, {})
  await sync(invoice.externalId)
  expect(await invoiceHere(tenantId, invoice.externalId)).toMatchObject({ settledMinor: 10_000n, balanceMinor: 0n })
  expect(await standsOn(tenantId, invoice.clientId)).toBe(before + 10_000n)
  expect(await openExceptions(tenantId)).toContainEqual(expect.stringMatching(/^paid-twice: .* \$100\.00 more/))
})

test('fault 31: deleted in the PSA after payment, the money stands as credit and a person is asked', async () => {
  const invoice = await issue()
  const before = await standsOn(tenantId, invoice.clientId)
  await payThroughUs(tenantId, invoice.id, invoice.totalMinor)
  await issue() // the stand-in gives the id of a last invoice that was deleted out again
  await world.control('DELETE', `invoices/${invoice.externalId}`)
  expect(await sync(invoice.externalId)).toBe('gone')
  expect(await invoiceHere(tenantId, invoice.externalId)).toMatchObject({ state: 'void', settledMinor: 0n })
  expect(await standsOn(tenantId, invoice.clientId)).toBe(before + 10_000n)
  expect(await openExceptions(tenantId)).toContainEqual(expect.stringMatching(/^paid-after-void: .* \$100\.00/))
})

test('our row removed by somebody in the PSA is noticed, the payment stands', async () => {
  const invoice = await issue()
  const { writeBackId } = await payThroughUs(tenantId, invoice.id, invoice.totalMinor)
  await pushWriteBack(tenantId, writeBackId)
  await sync(invoice.externalId)
  const [row] = (await there(invoice.externalId)).payments
  await world.control('DELETE', `invoices/${invoice.externalId}/payments/${row?.id}`)
  await sync(invoice.externalId)
  expect(await writeBack(writeBackId)).toMatchObject({ state: 'needs_you', externalId: null })
  expect(await invoiceHere(tenantId, invoice.externalId)).toMatchObject({
    settledMinor: 10_000n,
    psaBalanceMinor: 10_000n,
  })
  expect(await pushWriteBack(tenantId, writeBackId)).toBe('in_step')
  expect(await ourRows(invoice.externalId)).toEqual([10_000])
})

test('a note is left once, on a closed invoice too', async () => {
  const invoice = await issue()
  expect(await pushNote(tenantId, invoice.id, 'Bank debit of $100.00 returned: account closed.')).toBe('written')
  await world.control('PATCH', `invoices/${invoice.externalId}`, { statusId: 7 })
  expect(await pushNote(tenantId, invoice.id, 'Bank debit of $100.00 returned: account closed.')).toBe('written')
  expect(await pushNote(tenantId, invoice.id, 'Paid by card since.')).toBe('written')
  expect((await there(invoice.externalId)).internalNotes).toBe(
    'Bank debit of $100.00 returned: account closed.\nPaid by card since.',
  )
})
