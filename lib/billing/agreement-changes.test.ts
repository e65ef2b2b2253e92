import fc from 'fast-check'
import { expect, test } from 'vitest'
import { money, plus, sum } from '@/lib/money/money'
import { agreementChanges, type BilledInvoice, type BilledLine, countedOn } from './agreement-changes'
import { costOf, microsOf, quantityOf } from './quantity'

const usd = (minor: number) => money(BigInt(minor), 'USD')
const line = (description: string, quantity: string, unit: number, more: Partial<BilledLine> = {}): BilledLine => ({
  ...{ kind: 'agreement', description, quantity, unitPrice: usd(unit) },
  amount: money(costOf(microsOf(quantity), BigInt(unit)), 'USD'),
  ...more,
})
const invoice = (issuedOn: string, lines: BilledLine[], tax = 0): BilledInvoice => {
  const net = sum(
    lines.map(({ amount }) => amount),
    'USD',
  )
  return { issuedOn, lines, tax: usd(tax), total: plus(net, usd(tax)) }
}
const october = (lines: BilledLine[], tax?: number) => invoice('2026-10-02', lines, tax)
const november = (lines: BilledLine[], tax?: number) => invoice('2026-11-02', lines, tax)
const addition = (description: string, quantity: string, effectiveOn?: string, cancelledOn?: string) => ({
  ...{ description, quantity, unitPrice: usd(7_400) },
  ...(effectiveOn === undefined ? {} : { effectiveOn }),
  ...(cancelledOn === undefined ? {} : { cancelledOn }),
})

test('two invoices that bill the same have no changes', () => {
  const lines = [line('Workstation', '38', 7_400), line('Server', '3', 16_500)]
  const { services, difference, rest, oneTime } = agreementChanges(october(lines), november(lines), [])
  expect({ services, difference, rest, oneTime }).toEqual({
    services: [],
    ...{ difference: usd(0), rest: usd(0), oneTime: usd(0) },
  })
})

test('devices and seats added, removed and priced otherwise are told with what each makes of the difference', () => {
  const before = october(
    [line('Workstation', '35', 7_400), line('Email', '38', 350), line('Backup', '4', 4_800)],
    7_752,
  )
  const after = november(
    [line('Workstation', '38', 7_400), line('Email', '38', 375), line('Server', '1', 16_500)],
    8_364,
  )
  const found = agreementChanges(before, after, [])
  expect(
    found.services.map(({ description, before: was, after: is, difference }) => [
      ...[description, was.quantity, is.quantity],
      ...[was.unitPrice?.minor, is.unitPrice?.minor, difference.minor],
    ]),
  ).toEqual([
    ['Workstation', '35', '38', 7_400n, 7_400n, 22_200n],
    ['Email', '38', '38', 350n, 375n, 950n],
    ['Server', '0', '1', undefined, 16_500n, 16_500n],
    ['Backup', '4', '0', 4_800n, undefined, -19_200n],
  ])
  expect(found.tax).toEqual({ before: usd(7_752), after: usd(8_364), difference: usd(612) })
  expect(found.rest).toEqual(usd(0))
})

test('the day comes from the agreement, and only when it lies between the two invoices', () => {
  const before = october([line('Workstation', '35', 7_400), line('Seat', '2', 2_200)])
  const after = november([line('Workstation', '38', 7_400), line('Seat', '3', 2_200)])
  const { services } = agreementChanges(before, after, [
    addition('Workstation', '35', '2025-03-01', '2026-10-28'),
    addition('Workstation', '38', '2026-10-28'),
    // On the very day of the earlier invoice: it knew of that already.
    addition('Seat', '3', '2026-10-02'),
  ])
  expect(services.map(({ description, changedOn }) => [description, changedOn])).toEqual([
    ['Workstation', '2026-10-28'],
    ['Seat', undefined],
  ])
})

test('a service billed for a part of the time, or for more, says its whole price and since when', () => {
  const [part, more] = [usd(2_865), usd(19_000)]
  const before = october([])
  const after = november([
    line('Workstation', '3', 7_400, { amount: part }),
    line('Server', '1', 16_500, { amount: more }),
  ])
  const { services } = agreementChanges(before, after, [addition('Workstation', '3', '2026-10-28')])
  expect(services.map(({ proration }) => proration)).toEqual([
    { charged: part, whole: usd(22_200), since: '2026-10-28' },
    { charged: more, whole: usd(16_500) },
  ])
})

test('a cent of rounding is no part of the time, two are', () => {
  const of = (minor: number) =>
    agreementChanges(october([]), november([line('Backup', '0.333333', 100, { amount: usd(minor) })]), []).services[0]
  expect(of(34)?.proration).toBeUndefined()
  expect(of(35)?.proration).toEqual({ charged: usd(35), whole: usd(33) })
})

test('a product is billed as it is sold: a rebate on it is no part of the time', () => {
  const after = november([line('Laptop', '1', 90_000, { kind: 'product', amount: usd(80_000) })])
  expect(agreementChanges(october([]), after, []).services[0]?.proration).toBeUndefined()
})

test('what is not of the agreement is named as billed once, and time is compared as a whole', () => {
  const before = october([line('Call of June', '1', 15_000, { kind: 'time' })])
  const after = november([
    line('Setup', '3', 9_500, { kind: 'product' }),
    line('Printer', '0.5', 15_000, { kind: 'time' }),
    line('Mail', '1', 15_000, { kind: 'time' }),
    line('Workstation', '1', 7_400),
  ])
  const { services, oneTime } = agreementChanges(before, after, [])
  expect(services.map(({ kind, after: { quantity } }) => [kind, quantity])).toEqual([
    ['agreement', '1'],
    ['product', '3'],
    ['time', '1.5'],
  ])
  expect(oneTime).toEqual(usd(28_500 + 22_500))
})

test('what is named always adds up to the difference', () => {
  const anyLine = fc.record({
    kind: fc.constantFrom('agreement', 'product', 'time', 'expense', 'adjustment'),
    description: fc.constantFrom('Workstation', 'Seat', 'Server'),
    quantity: fc.integer({ min: -9, max: 99 }).map(String),
    unitPrice: fc.integer({ min: 0, max: 99_999 }).map(usd),
    amount: fc.integer({ min: -99_999, max: 99_999 }).map(usd),
  })
  const anyInvoice = fc
    .record({ lines: fc.array(anyLine), tax: fc.nat(9_999), total: fc.nat(999_999) })
    .map(({ lines, tax, total }) => ({ issuedOn: '2026-11-02', lines, tax: usd(tax), total: usd(total) }))
  fc.assert(
    fc.property(anyInvoice, anyInvoice, (before, after) => {
      const { services, tax, rest, difference } = agreementChanges(before, after, [])
      const named = services.reduce((total, one) => total + one.difference.minor, tax.difference.minor + rest.minor)
      expect(named).toBe(difference.minor)
      expect(difference.minor).toBe(after.total.minor - before.total.minor)
    }),
  )
})

test('an agreement counts what has begun and not ended on the day', () => {
  const additions = [
    addition('Workstation', '35', '2025-03-01', '2026-10-28'),
    addition('Workstation', '38', '2026-10-28'),
    addition('Backup', '0.5'),
    addition('Backup', '1.25', '2026-11-02'),
    addition('Server', '3', '2026-11-03'),
  ]
  expect(countedOn(additions, '2026-11-02')).toEqual([
    { name: 'Workstation', quantity: '38' },
    { name: 'Backup', quantity: '1.75' },
  ])
})

test('a quantity survives the way there and back, and nothing else is taken for one', () => {
  for (const text of ['0', '-1.5', '38', '0.000001']) expect(quantityOf(microsOf(text))).toBe(text)
  for (const text of ['', '1e3', '1.', '1.0000001']) expect(() => microsOf(text)).toThrow(RangeError)
})
