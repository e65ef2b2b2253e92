import { expect, test } from 'vitest'
import { money } from '@/lib/money/money'
import { matchBookInvoice, type Wanted } from './match-book-invoice'

const usd = (minor: bigint) => money(minor, 'USD')
const there = {
  externalId: '145',
  number: '20391',
  customerExternalId: '58',
  total: usd(985_000n),
  balance: usd(985_000n),
  on: '2026-11-02',
}
const wanted: Wanted = { number: '20391', total: usd(985_000n), amount: usd(985_000n), customerExternalId: '58' }
const because = (found: (typeof there)[], over: Partial<Wanted> = {}) => {
  const match = matchBookInvoice({ ...wanted, ...over }, found, 'QuickBooks')
  return match.ok ? 'matched' : match.because
}

test('number, total and customer together make the match', () => {
  expect(matchBookInvoice(wanted, [there], 'QuickBooks')).toEqual({ ok: true, invoice: there })
  const { customerExternalId: _, ...unknown } = wanted
  expect(matchBookInvoice(unknown, [there], 'QuickBooks').ok).toBe(true)
})

test('none, several, another total, customer or currency: a person decides, told why', () => {
  expect(because([])).toBe('QuickBooks has no invoice 20391.')
  expect(because([there, { ...there, externalId: '146' }])).toBe('QuickBooks has 2 invoices 20391.')
  expect(because([{ ...there, total: usd(900_000n) }])).toBe(
    'Invoice 20391 is $9,000.00 in QuickBooks, but $9,850.00 in the PSA.',
  )
  expect(because([{ ...there, customerExternalId: '59' }])).toMatch(/another customer/)
  expect(because([{ ...there, total: money(985_000n, 'CAD') }])).toMatch(/is in CAD/)
})

test('an invoice that was paid there by hand is not paid again', () => {
  expect(because([{ ...there, balance: usd(0n) }])).toMatch(
    /\$0\.00 open in QuickBooks, less than the \$9,850\.00 paid/,
  )
  expect(because([{ ...there, balance: usd(100n) }], { amount: usd(100n) })).toBe('matched')
})
