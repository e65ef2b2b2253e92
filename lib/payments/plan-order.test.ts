import fc from 'fast-check'
import { expect, test } from 'vitest'
import { minimumOf, oldestFirst, type Payable, type PayRules, planOrder, type Wanted } from './plan-order'

const cents = fc.bigInt({ min: 1n, max: 5_000_000n })
const payables: fc.Arbitrary<Payable[]> = fc
  .array(
    fc.record({
      number: fc.integer({ min: 1, max: 30_000 }).map(String),
      dueOn: fc.constantFrom('2026-11-12', '2026-11-25', '2026-12-02'),
      payableMinor: cents,
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((list) => list.map((one, at) => ({ ...one, invoiceId: `id-${at}` })))
const rules: fc.Arbitrary<PayRules> = fc.record({
  partial: fc.option(
    fc.record({ minimumMinor: fc.bigInt({ min: 0n, max: 20_000n }), minimumBasisPoints: fc.nat({ max: 10_000 }) }),
    { nil: undefined },
  ),
  keepsMore: fc.boolean(),
  chargeMinimumMinor: fc.constantFrom(0n, 50n),
})
const credit = fc.oneof(fc.constant(0n), cents)
/** A sum, or amounts of which some are all that is owed, some less and some too much. */
const wantedOf = (list: Payable[]): fc.Arbitrary<Wanted> =>
  fc.oneof(
    cents.map((minor): Wanted => ({ by: 'sum', minor })),
    fc
      .tuple(...list.map(({ payableMinor }) => fc.oneof(fc.constant(payableMinor), fc.constant(0n), cents)))
      .map((amounts): Wanted => {
        return { by: 'invoice', amounts: new Map(list.map(({ invoiceId }, at) => [invoiceId, amounts[at] ?? 0n])) }
      }),
  )
const order = payables.chain((list) => fc.tuple(fc.constant(list), wantedOf(list), credit, rules))
const sum = (amounts: bigint[]) => amounts.reduce((all, minor) => all + minor, 0n)

test('shares and what is kept add up to charge and credit, and no share exceeds what is owed', () => {
  fc.assert(
    fc.property(order, ([list, wanted, creditMinor, given]) => {
      const planned = planOrder(list, wanted, creditMinor, given)
      if (!planned.ok) return
      const { shares, invoicesMinor, creditMinor: used, keptMinor, chargeMinor } = planned.plan
      expect(sum(shares.map(({ minor }) => minor))).toBe(invoicesMinor)
      expect(sum(shares.map((share) => share.creditMinor))).toBe(used)
      expect(invoicesMinor + keptMinor).toBe(chargeMinor + used)
      expect(used).toBeLessThanOrEqual(creditMinor)
      expect(keptMinor === 0n || (given.keepsMore && keptMinor > 0n)).toBe(true)
      if (wanted.by === 'sum') expect(chargeMinor <= wanted.minor).toBe(true)
      for (const { invoiceId, minor, creditMinor: part, leftMinor } of shares) {
        const owed = list.find((one) => one.invoiceId === invoiceId)?.payableMinor ?? 0n
        expect(minor + leftMinor).toBe(owed)
        expect(minor > 0n && leftMinor >= 0n && part >= 0n && part <= minor).toBe(true)
      }
    }),
    { numRuns: 1_000 },
  )
})

test('minimums are obeyed, and a charge is either nothing or large enough to be made', () => {
  fc.assert(
    fc.property(order, ([list, wanted, creditMinor, given]) => {
      const planned = planOrder(list, wanted, creditMinor, given)
      if (!planned.ok) return
      const { shares, chargeMinor } = planned.plan
      expect(chargeMinor === 0n || chargeMinor >= given.chargeMinimumMinor).toBe(true)
      for (const { minor, leftMinor } of shares) {
        if (leftMinor === 0n) continue
        expect(given.partial).toBeDefined()
        if (given.partial !== undefined)
          expect(minor).toBeGreaterThanOrEqual(minimumOf(minor + leftMinor, given.partial))
      }
    }),
    { numRuns: 1_000 },
  )
})

test('one sum pays the oldest first: by due date, then by number, and nothing younger before the older is whole', () => {
  fc.assert(
    fc.property(payables, cents, credit, (list, minor, creditMinor) => {
      const open = { partial: { minimumMinor: 0n, minimumBasisPoints: 0 }, keepsMore: true, chargeMinimumMinor: 0n }
      const planned = planOrder(list, { by: 'sum', minor }, creditMinor, open)
      if (!planned.ok) throw new Error(planned.complaint.because)
      const { shares, chargeMinor } = planned.plan
      expect(chargeMinor).toBe(minor)
      const inOrder = oldestFirst(list).slice(0, shares.length)
      expect(shares.map(({ invoiceId }) => invoiceId)).toEqual(inOrder.map(({ invoiceId }) => invoiceId))
      expect(shares.slice(0, -1).every(({ leftMinor }) => leftMinor === 0n)).toBe(true)
    }),
  )
  const at = (invoiceId: string, dueOn: string, number: string) => ({ invoiceId, dueOn, number, payableMinor: 1n })
  const mixed = [at('c', '2026-12-02', '9'), at('b', '2026-11-12', '10'), at('a', '2026-11-12', '9')]
  expect(oldestFirst(mixed).map(({ invoiceId }) => invoiceId)).toEqual(['a', 'b', 'c'])
})

const one = [{ invoiceId: 'one', number: '20397', dueOn: '2026-11-12', payableMinor: 286_000n }]
const strict: PayRules = { partial: undefined, keepsMore: false, chargeMinimumMinor: 50n }
const lenient: PayRules = { ...strict, partial: { minimumMinor: 5_000n, minimumBasisPoints: 1_000 } }
const pays = (minor: bigint, creditMinor: bigint, given: PayRules) =>
  planOrder(one, { by: 'invoice', amounts: new Map([['one', minor]]) }, creditMinor, given)

test('what the MSP does not allow is refused with the sum that would do', () => {
  expect(pays(250_000n, 0n, strict)).toEqual({
    ok: false,
    complaint: { because: 'not-in-part', invoiceId: 'one', minor: 286_000n },
  })
  expect(pays(20_000n, 0n, lenient)).toMatchObject({ complaint: { because: 'below-minimum', minor: 28_600n } })
  expect(pays(300_000n, 0n, lenient)).toMatchObject({ complaint: { because: 'more-than-owed', minor: 286_000n } })
  expect(pays(0n, 0n, lenient)).toEqual({ ok: false, complaint: { because: 'nothing' } })
  expect(pays(300_000n, 0n, { ...strict, keepsMore: true })).toMatchObject({ plan: { keptMinor: 14_000n } })
})

test('credit goes first, covers everything if it can, and never leaves a charge nobody can make', () => {
  expect(pays(286_000n, 12_500n, strict)).toMatchObject({ plan: { creditMinor: 12_500n, chargeMinor: 273_500n } })
  expect(pays(286_000n, 900_000n, strict)).toMatchObject({ plan: { creditMinor: 286_000n, chargeMinor: 0n } })
  expect(pays(286_000n, 285_980n, strict)).toMatchObject({ plan: { creditMinor: 285_950n, chargeMinor: 50n } })
})
