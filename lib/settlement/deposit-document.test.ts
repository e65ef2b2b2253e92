import fc from 'fast-check'
import { expect, test } from 'vitest'
import { depositDocument } from './deposit-document'
import type { PayoutRow, RowPosting } from './payout-row'

const heading = { reference: 'CL-TEST', on: '2026-11-19', currency: 'USD', note: 'Stripe payout po_1' }

const posting = (amountMinor: bigint, over: Partial<RowPosting> = {}): RowPosting => ({
  kind: 'payment',
  state: 'posted',
  amountMinor,
  externalKind: 'Payment',
  externalId: '17',
  externalTag: '0',
  ...over,
})
const row = (amountMinor: bigint, feeMinor: bigint, over: Partial<PayoutRow> = {}): PayoutRow => {
  const isBack = amountMinor < 0n
  const size = isBack ? -amountMinor : amountMinor
  return {
    balanceTransactionId: 'txn_1',
    category: isBack ? 'refund' : 'charge',
    amountMinor,
    feeMinor,
    about: 'Mercer Packaging, 20391',
    isOurs: true,
    cause: { kind: isBack ? 'refund.succeeded' : 'payment.succeeded', id: '1' },
    postings: [posting(size, isBack ? { kind: 'refund', externalKind: 'JournalEntry' } : {})],
    ...over,
  }
}
const net = (rows: PayoutRow[]) => rows.reduce((sum, one) => sum + one.amountMinor - one.feeMinor, 0n)

const anyRow = fc.oneof(
  fc
    .record({ amount: fc.bigInt(1n, 10_000_000n), fee: fc.bigInt(0n, 500n) })
    .map(({ amount, fee }) => row(amount, fee)),
  fc
    .record({ amount: fc.bigInt(1n, 10_000_000n), fee: fc.bigInt(0n, 1_500n) })
    .map(({ amount, fee }) => row(-amount, fee)),
  // A surcharged payment stands in the books as two documents.
  fc.record({ amount: fc.bigInt(2n, 10_000_000n), part: fc.bigInt(1n, 1_000n) }).map(({ amount, part }) =>
    row(amount + part, 30n, {
      postings: [posting(amount), posting(part, { kind: 'surcharge', externalKind: 'JournalEntry' })],
    }),
  ),
  fc.bigInt(1n, 5_000n).map((fee) => row(-fee, 0n, { category: 'fee', postings: [] })),
)

test('a deposit always equals the payout to the cent, with every fee as a line of its own', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { minLength: 1, maxLength: 40 }), (rows) => {
      const payout = net(rows)
      const decided = depositDocument(heading, payout, rows)
      if (decided.do !== 'post') throw new Error('it was not posted')
      const { document } = decided
      if (document.kind === 'journal') {
        expect(payout <= 0n).toBe(true)
        const side = (wanted: string) =>
          document.lines.reduce((sum, line) => sum + (line.side === wanted ? line.amount.minor : 0n), 0n)
        expect(side('debit')).toBe(side('credit'))
        const bank = document.lines.find(({ role }) => role === 'bank')
        expect(bank?.amount.minor ?? 0n).toBe(-payout)
        return
      }
      if (document.kind !== 'deposit') throw new Error('it is neither')
      expect(document.lines.reduce((sum, { amount }) => sum + amount.minor, 0n)).toBe(payout)
      const fees = document.lines.filter((line) => 'role' in line)
      expect(fees.every((line) => 'role' in line && line.role === 'processor_fees')).toBe(true)
      const charged = rows.filter(({ feeMinor, category }) => feeMinor !== 0n || category === 'fee').length
      expect(fees).toHaveLength(charged)
    }),
  )
})

test('what is not posted yet holds the deposit back, and says which', () => {
  const rows = [
    row(1_000n, 59n),
    row(500n, 45n, { about: 'Fenwick Dental Group, 20405', postings: [posting(500n, { state: 'checking' })] }),
  ]
  expect(depositDocument(heading, net(rows), rows)).toEqual({
    do: 'wait',
    for: 'Fenwick Dental Group, 20405 is not posted yet',
  })
  const unplanned = [row(1_000n, 59n, { postings: [] })]
  expect(depositDocument(heading, net(unplanned), unplanned).do).toBe('wait')
})

test('money that did not come through us is never put on an account by a guess', () => {
  const { cause: _, ...strange } = row(1_000n, 59n, { postings: [], balanceTransactionId: 'txn_9', isOurs: false })
  expect(depositDocument(heading, 941n, [strange])).toEqual({
    do: 'refuse',
    because: 'It contains $10.00 that did not come through Closeloop (txn_9).',
  })
})

test('what Stripe moved for a payment of ours, and has not told us yet, is waited for', () => {
  const { cause: _, ...unheard } = row(-500n, 0n, { postings: [] })
  const rows = [row(1_000n, 59n), unheard]
  expect(depositDocument(heading, net(rows), rows)).toEqual({
    do: 'wait',
    for: 'what Stripe moved for Mercer Packaging, 20391 is not known here yet',
  })
})

test('a list that does not add up to the payout, or a document of another amount, is not posted', () => {
  expect(depositDocument(heading, 900n, [row(1_000n, 59n)])).toEqual({
    do: 'refuse',
    because: 'Its movements add up to $9.41, the payout is $9.00.',
  })
  const edited = [row(1_000n, 59n, { postings: [posting(999n)] })]
  expect(depositDocument(heading, 941n, edited).do).toBe('refuse')
})
