import fc from 'fast-check'
import { expect, test } from 'vitest'
import { money } from '@/lib/money/money'
import { movementsBack, movementsOfSuccess, type Standing } from './movements'

const usd = (minor: bigint) => money(minor, 'USD')
const cents = fc.bigInt({ min: 1n, max: 5_000_000n })
const ids = { attemptId: 'a', clientId: 'c' }
const total = (movements: { amount: { minor: bigint } }[]) =>
  movements.reduce((sum, { amount }) => sum + amount.minor, 0n)

const payments = fc.record({
  targets: fc.array(fc.record({ allocated: cents, payable: fc.bigInt({ min: 0n, max: 5_000_000n }) }), {
    minLength: 1,
    maxLength: 40,
  }),
  surcharge: fc.bigInt({ min: 0n, max: 100_000n }),
})

test('fault 40: a payment of many invoices is applied to the cent, never more than an invoice can take', () => {
  fc.assert(
    fc.property(payments, ({ targets, surcharge }) => {
      const amount = usd(targets.reduce((sum, { allocated }) => sum + allocated, surcharge))
      const { movements, unapplied } = movementsOfSuccess({
        ...ids,
        amount,
        surcharge: usd(surcharge),
        targets: targets.map(({ allocated, payable }, at) => ({
          invoiceId: `i${at}`,
          allocated: usd(allocated),
          payable: usd(payable),
        })),
      })
      expect(total(movements)).toBe(amount.minor)
      for (const movement of movements) {
        expect(movement.debit).toBe('clearing')
        const target = targets[Number(movement.invoiceId?.slice(1))]
        if (movement.credit === 'receivable' && target !== undefined)
          expect(movement.amount.minor <= target.allocated && movement.amount.minor <= target.payable).toBe(true)
      }
      const shortfall = targets.reduce(
        (sum, { allocated, payable }) => sum + (allocated > payable ? allocated - payable : 0n),
        0n,
      )
      expect(unapplied.minor).toBe(shortfall)
    }),
  )
})

const share = fc.bigInt({ min: 0n, max: 5_000_000n })
const standings = fc.array(fc.record({ minor: cents, settled: share, credited: share }), {
  minLength: 1,
  maxLength: 10,
})

test('what goes back adds up to the cent, and no invoice gives back more than stands settled on it', () => {
  fc.assert(
    fc.property(
      standings,
      fc.bigInt({ min: 0n, max: 100_000n }),
      fc.integer({ min: 1, max: 100 }),
      (invoices, surcharge, percent) => {
        const standing: Standing[] = [
          ...invoices.map((one, at) => ({ account: 'receivable' as const, invoiceId: `i${at}`, ...one })),
          ...(surcharge > 0n ? [{ account: 'surcharge_income' as const, minor: surcharge }] : []),
        ]
        const all = standing.reduce((sum, { minor }) => sum + minor, 0n)
        const amount = (all * BigInt(percent)) / 100n || 1n
        const back = movementsBack({ ...ids, amount: usd(amount), from: 'clearing', standing })
        expect(total(back.movements)).toBe(amount)
        expect(back.surcharge.minor).toBe((surcharge * amount) / all)
        for (const movement of back.movements.filter(({ debit }) => debit === 'receivable')) {
          const invoice = invoices[Number(movement.invoiceId?.slice(1))]
          expect(
            invoice !== undefined && movement.amount.minor <= invoice.minor && movement.amount.minor <= invoice.settled,
          ).toBe(true)
        }
      },
    ),
  )
})

test('a full refund returns the whole surcharge', () => {
  const standing: Standing[] = [
    { account: 'receivable', invoiceId: 'i', minor: 491_314n, settled: 491_314n, credited: 0n },
    { account: 'surcharge_income', minor: 13_314n },
  ]
  const back = movementsBack({ ...ids, amount: usd(504_628n), from: 'clearing', standing })
  expect(back.surcharge.minor).toBe(13_314n)
  expect(back.movements).toEqual([
    expect.objectContaining({ debit: 'surcharge_income', credit: 'clearing', amount: usd(13_314n) }),
    expect.objectContaining({ debit: 'receivable', credit: 'clearing', amount: usd(491_314n), invoiceId: 'i' }),
  ])
})

test('giving back what was too much owes nothing anew: the credit goes first, the invoice after', () => {
  const standing: Standing[] = [
    { account: 'receivable', invoiceId: 'lowered', minor: 10_000n, settled: 6_000n, credited: 4_000n },
    { account: 'unapplied', minor: 500n },
  ]
  const back = (minor: bigint) =>
    movementsBack({ ...ids, amount: usd(minor), from: 'clearing', standing }).movements.map(
      ({ debit, invoiceId, amount }) => `${debit} ${invoiceId ?? ''} ${amount.minor}`,
    )
  expect(back(4_500n)).toEqual(['unapplied  500', 'unapplied lowered 4000'])
  expect(back(10_500n)).toEqual(['unapplied  500', 'unapplied lowered 4000', 'receivable lowered 6000'])
})
