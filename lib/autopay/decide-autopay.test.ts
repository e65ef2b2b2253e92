import { expect, test } from 'vitest'
import { type AutopayFacts, decideAutopay, decideAutopays } from './decide-autopay'

const facts: AutopayFacts = {
  ...{ invoiceId: 'i', number: '1' },
  balanceMinor: 20_000n,
  heldMinor: 0n,
  currency: 'USD',
  dueOn: '2026-12-20',
  isOnItsWay: false,
  isScheduled: false,
  wasSet: false,
  agreed: { sinceOn: '2026-12-01', currency: 'USD', noticeDays: 3 },
  method: { isRemoved: false, expiresOn: '2034-12-31' },
}
const decide = (changed: Partial<AutopayFacts>, today = '2026-12-17', leftMinor = 0n, asideMinor = 0n) =>
  decideAutopay({ ...facts, ...changed }, { leftMinor, asideMinor }, today)

test('a card is charged on the due date, announced three days before and not sooner', () => {
  expect(decide({}, '2026-12-16')).toEqual({
    ...{ do: 'wait', noticeOn: '2026-12-17', runOn: '2026-12-20', amountMinor: 20_000n, creditMinor: 0n },
  })
  expect(decide({}, '2026-12-17')).toEqual({
    ...{ do: 'set', runOn: '2026-12-20', amountMinor: 20_000n, creditMinor: 0n },
  })
})

test('where ten days of notice were promised, ten it has', () => {
  const agreed = { ...facts.agreed, noticeDays: 10 }
  expect(decide({ agreed }, '2026-12-09')).toMatchObject({ do: 'wait', noticeOn: '2026-12-10' })
  expect(decide({ agreed }, '2026-12-10')).toMatchObject({ do: 'set', runOn: '2026-12-20' })
  expect(decide({ agreed }, '2026-12-15')).toMatchObject({ do: 'set', runOn: '2026-12-25' })
})

test('where the notice comes late the charge does too: the days that were promised are never cut', () => {
  expect(decide({}, '2026-12-19')).toMatchObject({ do: 'set', runOn: '2026-12-22' })
  expect(decide({}, '2027-01-05')).toMatchObject({ do: 'set', runOn: '2027-01-08' })
})

test('what fell due before the consent is not covered; what falls due on its day is', () => {
  expect(decide({ dueOn: '2026-11-30' })).toEqual({ do: 'stop', because: 'due-before' })
  expect(decide({ dueOn: '2026-12-01' })).toMatchObject({ do: 'set' })
})

test.each([
  ['settled', { balanceMinor: 0n }],
  ['on-its-way', { isOnItsWay: true }],
  ['scheduled', { isScheduled: true }],
  ['was-set', { wasSet: true }],
] as const)('nothing is set for an invoice that is %s', (because, changed) => {
  expect(decide(changed)).toEqual({ do: 'stop', because })
})

test.each([
  ['held', { heldMinor: 1n }],
  ['over-cap', { agreed: { ...facts.agreed, capMinor: 19_999n } }],
  ['currency', { currency: 'CAD' }],
  ['method-gone', { method: { isRemoved: true } }],
  ['method-gone', { method: { isRemoved: false, blockedReason: 'R02' } }],
  // It is good today and not on the day.
  ['method-gone', { method: { isRemoved: false, expiresOn: '2026-12-19' } }],
] as const)('a person is asked: %s', (because, changed) => {
  expect(decide(changed)).toMatchObject({ do: 'ask', because })
})

test('an invoice of exactly the limit is within it', () => {
  expect(decide({ agreed: { ...facts.agreed, capMinor: 20_000n } })).toMatchObject({ do: 'set' })
})

test('credit goes first: the rest is charged, and nothing where it covers the invoice', () => {
  expect(decide({}, '2026-12-17', 4_000n)).toMatchObject({ do: 'set', amountMinor: 16_000n, creditMinor: 4_000n })
  expect(decide({}, '2026-12-17', 30_000n)).toMatchObject({ do: 'set', amountMinor: 0n, creditMinor: 20_000n })
  expect(decide({}, '2026-12-16', 4_000n)).toMatchObject({ do: 'wait', amountMinor: 16_000n, creditMinor: 4_000n })
  // The limit is one of the invoice, whatever pays it.
  const agreed = { ...facts.agreed, capMinor: 19_999n }
  expect(decide({ agreed }, '2026-12-17', 4_000n)).toMatchObject({ do: 'ask', because: 'over-cap' })
})

test('credit that only the MSP may apply is for a person to see to', () => {
  expect(decide({}, '2026-12-17', 4_000n, 1n)).toMatchObject({ do: 'ask', because: 'credit' })
})

test('one credit pays the oldest first, and what waits for a person uses none of it', () => {
  const one = (invoiceId: string, dueOn: string, changed: Partial<AutopayFacts> = {}) => ({
    ...{ ...facts, invoiceId, number: invoiceId, dueOn },
    ...changed,
  })
  const covered = [
    one('10', '2026-12-19'),
    one('9', '2026-12-19'),
    one('held', '2026-12-18', { heldMinor: 1n }),
    one('later', '2026-12-30'),
  ]
  const decided = decideAutopays(covered, { leftMinor: 50_000n, asideMinor: 0n }, '2026-12-17')
  expect(decided.map(({ of, decision }) => [of.number, 'creditMinor' in decision && decision.creditMinor])).toEqual([
    ['held', false],
    ['9', 20_000n],
    ['10', 20_000n],
    ['later', 10_000n],
  ])
})
