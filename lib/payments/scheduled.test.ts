import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '@/lib/base/clock'
import { isBankingDay } from './banking-days'
import { clearsAfter, type DuePart, datesFor, decideRun } from './scheduled'

const agreed = (parts: readonly DuePart[]) => ({
  ...{ amountMinor: parts.reduce((sum, { agreedMinor }) => sum + agreedMinor, 0n), creditMinor: 0n },
})
const part = fc.record({
  invoiceId: fc.uuid(),
  agreedMinor: fc.bigInt({ min: 1n, max: 10_000n }),
  balanceMinor: fc.bigInt({ min: -100n, max: 10_000n }),
  state: fc.constantFrom('open', 'void'),
  kind: fc.constantFrom('invoice', 'invoice', 'credit_memo'),
  isHeld: fc.boolean(),
})

test('whatever happened meanwhile, no more is taken of an invoice than was agreed to, or than it owes', () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts: DuePart[]) => {
      const decision = decideRun(parts, agreed(parts))
      const taken = decision.do === 'charge' ? decision.parts : []
      for (const { invoiceId, amountMinor } of taken) {
        const of = parts.find((one) => one.invoiceId === invoiceId)
        expect(amountMinor).toBeGreaterThan(0n)
        expect(amountMinor <= (of?.agreedMinor ?? 0n) && amountMinor <= (of?.balanceMinor ?? 0n)).toBe(true)
        expect(of).toMatchObject({ state: 'open', kind: 'invoice', isHeld: false })
      }
      const owing = parts.filter(
        (one) => one.state === 'open' && one.kind === 'invoice' && one.balanceMinor > 0n && !one.isHeld,
      )
      expect(taken.length).toBe(owing.length)
    }),
  )
})

test('credit goes first, and what was announced is never exceeded: without the credit it is announced again', () => {
  const sums = fc.record({
    amountMinor: fc.bigInt({ min: 0n, max: 20_000n }),
    creditMinor: fc.bigInt({ min: 0n, max: 20_000n }),
  })
  const owing: DuePart = {
    invoiceId: 'i',
    agreedMinor: 0n,
    balanceMinor: 0n,
    state: 'open',
    kind: 'invoice',
    isHeld: false,
  }
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 20_000n }), sums, (owed, { amountMinor, creditMinor }) => {
      const credit = creditMinor < owed ? creditMinor : owed
      const decision = decideRun([{ ...owing, agreedMinor: owed, balanceMinor: owed }], {
        amountMinor,
        creditMinor: credit,
      })
      if (owed - credit > amountMinor) expect(decision).toEqual({ do: 'announce-again' })
      else expect(decision).toMatchObject({ do: 'charge', creditMinor: credit, chargeMinor: owed - credit })
    }),
  )
})

test('paid, on its way and voided meanwhile are told apart', () => {
  const one: DuePart = {
    invoiceId: 'i',
    agreedMinor: 5n,
    balanceMinor: 0n,
    state: 'open',
    kind: 'invoice',
    isHeld: false,
  }
  expect(decideRun([one], agreed([one]))).toEqual({ do: 'not-needed', because: 'paid' })
  expect(decideRun([{ ...one, balanceMinor: 5n, isHeld: true }], agreed([one]))).toEqual({
    do: 'not-needed',
    because: 'on_its_way',
  })
  expect(decideRun([{ ...one, balanceMinor: 5n, state: 'void' }], agreed([one]))).toEqual({
    do: 'not-needed',
    because: 'void',
  })
})

test('dates go from tomorrow to the first day something is due', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -20, max: 200 }), { minLength: 1, maxLength: 4 }), (offsets) => {
      const today = '2026-11-20'
      const dates = datesFor(
        offsets.map((days) => addDays(today, days)),
        today,
      )
      const first = Math.min(...offsets)
      expect(dates.length).toBe(Math.max(0, Math.min(first, 92)))
      if (first >= 1) expect(dates[0]).toBe(addDays(today, 1))
      if (first >= 1 && first <= 92) expect(dates.at(-1)).toBe(addDays(today, first))
    }),
  )
})

test('a bank takes a debit up on a day it is open, and clears it four banking days after', () => {
  expect(clearsAfter('2026-11-27')).toEqual({ takenUpOn: '2026-11-27', clearsOn: '2026-12-03' })
  expect(clearsAfter('2026-11-28').takenUpOn).toBe('2026-11-30')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 }), (days) => {
      const on = addDays('2026-01-01', days)
      const { takenUpOn, clearsOn } = clearsAfter(on)
      expect(isBankingDay(takenUpOn) && isBankingDay(clearsOn) && takenUpOn >= on && clearsOn > takenUpOn).toBe(true)
    }),
  )
})
