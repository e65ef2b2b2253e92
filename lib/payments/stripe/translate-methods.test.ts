import { expect, test } from 'vitest'
import { wordsOf } from './translate-methods'

test.each([
  [{ brand: 'visa', funding: 'credit', last4: '4242' }, 'Visa credit, 4242'],
  [{ brand: 'american_express', funding: 'unknown', last4: '0005' }, 'American express, 0005'],
  [{ brand: null, funding: null, last4: '4242' }, 'Card, 4242'],
])('a card is named by its network, how it is paid where that is known, and its last digits: %o', (card, name) => {
  expect(wordsOf('card', { card })).toBe(name)
})

test('an account is named by its bank, or by what it is', () => {
  const account = { bank_name: 'Genesee Federal', last4: '6781' }
  expect(wordsOf('us_bank_account', { us_bank_account: account })).toBe('Genesee Federal, 6781')
  expect(wordsOf('acss_debit', { acss_debit: { ...account, bank_name: null } })).toBe('Bank account, 6781')
  expect(wordsOf('us_bank_account')).toBe('Us bank account')
})
