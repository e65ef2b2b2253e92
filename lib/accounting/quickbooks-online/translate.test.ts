import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { PostingDocument, Reapplied } from '@/lib/connectors/contract'
import { money } from '@/lib/money/money'
import { faultIn } from './faults'
import accounts from './fixtures/accounts.json' with { type: 'json' }
import closedPeriod from './fixtures/fault-closed-period.json' with { type: 'json' }
import invoice from './fixtures/invoice.json' with { type: 'json' }
import journalEntry from './fixtures/journal-entry.json' with { type: 'json' }
import payment from './fixtures/payment.json' with { type: 'json' }
import { reappliedLines, suggestMapping, toBody, toBookInvoice, toGlAccount, toPosted, UnmappedRole } from './translate'
import { Account, Invoice, JournalEntry, Payment } from './wire'

const usd = (minor: bigint) => money(minor, 'USD')
const mapping = { clearing: '4', bank: '35', processor_fees: '7', receivable: '84' }
const heading = { reference: 'CL-000000000000000001', on: '2026-11-19', currency: 'USD', note: 'Stripe payout po_1' }
const chart = z.array(Account).parse(accounts.QueryResponse.Account).map(toGlAccount)

test('accounts are suggested by type, and what is not there stays open', () => {
  expect(suggestMapping(chart)).toEqual({
    clearing: '4',
    bank: '35',
    processor_fees: '7',
    receivable: '84',
    surcharge_income: '86',
    disputed: '85',
    write_offs: '8',
  })
  expect(suggestMapping(chart.filter(({ subtype }) => subtype !== 'UndepositedFunds')).clearing).toBeUndefined()
  expect(suggestMapping([])).toEqual({})
})

test('of accounts in several currencies each is suggested for its own', () => {
  const bank = { type: 'Bank', subtype: 'Checking', active: true, currency: 'CAD' }
  const owed = { type: 'Accounts Receivable', subtype: 'AccountsReceivable', active: true, currency: 'CAD' }
  const abroad = [
    { externalId: '37', name: 'Operating CAD', ...bank },
    { externalId: '88', name: 'Accounts Receivable (A/R) - CAD', ...owed },
  ]
  expect(suggestMapping([...abroad, ...chart])).toEqual(suggestMapping(chart))
  expect(suggestMapping([...chart, ...abroad], 'CAD')).toEqual({ bank: '37', receivable: '88' })
  expect(suggestMapping(chart, 'CAD')).toEqual({})
})

test('a document in another currency carries a rate, one in the company’s own none', () => {
  const journal: PostingDocument = { kind: 'journal', ...heading, currency: 'CAD', lines: [] }
  expect(toBody(journal, mapping, 0.7182)).toMatchObject({ CurrencyRef: { value: 'CAD' }, ExchangeRate: 0.7182 })
  expect(toBody(journal, mapping)).not.toHaveProperty('ExchangeRate')
})

test('a linked deposit line carries no detail type, a fee line names its account, and amounts are the wire’s decimals', () => {
  const deposit: PostingDocument = {
    kind: 'deposit',
    ...heading,
    amount: usd(984_500n),
    lines: [
      { linked: { kind: 'Payment', externalId: '901', lineId: '0' }, amount: usd(985_000n) },
      { role: 'processor_fees', amount: usd(-500n), description: 'Stripe fee, Mercer Packaging, 20391' },
    ],
  }
  expect(toBody(deposit, mapping)).toEqual({
    TxnDate: '2026-11-19',
    CurrencyRef: { value: 'USD' },
    PrivateNote: 'Stripe payout po_1\nCloseloop CL-000000000000000001',
    DepositToAccountRef: { value: '35' },
    Line: [
      { Amount: 9850, LinkedTxn: [{ TxnId: '901', TxnType: 'Payment', TxnLineId: '0' }] },
      {
        Amount: -5,
        Description: 'Stripe fee, Mercer Packaging, 20391',
        DetailType: 'DepositLineDetail',
        DepositLineDetail: { AccountRef: { value: '7' } },
      },
    ],
  })
  const { processor_fees: _, ...less } = mapping
  expect(() => toBody(deposit, less)).toThrow(UnmappedRole)
})

test('no payment we send asks QuickBooks to move money itself', () => {
  const body = toBody(
    { kind: 'payment', ...heading, customerExternalId: '58', amount: usd(1n), method: 'Visa', applied: [] },
    mapping,
  )
  expect(Object.keys(body)).not.toContain('ProcessPayment')
  expect(Object.keys(body)).not.toContain('CreditCardPayment')
})

test('what QuickBooks answers is read to the cent', () => {
  const [row] = invoice.QueryResponse.Invoice
  const read = toBookInvoice(Invoice.parse(row))
  expect(read.total.minor).toBe(BigInt(Math.round((row?.TotalAmt ?? 0) * 100)))
  expect(read.number).toBe(row?.DocNumber)
  const posted = toPosted('Payment', Payment.parse(payment.Payment), '4', 'USD')
  expect(posted).toMatchObject({ externalKind: 'Payment', externalId: payment.Payment.Id, externalTag: '0' })
})

test('a journal entry is linked by the line that stands on the clearing account', () => {
  const entry = JournalEntry.parse(journalEntry.JournalEntry)
  const clearing = entry.Line.find((line) => line.JournalEntryLineDetail?.AccountRef.value === '4')
  expect(toPosted('JournalEntry', entry, '4', 'USD').externalTag).toBe(clearing?.Id)
  const { TotalAmt: _, ...untold } = entry
  expect(toPosted('JournalEntry', { ...untold, TotalAmt: undefined }, '4', 'USD').amount).toEqual(
    toPosted('JournalEntry', entry, '4', 'USD').amount,
  )
})

const paying = (lines: [type: string, id: string, amount: number][]): Payment => ({
  ...Payment.parse(payment.Payment),
  Line: lines.map(([TxnType, TxnId, Amount]) => ({ Amount, LinkedTxn: [{ TxnType, TxnId }] })),
})
const taken = (invoiceExternalId: string, minor: bigint): Reapplied => ({
  paymentExternalId: '1',
  invoiceExternalId,
  amount: usd(minor),
  to: 'journal',
})

test('moving what a payment pays never changes how much it pays in all, and a repeat changes nothing', () => {
  const cents = fc.integer({ min: 1, max: 5_000_000 })
  fc.assert(
    fc.property(
      fc.array(cents, { minLength: 1, maxLength: 6 }),
      fc.array(cents, { minLength: 1, maxLength: 6 }),
      (paid, back) => {
        const before = paying(paid.map((amount, at) => ['Invoice', String(at), amount / 100]))
        const moves = back.map((amount, at) => taken(String(at), BigInt(amount)))
        const lines = reappliedLines(before, 'je', moves, 'USD')
        if (lines === undefined) throw new Error('nothing moved')
        const total = (of: { Amount: number }[]) => of.reduce((sum, { Amount }) => sum + Math.round(Amount * 100), 0)
        expect(total(lines)).toBe(total(before.Line))
        expect(lines.every(({ Amount }) => Amount > 0)).toBe(true)
        const after = paying(
          lines.map(({ Amount, LinkedTxn: [link] }) => [link?.TxnType ?? '', link?.TxnId ?? '', Amount]),
        )
        expect(reappliedLines(after, 'je', moves, 'USD')).toBeUndefined()
      },
    ),
  )
})

test('given back, the amount leaves the document that had taken it', () => {
  const held = paying([
    ['Invoice', '7', 30],
    ['JournalEntry', '77', 20],
  ])
  const back: Reapplied = {
    paymentExternalId: '1',
    invoiceExternalId: '7',
    amount: usd(2_000n),
    to: 'invoice',
    journalExternalId: '77',
  }
  expect(reappliedLines(held, '78', [back], 'USD')).toEqual([
    { Amount: 50, LinkedTxn: [{ TxnId: '7', TxnType: 'Invoice' }] },
  ])
})

const headers = { get: () => null }
test('a fault is read from the body, whatever the status, and typed by its cure', () => {
  const text = JSON.stringify(closedPeriod)
  for (const status of [200, 400])
    expect(faultIn({ status, text, headers }, true)).toMatchObject({ cure: 'skip', code: '6200' })
  expect(faultIn({ status: 200, text: '{"Payment":{}}', headers }, true)).toBeUndefined()
})

test('an answer that says nothing about a write leaves its outcome unknown; about a read, it is asked again', () => {
  for (const status of [500, 502, 504]) {
    expect(faultIn({ status, text: '<html>', headers }, true)?.cure).toBe('unknown')
    expect(faultIn({ status, text: '<html>', headers }, false)?.cure).toBe('retry')
  }
  const system = '{"Fault":{"Error":[{"Message":"An application error","code":"10000"}],"type":"SystemFault"}}'
  expect(faultIn({ status: 500, text: system, headers }, true)?.cure).toBe('unknown')
  expect(faultIn({ status: 401, text: '', headers }, true)?.cure).toBe('reconnect')
})

test('a throttled call waits the minute QuickBooks asks for', () => {
  const text = '{"Fault":{"Error":[{"Message":"ThrottleExceeded","code":"3001"}],"type":"SystemFault"}}'
  expect(faultIn({ status: 429, text, headers }, true)).toMatchObject({ cure: 'retry', retryAfterMs: 60_000 })
})
