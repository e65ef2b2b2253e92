import { expect, test } from 'vitest'
import { money, sum } from '@/lib/money/money'
import type { InvoiceLineView } from './invoice'
import { type InvoiceReading, invoiceChanges } from './invoice-changes'

const usd = (minor: number) => money(BigInt(minor), 'USD')
const line = (description: string, quantity: number, unit: number): InvoiceLineView => ({
  ...{
    position: 1,
    description,
    quantity: String(quantity),
    unitPrice: usd(unit),
    amount: usd(quantity * unit),
    taxable: false,
  },
})
const reading = (lines: InvoiceLineView[], dueOn = '2026-12-10', heading = 'Managed care'): InvoiceReading => {
  const total = sum(
    lines.map(({ amount }) => amount),
    'USD',
  )
  return { total, dueOn, groups: [{ heading, lines, subtotal: total }] }
}

test('an invoice that reads the same has no changes', () => {
  const one = reading([line('Workstation', 38, 7_400), line('Server', 3, 16_500)])
  expect(invoiceChanges(one, structuredClone(one))).toEqual([])
})

test('sum, date, and each line added, removed or counted otherwise are told, the sum first', () => {
  const [kept, more, gone, extra] = [
    line('Server', 3, 16_500),
    line('Workstation', 40, 7_400),
    line('Backup', 4, 4_800),
    line('Setup', 1, 9_500),
  ]
  const fewer = line('Workstation', 38, 7_400)
  const [before, after] = [reading([kept, fewer, gone]), reading([kept, more, extra], '2026-12-15')]
  expect(invoiceChanges(before, after)).toEqual([
    { kind: 'total', before: before.total, after: after.total },
    { kind: 'due', before: '2026-12-10', after: '2026-12-15' },
    { kind: 'line-changed', before: fewer, after: more },
    { kind: 'line-added', line: extra },
    { kind: 'line-removed', line: gone },
  ])
})

test('lines of the same words are told apart, and one more of them is one more line', () => {
  const visit = line('Visit', 1, 12_000)
  expect(invoiceChanges(reading([visit, visit]), reading([visit, visit, visit]))).toEqual([
    { kind: 'total', before: usd(24_000), after: usd(36_000) },
    { kind: 'line-added', line: visit },
  ])
})

test('the same words under another agreement are another line', () => {
  const seat = line('Seat', 2, 1_000)
  expect(invoiceChanges(reading([seat]), reading([seat], '2026-12-10', 'Other agreement'))).toEqual([
    { kind: 'line-added', line: seat },
    { kind: 'line-removed', line: seat },
  ])
})
