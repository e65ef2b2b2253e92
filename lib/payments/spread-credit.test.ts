import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spreadCredit } from './spread-credit'

const charge = (...minors: bigint[]) =>
  minors.map((payableMinor, index) => ({
    invoiceId: `i${index}`,
    number: `${index}`,
    dueOn: '2026-12-01',
    payableMinor,
  }))

test('the first charge uses what it can, and the next what is left', () => {
  expect(spreadCredit([charge(4_000n), charge(9_000n), charge(9_000n)], 10_000n)).toEqual({
    ...{ credits: [4_000n, 6_000n, 0n], leftMinor: 0n },
  })
  expect(spreadCredit([charge(1_000n, 2_000n)], 10_000n)).toEqual({ credits: [3_000n], leftMinor: 7_000n })
})

test('credit never leaves a charge too small to be made', () => {
  expect(spreadCredit([charge(4_000n)], 3_960n)).toEqual({ credits: [3_950n], leftMinor: 10n })
  expect(spreadCredit([charge(4_000n)], 4_000n)).toEqual({ credits: [4_000n], leftMinor: 0n })
  // Too small in itself: nothing of it can be charged, so it is paid with credit whole or not at all.
  expect(spreadCredit([charge(40n), charge(40n)], 50n)).toEqual({ credits: [40n, 0n], leftMinor: 10n })
})

test('what is used and what is left are the credit, and no charge uses more than it owes', () => {
  const owed = fc.array(fc.bigInt({ min: 0n, max: 20_000n }), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(fc.array(owed, { maxLength: 6 }), fc.bigInt({ min: 0n, max: 60_000n }), (minors, credit) => {
      const { credits, leftMinor } = spreadCredit(
        minors.map((of) => charge(...of)),
        credit,
      )
      expect(credits.reduce((sum, used) => sum + used, leftMinor)).toBe(credit)
      expect(leftMinor >= 0n).toBe(true)
      for (const [index, used] of credits.entries()) {
        const rest = (minors[index] ?? []).reduce((sum, minor) => sum + minor, 0n) - used
        expect(used >= 0n && rest >= 0n).toBe(true)
        if (used > 0n) expect(rest === 0n || rest >= 50n).toBe(true)
      }
    }),
  )
})
