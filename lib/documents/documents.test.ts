import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Brand } from '@/lib/tenancy/brand'
import { runsOf } from './fonts'
import { invoicePdf } from './invoice-pdf'
import { receiptNumber } from './receipt-number'
import { receiptPdf } from './receipt-pdf'

const usd = (minor: bigint) => ({ minor, currency: 'USD' })
const issuer = {
  name: 'Larkfield IT',
  legalName: 'Larkfield IT, Inc.',
  timeZone: 'America/New_York',
  brand: Brand.parse({
    color: '#0e5a4a',
    postalAddress: '88 St. Paul Street, Rochester, NY 14604',
    supportPhone: '(585) 555-0142',
    supportEmail: 'billing@larkfield.example',
    payByCheck: 'Checks to Larkfield IT, 88 St. Paul Street, Rochester, NY 14604.',
  }),
}
const base = { issuer, locale: 'en-US' as const, today: '2026-11-20', at: new Date('2026-11-20T15:42:00Z') }

function invoice(lineCount: number) {
  const lines = Array.from({ length: lineCount }, (_, at) => ({
    description: `Managed workstation ${at + 1}, full support`,
    quantity: '38',
    unitPrice: usd(7400n),
    amount: usd(281200n),
  }))
  return {
    ...{ kind: 'invoice' as const, state: 'open' as const, number: '20418', clientName: 'Wrocław & Söhne' },
    ...{ issuedOn: '2026-11-02', dueOn: '2026-12-02', tax: usd(8364n), total: usd(491314n), balance: usd(491314n) },
    groups: [{ heading: 'Managed Care Complete', lines }],
  }
}
const payment = {
  ...{ id: '019e0000-0000-7000-8000-00001a2b3c4d', clientName: 'Hadley & Moss', methodLabel: 'Visa credit, 4242' },
  ...{
    succeededAt: base.at,
    amount: usd(504628n),
    surcharge: usd(13314n),
    refunded: usd(20542n),
    credit: usd(0n),
    kept: usd(0n),
  },
  allocations: [{ number: '20418', amount: usd(491314n) }],
}
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length

test.each(['en-US', 'fr-CA'] as const)('documents are tagged and carry title and language (%s)', async (locale) => {
  for (const pdf of [
    await invoicePdf({ ...base, locale, invoice: invoice(3) }),
    await receiptPdf({ ...base, locale, payment }),
  ]) {
    const text = pdf.toString('latin1')
    expect(text.slice(0, 8)).toBe('%PDF-1.7')
    expect(text).toContain('/StructTreeRoot')
    expect(text).toContain('/Marked true')
    expect(text).toContain(`/Lang (${locale})`)
    expect(text).toContain('/DisplayDocTitle true')
    for (const tag of ['/S /H1', '/S /Table', '/S /TH', '/S /TD']) expect(text).toContain(tag)
    // Nothing depends on fonts the reader may not have.
    expect(text).not.toMatch(/\/BaseFont \/Helvetica/)
  }
})

test('a long invoice goes on over the page', async () => {
  const [short, long] = [
    await invoicePdf({ ...base, invoice: invoice(4) }),
    await invoicePdf({ ...base, invoice: invoice(70) }),
  ]
  expect(pagesOf(short)).toBe(1)
  expect(pagesOf(long)).toBe(4)
  if (process.env.KEEP_PDF) writeFileSync(`${process.env.KEEP_PDF}/long.pdf`, long)
  if (process.env.KEEP_PDF)
    writeFileSync(`${process.env.KEEP_PDF}/receipt.pdf`, await receiptPdf({ ...base, locale: 'fr-CA', payment }))
})

test('a French receipt names the card it was paid with in French', async () => {
  const drawn = async (locale: 'en-US' | 'fr-CA', methodLabel: string) =>
    receiptPdf({ ...base, locale, payment: { ...payment, methodLabel } })
  const [kept, named] = [await drawn('fr-CA', 'Visa credit, 4242'), await drawn('fr-CA', 'Visa crédit, 4242')]
  expect(kept.equals(named)).toBe(true)
  expect((await drawn('en-US', 'Visa credit, 4242')).equals(await drawn('en-US', 'Visa crédit, 4242'))).toBe(false)
})

test('letters of other alphabets find their part of the font', () => {
  expect(runsOf('Wrocław 4\u202f913')).toEqual([
    { part: 'latin', text: 'Wroc' },
    { part: 'latin-ext', text: 'ł' },
    { part: 'latin', text: 'aw 4\u00a0913' },
  ])
})

test('a receipt has the same number wherever it is shown', () => {
  expect(receiptNumber(payment.id)).toBe('R-1A2B3C4D')
})
