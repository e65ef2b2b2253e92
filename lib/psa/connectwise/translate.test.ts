import { expect, test } from 'vitest'
import type { PulledInvoice } from '@/lib/connectors/contract'
import { money } from '@/lib/money/money'
import { parse, Unreadable } from './fields'
import agreementFixture from './fixtures/agreement.json'
import companyFixture from './fixtures/company.json'
import contactFixture from './fixtures/contact.json'
import agreementInvoice from './fixtures/invoice-agreement.json'
import standardInvoice from './fixtures/invoice-standard.json'
import { readRows, toAgreement, toClient, toContact, toHint, toInvoice } from './translate'
import {
  WireAddition,
  WireAgreement,
  WireCompany,
  WireContact,
  WireExpense,
  WireInvoice,
  WirePayment,
  WireProduct,
  WireTime,
} from './wire'

type Recorded = { invoice: object; products?: unknown[]; times?: unknown[]; expenses?: unknown[]; payments?: unknown[] }

/** An invoice as recorded, with some of its fields changed. */
function read({ invoice, products = [], times = [], expenses = [], payments = [] }: Recorded, change: object = {}) {
  const raw = { ...invoice, ...change }
  const parts = {
    products: products.map((row) => parse(WireProduct, row)),
    times: times.map((row) => parse(WireTime, row)),
    expenses: expenses.map((row) => parse(WireExpense, row)),
    payments: payments.map((row) => parse(WirePayment, row)),
  }
  return toInvoice(parse(WireInvoice, raw), parts, raw)
}
const usd = (minor: bigint) => money(minor, 'USD')
const shown = ({ lines }: PulledInvoice) =>
  lines.map(({ heading, description, quantity, amount }) => [heading, description, quantity, amount.minor])

test('money arrives exact from the vendor’s doubles', () => {
  const invoice = read(agreementInvoice)
  expect(invoice.total).toEqual(usd(491_314n))
  expect(invoice.balance).toEqual(usd(491_314n))
  expect(read(standardInvoice).balance).toEqual(usd(13_265n))
})

test('an agreement invoice bills whoever pays, its lines under the agreement’s name, the own amount of the agreement first', () => {
  const invoice = read(agreementInvoice)
  expect(invoice).toMatchObject({
    clientExternalId: '19303',
    agreementExternalId: '3',
    issuedOn: '2026-11-01',
    dueOn: '2026-12-01',
  })
  expect(shown(invoice)).toEqual([
    ['Managed workplace', 'Managed workplace', '1', 250_000n],
    ['Managed workplace', 'Workplace seat', '14', 59_514n],
    ['Managed workplace', 'Server, monitored', '4', 137_400n],
    ['Products', 'Docking station, replaced', '1', 8_000n],
  ])
})

test('time and expenses come as billed; free work shows as free, inner work not at all', () => {
  expect(shown(read(standardInvoice))).toEqual([
    ['Time', 'Mail flow after the move: connectors and SPF', '2.5', 44_625n],
    ['Time', 'Travel', '1', 0n],
    ['Expenses', 'Parts and Supplies', '1', 3_640n],
    ['Adjustments', 'Down payments and earlier progress', '1', -10_000n],
  ])
})

test('lines always add up to the total, whatever stands in the totals only', () => {
  for (const invoice of [
    read(agreementInvoice),
    read(standardInvoice),
    read(standardInvoice, { total: 90, balance: 90 }),
  ]) {
    const sum = invoice.lines.reduce((all, { amount }) => all + amount.minor, invoice.tax.minor)
    expect(sum).toBe(invoice.total.minor)
  }
})

test('payments keep their date and id; credit that was applied names its memo; empty rows are none', () => {
  expect(read(standardInvoice).payments).toEqual([
    { externalId: '771', amount: usd(20_000n), paidOn: '2026-11-02' },
    { externalId: '772', amount: usd(5_000n), paidOn: '2026-11-03', creditExternalId: '5412' },
  ])
})

test.each([-1, 1])('a credit memo is what it credits, whichever sign the tenant gives it (%i)', (sign) => {
  const memo = {
    invoice: {
      ...agreementInvoice.invoice,
      type: 'CreditMemo',
      agreementAmount: 0,
      salesTax: sign * 8,
      agreement: null,
    },
    products: [
      { id: 1, invoice: { id: 5521 }, quantity: 1, price: sign * 100, extPrice: sign * 100, description: 'Goodwill' },
    ],
  }
  const read1 = read(memo, { total: sign * 108, balance: sign * 40 })
  expect(read1).toMatchObject({
    kind: 'credit_memo',
    total: usd(10_800n),
    tax: usd(800n),
    balance: usd(4_000n),
    payments: [],
  })
  expect(shown(read1)).toEqual([['Products', 'Goodwill', '1', 10_000n]])
})

test('a currency without decimals stays whole', () => {
  const currency = { currencyCode: 'ISK', numberOfDecimals: 0 }
  const invoice = read(
    { invoice: standardInvoice.invoice },
    { currency, total: 182_714.0, salesTax: 35_364.0, balance: 182_714.0 },
  )
  expect(invoice).toMatchObject({ total: money(182_714n, 'ISK'), tax: money(35_364n, 'ISK') })
})

test.each([
  ['a fraction of a cent', { total: 4913.144 }, /^total: 4913.144 has fractions of a minor unit of USD$/],
  ['a total that is text', { total: '4913.14' }, /^total: .*number/],
  ['no company', { company: null }, /^company: /],
  ['a date that is none', { dueDate: '2026-13-45T99:00:00Z' }, /^dueDate: 2026-13-45T99:00:00Z is not a date$/],
  [
    'a day that its month does not have',
    { dueDate: '2026-02-30T00:00:00Z' },
    /^dueDate: 2026-02-30T00:00:00Z is not a date$/,
  ],
  ['no currency', { currency: null }, /^currency: the invoice names none$/],
  ['an unknown type', { type: 'Proforma' }, /^type: /],
])('%s is refused in words', (_, change, words) => {
  expect(() => read(agreementInvoice, change)).toThrow(Unreadable)
  expect(() => read(agreementInvoice, change)).toThrow(words)
})

test('a bad row is kept with its id and reason, and the rows beside it are read', () => {
  const rows = [companyFixture, { ...companyFixture, id: 7, name: null }, 'nonsense']
  const { items, rejected } = readRows(rows, WireCompany, (wire, raw) => toClient(wire, raw, new Map()))
  expect(items).toHaveLength(1)
  expect(rejected).toEqual([
    { externalId: '7', reason: expect.stringMatching(/^name: /), raw: rows[1] },
    { externalId: '', reason: expect.stringMatching(/^The row: /), raw: 'nonsense' },
  ])
})

test('a company comes with its terms and its first address for invoices', () => {
  const client = toClient(parse(WireCompany, companyFixture), companyFixture, new Map([[3, 30]]))
  expect(client).toMatchObject({
    name: 'Marlowe & Finch LLP',
    billingEmail: 'billing@marlowe.example',
    billingContactId: '812',
    termsDays: 30,
    currency: 'USD',
    gone: false,
  })
})

test('a contact’s address is the default e-mail among its numbers', () => {
  const contact = toContact(parse(WireContact, contactFixture), contactFixture)
  expect(contact).toMatchObject({ name: 'Ines Duarte', email: 'ines.duarte@marlowe.example', isBilling: true })
  expect(toContact(parse(WireContact, { ...contactFixture, company: null }), {})).toBeUndefined()
})

test('an agreement lists what it bills, with prices rounded for showing and quantities exact', () => {
  const { agreement, additions } = agreementFixture
  const read = toAgreement(
    parse(WireAgreement, agreement),
    additions.map((row) => parse(WireAddition, row)),
    agreement,
  )
  expect(read).toMatchObject({
    name: 'Managed workplace',
    startsOn: '2025-05-17',
    endsOn: '2027-05-16',
    status: 'Active',
  })
  expect(
    read.additions.map(({ description, quantity, unitPrice }) => [description, quantity, unitPrice.minor]),
  ).toEqual([
    ['Workplace seat', '14', 4_250n],
    ['Backup per GB', '1250.5', 1n],
    ['Monitoring', '14', 0n],
  ])
  expect(read.additions[1]).toMatchObject({ cancelledOn: '2026-07-01' })
})

test('a callback is a hint about what we mirror, or nothing', () => {
  expect(toHint({ Type: 'invoice', ID: 5521, Action: 'updated' })).toEqual([
    { entity: 'invoice', externalId: '5521', action: 'updated' },
  ])
  expect(toHint({ Type: 'Company', ID: '19303', Action: 'deleted' })).toEqual([
    { entity: 'client', externalId: '19303', action: 'deleted' },
  ])
  expect(toHint({ Type: 'ticket', ID: 1 })).toEqual([])
  expect(toHint({ Type: 'invoice', ID: '1/../2' })).toEqual([])
})
