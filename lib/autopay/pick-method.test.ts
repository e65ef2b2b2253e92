import { expect, test } from 'vitest'
import { type Candidate, pickMethod } from './pick-method'

const own: Candidate = { id: 'own', label: 'Visa', type: 'card', isRemoved: false, noticeDays: 3 }
const chosen: Candidate = { id: 'chosen', label: 'Mastercard', type: 'card', isRemoved: false, noticeDays: 3 }
const invoice = { dueOn: '2026-12-10', currency: 'USD' }
const pick = (changed: Partial<Candidate> | undefined, today = '2026-12-01', of = invoice) =>
  pickMethod(own, changed === undefined ? undefined : { ...chosen, ...changed }, of, today).id

test('what was chosen is charged while it can be on the very day, and what automatic payment was turned on with otherwise', () => {
  expect(pick({})).toBe('chosen')
  expect(pick(undefined)).toBe('own')
  expect(pick({ isRemoved: true })).toBe('own')
  expect(pick({ blockedReason: 'R02' })).toBe('own')
  expect(pick({ expiresOn: '2026-12-10' })).toBe('chosen')
  expect(pick({ expiresOn: '2026-12-09' })).toBe('own')
  // Told late it is charged late: on the day that its own notice leads to.
  expect(pick({ expiresOn: '2026-12-12' }, '2026-12-09')).toBe('chosen')
  expect(pick({ expiresOn: '2026-12-12', noticeDays: 10 }, '2026-12-09')).toBe('own')
})

test('an account is debited in its country’s money only', () => {
  const canadian = { ...invoice, currency: 'CAD' }
  expect(pick({ type: 'us_bank_account' })).toBe('chosen')
  expect(pick({ type: 'us_bank_account' }, '2026-12-01', canadian)).toBe('own')
  expect(pick({ type: 'acss_debit' }, '2026-12-01', canadian)).toBe('chosen')
  expect(pick({ type: 'acss_debit' })).toBe('own')
  expect(pick({}, '2026-12-01', canadian)).toBe('chosen')
})
