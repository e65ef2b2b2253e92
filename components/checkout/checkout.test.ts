import { expect, test } from 'vitest'
import type { OrderPlan } from '@/lib/payments/plan-order'
import { waysOf } from './checkout-words'
import { fill } from './fill'
import { canWait } from './order-state'
import { proofOf } from './proof-of'

const share = { invoiceId: 'one', minor: 900n, creditMinor: 300n }

test('the cheapest way leads, and every button names the act and the sum', () => {
  const ways = waysOf(['card', 'us_bank_account'], 'Larkfield IT', 'en-US')
  expect(ways.map(({ type }) => type)).toEqual(['us_bank_account', 'card'])
  const said = ways.map(({ button }) => fill(button, { amount: '$4,913.14' }))
  expect(said).toEqual(['Pay $4,913.14 from bank', 'Pay $4,913.14 by card'])
  for (const { agreement } of ways) expect(fill(agreement, { amount: '$4,913.14' })).toContain('$4,913.14')
})

test('a way the MSP does not take is not offered', () => {
  expect(waysOf(['card'], 'Boréal TI', 'fr-CA').map(({ type }) => type)).toEqual(['card'])
  expect(waysOf([], 'Boréal TI', 'fr-CA')).toEqual([])
})

test('small deposits are proved by a code or by two amounts, never by half of one', () => {
  const proof = (entries: Record<string, string>) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(entries)) form.set(name, value)
    return proofOf(form)
  }
  expect(proof({ code: ' sm11aa ' })).toEqual({ descriptorCode: 'SM11AA' })
  expect(proof({ code: '', first: '32', second: '45' })).toEqual({ amounts: [32, 45] })
  for (const wrong of [{}, { code: 'SM11A' }, { code: 'XX11AA' }, { first: '32' }, { first: '0.32', second: '45' }])
    expect(proof(wrong as Record<string, string>)).toBeUndefined()
})

test('a date is offered for what is paid whole and not with credit alone, with credit that no other date counts on', () => {
  const plan = { shares: [{ ...share, leftMinor: 0n }], invoicesMinor: 900n, creditMinor: 300n, keptMinor: 0n }
  const dated = (changed: Partial<OrderPlan>, leftCreditMinor = 300n) =>
    canWait({ ...plan, chargeMinor: 600n, ...changed }, leftCreditMinor)
  expect(dated({})).toBe(true)
  expect(dated({}, 299n)).toBe(false)
  expect(dated({ creditMinor: 0n, chargeMinor: 900n }, 0n)).toBe(true)
  expect(dated({ creditMinor: 900n, chargeMinor: 0n }, 900n)).toBe(false)
  expect(dated({ keptMinor: 100n })).toBe(false)
  expect(dated({ shares: [{ ...share, leftMinor: 1n }] })).toBe(false)
})
