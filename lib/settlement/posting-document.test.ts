import { expect, test } from 'vitest'
import { money } from '@/lib/money/money'
import { type LineFact, linesFor, postingsOf } from './journal-fact'
import { nextTryAt, referenceOf, requestKeyOf } from './posting'
import { journalDocument, paymentDocument } from './posting-document'

const heading = { reference: 'CL-TEST', on: '2026-11-19', currency: 'USD', note: 'Payment' }
const line = (
  debit: LineFact['debit'],
  credit: LineFact['credit'],
  amountMinor: bigint,
  over: Partial<LineFact> = {},
): LineFact => ({
  debit,
  credit,
  amountMinor,
  clientId: 'client',
  invoiceId: null,
  attemptId: 'attempt',
  ...over,
})
const usd = (minor: bigint) => money(minor, 'USD')
const invoice = (externalId: string) => ({
  externalId,
  number: externalId,
  customerExternalId: '58',
  total: usd(1n),
  balance: usd(1n),
  on: '2026-11-02',
})
const books = {
  customers: new Map([['client', '58']]),
  payments: new Map([['attempt', '901']]),
  invoices: new Map([
    ['a', 'inv-a'],
    ['b', 'inv-b'],
  ]),
  description: 'Returned by the bank',
}

test('one journal entry becomes one payment for what pays, and a document of its own for the surcharge', () => {
  const lines = [
    line('clearing', 'receivable', 118_600n, { invoiceId: 'a' }),
    line('clearing', 'surcharge_income', 3_214n),
    line('clearing', 'unapplied', 40n),
  ]
  expect(postingsOf('payment.succeeded', lines)).toEqual([
    { kind: 'payment', amountMinor: 118_640n },
    { kind: 'surcharge', amountMinor: 3_214n },
  ])
  const document = paymentDocument(heading, linesFor('payment', lines), {
    customerExternalId: '58',
    invoices: new Map([['a', invoice('inv-a')]]),
    method: 'Visa credit, 4242',
  })
  expect(document.amount).toEqual(usd(118_640n))
  expect(document.applied).toEqual([{ invoiceExternalId: 'inv-a', amount: usd(118_600n) }])
  const surcharge = journalDocument(heading, linesFor('surcharge', lines), books)
  expect(surcharge.lines.map(({ side, role, amount }) => [side, role, amount.minor])).toEqual([
    ['debit', 'clearing', 3_214n],
    ['credit', 'surcharge_income', 3_214n],
  ])
  expect(surcharge.reapplied).toBeUndefined()
})

test('a return of several invoices is one clearing line, one receivable, and names every invoice it opens', () => {
  const lines = [
    line('receivable', 'clearing', 294_000n, { invoiceId: 'a' }),
    line('receivable', 'clearing', 31_875n, { invoiceId: 'b' }),
  ]
  const document = journalDocument(heading, lines, books)
  expect(
    document.lines.map(({ side, role, amount, customerExternalId }) => [side, role, amount.minor, customerExternalId]),
  ).toEqual([
    ['credit', 'clearing', 325_875n, undefined],
    ['debit', 'receivable', 325_875n, '58'],
  ])
  expect(document.reapplied).toEqual([
    { paymentExternalId: '901', invoiceExternalId: 'inv-a', amount: usd(294_000n), to: 'journal' },
    { paymentExternalId: '901', invoiceExternalId: 'inv-b', amount: usd(31_875n), to: 'journal' },
  ])
})

test('a client’s credit stands on the customer’s account and opens nothing', () => {
  const document = journalDocument(heading, [line('unapplied', 'clearing', 500n)], books)
  expect(document.lines.find(({ role }) => role === 'receivable')?.customerExternalId).toBe('58')
  expect(document.reapplied).toBeUndefined()
})

test('a dispute is set aside first, and opens the invoice when it is lost', () => {
  const opened = journalDocument(heading, [line('disputed', 'clearing', 900n)], books)
  expect(opened.lines.map(({ side, role }) => [side, role])).toEqual([
    ['credit', 'clearing'],
    ['debit', 'disputed'],
  ])
  const lost = journalDocument(heading, [line('receivable', 'disputed', 900n, { invoiceId: 'a' })], books)
  expect(lost.reapplied).toHaveLength(1)
})

test('a refund that could not be delivered gives its invoice back what the refund had taken', () => {
  const lines = [line('clearing', 'receivable', 500n, { invoiceId: 'a' })]
  expect(journalDocument(heading, lines, { ...books, takenBackBy: '77' }).reapplied).toEqual([
    { paymentExternalId: '901', invoiceExternalId: 'inv-a', amount: usd(500n), to: 'invoice', journalExternalId: '77' },
  ])
})

test('a payout moves what it moved, whichever way', () => {
  expect(postingsOf('payout.paid', [line('bank', 'clearing', 1_510_089n)])).toEqual([
    { kind: 'deposit', amountMinor: 1_510_089n },
  ])
  expect(postingsOf('payout.paid', [line('clearing', 'bank', 300n)])).toEqual([{ kind: 'deposit', amountMinor: -300n }])
})

test('a reference fits the vendors’ 21 letters and is the same for the same posting only', () => {
  const ids = Array.from({ length: 200 }, (_, at) => `01931e5c-0000-7000-8000-${String(at).padStart(12, '0')}`)
  const references = ids.map(referenceOf)
  expect(new Set(references).size).toBe(ids.length)
  for (const reference of references) expect(reference).toMatch(/^CL-[0-9A-Z]{18}$/)
  expect(ids.map(referenceOf)).toEqual(references)
})

test('the request key changes only after a clear refusal', () => {
  const id = '01931e5c-0000-7000-8000-000000000001'
  expect(requestKeyOf({ id, tries: 0 })).toBe(id)
  expect(requestKeyOf({ id, tries: 2 })).toBe(`${id}-2`)
})

test('the pauses between tries grow, are bounded, and obey the vendor', () => {
  const created = new Date('2026-11-20T10:00:00Z')
  const wait = (ageMs: number, retryAfterMs?: number) => {
    const at = new Date(created.getTime() + ageMs)
    return nextTryAt(created, at, retryAfterMs).getTime() - at.getTime()
  }
  expect(wait(0)).toBe(5_000)
  expect(wait(60_000)).toBe(15_000)
  expect(wait(86_400_000)).toBe(900_000)
  expect(wait(0, 60_000)).toBe(60_000)
})
