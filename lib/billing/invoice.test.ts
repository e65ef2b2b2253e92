import { expect, test } from 'vitest'
import { money } from '@/lib/money/money'
import { daysOverdue, groupLines, invoiceStatus, lastAttemptOf, type StatusFacts } from './invoice'

const today = '2026-11-21'
const open: StatusFacts = {
  state: 'open',
  totalMinor: 10_000n,
  balanceMinor: 10_000n,
  dueOn: '2027-01-15',
  inFlightMinor: 0n,
}
const sentAt = new Date('2026-11-20T10:00:00Z')

test.each([
  ['open', {}],
  ['sent', { sentAt }],
  ['viewed', { sentAt, viewedAt: sentAt }],
  ['due_soon', { sentAt, dueOn: '2026-11-28' }],
  ['sent', { sentAt, dueOn: '2026-11-29' }],
  ['due_soon', { dueOn: today }],
  ['overdue', { dueOn: '2026-11-20' }],
  ['part_paid', { balanceMinor: 4_000n }],
  ['overdue', { balanceMinor: 4_000n, dueOn: '2026-11-20' }],
  ['paid', { balanceMinor: 0n, dueOn: '2026-01-01' }],
  ['void', { state: 'void', balanceMinor: 0n }],
  ['on_its_way', { lastAttempt: 'in_flight', inFlightMinor: 10_000n, dueOn: '2026-01-01' }],
  ['overdue', { lastAttempt: 'in_flight', inFlightMinor: 4_000n, dueOn: '2026-01-01' }],
  ['on_its_way', { lastAttempt: 'in_flight', inFlightMinor: 4_000n }],
  ['returned', { lastAttempt: 'returned', dueOn: '2026-01-01' }],
  ['failed', { lastAttempt: 'failed', dueOn: '2026-01-01' }],
  ['paid', { lastAttempt: 'failed', balanceMinor: 0n }],
  ['in_dispute', { lastAttempt: 'disputed', balanceMinor: 0n }],
] as const)('an invoice is %s when %o', (status, facts) => {
  expect(invoiceStatus({ ...open, ...facts }, today)).toBe(status)
})

test('days overdue count from the day after it fell due, while something is open', () => {
  expect(daysOverdue({ ...open, dueOn: '2026-11-13' }, today)).toBe(8)
  expect(daysOverdue({ ...open, dueOn: today }, today)).toBe(0)
  expect(daysOverdue({ ...open, dueOn: '2026-11-13', balanceMinor: 0n }, today)).toBe(0)
})

test('a card declined at the checkout is no news afterwards, a debit that failed is', () => {
  const failed = { state: 'failed', origin: 'link' }
  expect(lastAttemptOf({ ...failed, methodType: 'card' })).toBe('done')
  expect(lastAttemptOf({ ...failed, methodType: 'us_bank_account' })).toBe('failed')
  expect(lastAttemptOf({ ...failed, methodType: 'card', origin: 'autopay' })).toBe('failed')
  expect(lastAttemptOf({ state: 'requires_action', origin: 'link', methodType: null })).toBe('done')
})

test('lines stand under their headings, whose sums are theirs', () => {
  const line = (heading: string, minor: bigint) => ({
    ...{ heading, position: 1, description: 'x', quantity: '1', taxable: false },
    ...{ unitPrice: money(minor, 'USD'), amount: money(minor, 'USD') },
  })
  const groups = groupLines([line('Time', 100n), line('Products', 50n), line('Time', -30n)], 'USD')
  expect(groups.map(({ heading, lines, subtotal }) => [heading, lines.length, subtotal.minor])).toEqual([
    ['Time', 2, 70n],
    ['Products', 1, 50n],
  ])
})
