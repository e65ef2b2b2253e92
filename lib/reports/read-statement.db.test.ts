import { expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import { makeMsp } from '../../e2e/support/msp.ts'
import { readStatement } from './read-statement'
import { sumStatements } from './sum-statements'

const msp = await makeMsp('statements')
const { tenantId } = msp
const clientId = await msp.makeClient()
const contact = { kind: 'contact', tenantId, contactId: newId(), clientId, role: 'viewer' } as const

test('a period opens with what was owed before it and closes with what is owed after it', async () => {
  const invoiceId = await msp.makeInvoice(clientId, 50_000n) // issued on November 2
  const paid = { debit: 'bank', credit: 'receivable', amount: money(20_000n, 'USD'), clientId, invoiceId } as const
  const kept = { debit: 'bank', credit: 'unapplied', amount: money(1_000n, 'USD'), clientId } as const
  const used = { ...paid, debit: 'unapplied', amount: money(1_000n, 'USD') } as const
  const at = (day: string, movements: Parameters<typeof record>[1][number]['movements'], kind = 'recorded.paid') => ({
    ...{ cause: { kind: kind as 'recorded.paid', id: newId() }, happenedAt: new Date(`${day}T12:00:00Z`) },
    ...{ bookedOn: day, movements },
  })
  await withTenant(tenantId, (tx) =>
    record(tx, [at('2026-11-10', [paid, kept]), at('2026-11-12', [used], 'credit.applied')]),
  )
  const before = await readStatement(contact, clientId, { from: '2026-11-01', to: '2026-11-05' })
  expect(before).toMatchObject({ opening: { minor: 0n }, billed: { minor: 50_000n }, closing: { minor: 50_000n } })
  const after = await readStatement(contact, clientId, { from: '2026-11-06', to: '2026-11-30' })
  expect(after).toMatchObject({ opening: { minor: 50_000n }, paid: { minor: 21_000n }, closing: { minor: 29_000n } })
  expect(after.rows).toMatchObject([{ on: '2026-11-10', kind: 'payment', amount: { minor: -21_000n } }])
})

test('added up for many clients at once, each has the figures of its own statement', async () => {
  const quiet = await msp.makeClient('Quiet')
  const busy = await msp.makeClient('Busy')
  await msp.makeInvoice(busy, 7_000n)
  const period = { from: '2026-11-02', to: '2026-11-30' }
  const sums = await withTenant(tenantId, (tx) => sumStatements(tx, [clientId, quiet, busy], period))
  for (const id of [clientId, quiet, busy]) {
    const { rows, from, to, ...figures } = await readStatement({ ...contact, clientId: id }, id, period)
    expect(sums.get(id)).toEqual({ ...figures, hasMoved: rows.length > 0 })
  }
  expect(sums.get(quiet)?.hasMoved).toBe(false)
  expect(sums.get(clientId)?.closing).toEqual(money(29_000n, 'USD'))
})

test('another client’s account is not found', async () => {
  const other = await msp.makeClient('Another')
  await expect(readStatement(contact, other, { from: '2026-11-01', to: '2026-11-05' })).rejects.toThrow(
    'No such client',
  )
})
