import { expect, test } from 'vitest'
import type { AttemptState, AttemptView } from '@/lib/payments/attempt'
import { attemptForInvoices, payView } from './pay-view'

const usd = (minor: bigint) => ({ minor, currency: 'USD' })
const at = new Date('2026-11-20T15:00:00Z')

function attempt(state: AttemptState, methodType = 'card', more: Partial<AttemptView> = {}): AttemptView {
  return {
    ...more,
    ...{ id: 'a', clientId: 'c', clientName: 'Hadley', state, methodType, origin: 'link', createdAt: at, stateAt: at },
    ...{ amount: usd(300n), surcharge: usd(0n), refunded: usd(0n), credit: usd(0n), kept: usd(0n) },
    allocations: [
      { invoiceId: 'one', number: '1', amount: usd(100n) },
      { invoiceId: 'two', number: '2', amount: usd(200n) },
    ],
  }
}
const open = { kind: 'invoice' as const, state: 'open' as const, balance: usd(100n) }
const settled = { ...open, balance: usd(0n) }

test('money that may be moving never leaves a button to pay', () => {
  for (const state of ['created', 'sent', 'unknown'] as const)
    expect(payView(open, [attempt(state)]).show).toBe('checking')
  expect(payView(open, [attempt('processing', 'us_bank_account')]).show).toBe('on-its-way')
  expect(payView(open, [attempt('requires_action')]).show).toBe('confirm')
  const deposits = { waitsFor: 'deposits' as const }
  expect(payView(open, [attempt('requires_action', 'us_bank_account', deposits)]).show).toBe('verify')
  expect(payView(open, [attempt('requires_action', 'acss_debit', { waitsFor: 'agreement' })]).show).toBe('confirm')
  // Also when the invoice was voided or changed meanwhile, and when an older attempt is the one under way.
  expect(payView({ ...open, state: 'void' }, [attempt('processing')]).show).toBe('on-its-way')
  expect(payView(open, [attempt('failed'), attempt('processing')]).show).toBe('on-its-way')
})

test('on its way is not paid, and paid is only what moved', () => {
  expect(payView(settled, [attempt('succeeded')])).toMatchObject({ show: 'paid', attempt: { state: 'succeeded' } })
  expect(payView(settled, [attempt('failed')])).toEqual({ show: 'paid' })
  expect(payView(settled, [])).toEqual({ show: 'paid' })
})

test('a payment that is named in the address is said to be paid where the invoice stays open, and only what paid is', () => {
  expect(payView(open, [attempt('succeeded')], 'a')).toMatchObject({ show: 'paid', attempt: { id: 'a' } })
  expect(payView(open, [attempt('succeeded')], 'b')).toEqual({ show: 'form' })
  expect(payView(open, [attempt('succeeded')])).toEqual({ show: 'form' })
  for (const state of ['failed', 'canceled', 'refunded'] as const)
    expect(payView(open, [attempt(state)], 'a')).toEqual({ show: 'form' })
  expect(payView(open, [attempt('returned')], 'a').show).toBe('form')
  expect(payView(open, [attempt('unknown')], 'a').show).toBe('checking')
})

test('an open invoice shows the form, with a word about a debit that came back', () => {
  expect(payView(open, [])).toEqual({ show: 'form' })
  expect(payView(open, [attempt('failed')])).toEqual({ show: 'form' })
  expect(payView(open, [attempt('failed', 'us_bank_account')])).toHaveProperty('setback')
  expect(payView(open, [attempt('failed', 'acss_debit')])).toHaveProperty('setback')
  expect(payView(open, [attempt('returned', 'us_bank_account')])).toHaveProperty('setback')
  expect(payView(open, [attempt('canceled'), attempt('returned')])).toEqual({ show: 'form' })
})

test('void invoices and credit memos ask for nothing', () => {
  expect(payView({ ...open, state: 'void' }, [])).toEqual({ show: 'void' })
  expect(payView({ ...open, kind: 'credit_memo' }, [])).toEqual({ show: 'credit' })
})

test('a link shows its own invoice’s part of a payment, and no other', () => {
  const seen = attemptForInvoices(attempt('succeeded'), ['one'])
  expect(seen.allocations).toEqual([{ invoiceId: 'one', number: '1', amount: usd(100n) }])
  expect(seen.amount).toEqual(usd(100n))
})
