import { expect, test } from 'vitest'
import { canCharge, standingOfMethod } from './method'

test('a card is good to the last day of its month, and is warned about a month before', () => {
  const card = { expiresOn: '2026-12-31' }
  expect(standingOfMethod(card, '2026-11-20')).toBe('good')
  expect(standingOfMethod(card, '2026-12-01')).toBe('expires-soon')
  expect(canCharge(card, '2026-12-31')).toBe(true)
  expect(standingOfMethod(card, '2027-01-01')).toBe('expired')
  expect(canCharge(card, '2027-01-01')).toBe(false)
})

test('what the bank blocked is not charged, however long it is good', () => {
  expect(canCharge({ expiresOn: '2034-12-31', blockedReason: 'bank_account_closed' }, '2026-11-20')).toBe(false)
  expect(canCharge({}, '2026-11-20')).toBe(true)
})
