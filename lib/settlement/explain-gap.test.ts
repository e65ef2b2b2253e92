import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BooksGap, explainGap, type PsaGap } from './explain-gap'

const psa = (over: Partial<PsaGap>): PsaGap => ({
  what: 'psa',
  system: 'ConnectWise',
  number: '20391',
  currency: 'USD',
  journalMinor: 0n,
  elsewhereMinor: 0n,
  waitingMinor: 0n,
  isOlder: false,
  removedMinor: 0n,
  creditMinor: 0n,
  ...over,
})
const books = (over: Partial<BooksGap>): BooksGap => ({
  what: 'books',
  system: 'QuickBooks',
  number: '20391',
  currency: 'USD',
  journalMinor: 0n,
  elsewhereMinor: 0n,
  totalMinor: 50_000n,
  elsewhereTotalMinor: 50_000n,
  waitingMinor: 0n,
  deletedMinor: 0n,
  editedMinor: 0n,
  recordedMinor: 0n,
  creditMinor: 0n,
  ...over,
})
const causeOf = (facts: PsaGap | BooksGap) => {
  const explained = explainGap(facts)
  return 'cause' in explained ? explained.cause : 'none'
}

test('what is on its way and the gap always add up to the difference, and no gap has no cause', () => {
  const minor = fc.bigInt(-1_000_000n, 1_000_000n)
  fc.assert(
    fc.property(minor, minor, minor, minor, (journalMinor, elsewhereMinor, waitingMinor, removedMinor) => {
      const explained = explainGap(psa({ journalMinor, elsewhereMinor, waitingMinor, removedMinor }))
      expect(explained.gapMinor + explained.onItsWayMinor).toBe(elsewhereMinor - journalMinor)
      expect(explained.gapMinor !== 0n).toBe('cause' in explained)
    }),
  )
})

test('a payment that is not yet written back, or was after the last read, is on its way', () => {
  expect(causeOf(psa({ elsewhereMinor: 50_000n, waitingMinor: 50_000n }))).toBe('none')
  expect(causeOf(psa({ elsewhereMinor: 50_000n, isOlder: true }))).toBe('none')
})

test('in the PSA: refused, removed, not read yet, changed', () => {
  expect(causeOf(psa({ elsewhereMinor: 50_000n, stuck: { minor: 50_000n, why: 'Invoice is closed' } }))).toBe(
    'write-back-refused',
  )
  expect(causeOf(psa({ elsewhereMinor: 50_000n, removedMinor: 50_000n }))).toBe('psa-payment-removed')
  expect(causeOf(psa({ elsewhereMinor: 50_000n, creditMinor: 50_000n }))).toBe('credit-not-applied')
  expect(causeOf(psa({ journalMinor: 50_000n, elsewhereMinor: 20_000n }))).toBe('psa-payment-unread')
  expect(causeOf(psa({ journalMinor: 50_000n, elsewhereMinor: 60_000n }))).toBe('psa-changed')
})

test('in the books: refused, deleted, edited, missing, paid by hand, not arrived', () => {
  expect(causeOf(books({ elsewhereMinor: 50_000n, waitingMinor: 50_000n }))).toBe('none')
  expect(causeOf(books({ elsewhereMinor: 50_000n, refused: { minor: 50_000n, why: 'period closed' } }))).toBe(
    'posting-refused',
  )
  expect(causeOf(books({ elsewhereMinor: 50_000n, deletedMinor: 50_000n }))).toBe('document-deleted')
  expect(causeOf(books({ elsewhereMinor: 4_215n, editedMinor: 4_215n }))).toBe('document-edited')
  const { elsewhereMinor: _, ...missing } = books({ journalMinor: 50_000n })
  expect(causeOf(missing)).toBe('books-invoice-missing')
  expect(causeOf({ ...missing, elsewhereCurrency: 'CAD' })).toBe('books-currency-differs')
  expect(causeOf(books({ journalMinor: 50_000n, elsewhereMinor: 60_000n, elsewhereTotalMinor: 60_000n }))).toBe(
    'books-total-differs',
  )
  expect(causeOf(books({ journalMinor: 50_000n }))).toBe('books-paid-by-hand')
  expect(causeOf(books({ elsewhereMinor: 50_000n, recordedMinor: 50_000n }))).toBe('books-payment-missing')
  expect(causeOf(books({ elsewhereMinor: 50_000n, creditMinor: 50_000n }))).toBe('credit-not-applied')
  expect(causeOf(books({ elsewhereMinor: 50_000n }))).toBe('unknown')
})

test('the words name the invoice, the system and the amount', () => {
  const explained = explainGap(books({ elsewhereMinor: 98_500n, deletedMinor: 98_500n }))
  expect('words' in explained && explained.words).toBe(
    'The payment of $985.00 on invoice 20391 was deleted or voided in QuickBooks.',
  )
})

test('evidence that equals the gap to the cent is believed before other evidence', () => {
  const facts = books({ elsewhereMinor: 4_215n, deletedMinor: 50_000n, editedMinor: 4_215n })
  expect(causeOf(facts)).toBe('document-edited')
})
