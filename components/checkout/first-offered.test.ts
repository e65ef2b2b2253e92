import { expect, test } from 'vitest'
import { type Planned, planOrder } from '@/lib/payments/plan-order'
import { firstOffered } from './first-offered'
import type { SavedWay } from './saving'

const rules = { partial: undefined, keepsMore: false, chargeMinimumMinor: 50n }
const payable = (id: string) => ({ invoiceId: id, number: id, dueOn: '2026-12-01', payableMinor: 10_000n })
/** An order that pays these invoices in full. */
const paying = (...ids: string[]): Planned =>
  planOrder(ids.map(payable), { by: 'invoice', amounts: new Map(ids.map((id) => [id, 10_000n])) }, 0n, rules)
const way = (id: string, more: Partial<SavedWay> = {}): SavedWay => ({
  ...{ id, type: 'card', name: id, sub: '', surchargeMinor: '0' },
  ...{ button: '', agreement: '', announcement: '', notCharged: '' },
  ...more,
})
const idOf = (saved: SavedWay[], planned: Planned) => firstOffered(saved, planned)?.id

test('what was chosen for an agreement comes first when every invoice that is paid belongs to it', () => {
  const saved = [way('bank'), way('visa', { pays: ['cloud-1', 'cloud-2'] })]
  expect(idOf(saved, paying('cloud-1'))).toBe('visa')
  expect(idOf(saved, paying('cloud-1', 'cloud-2'))).toBe('visa')
  expect(idOf(saved, paying('cloud-1', 'care-1'))).toBe('bank')
  expect(idOf(saved, paying('care-1'))).toBe('bank')
})

test('what cannot be charged, and an order that cannot be placed, leave the first of the list', () => {
  const gone = way('visa', { pays: ['cloud-1'], problem: 'Expired' })
  expect(idOf([way('bank'), gone], paying('cloud-1'))).toBe('bank')
  expect(idOf([gone, way('bank')], paying('cloud-1'))).toBe('bank')
  expect(idOf([gone], paying('cloud-1'))).toBeUndefined()
  expect(idOf([way('bank'), way('visa', { pays: ['cloud-1'] })], paying())).toBe('bank')
})
