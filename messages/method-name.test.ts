import { expect, test } from 'vitest'
import { methodName } from './method-name'

test.each([
  ['Visa credit, 4242', 'Visa crédit, 4242'],
  ['Mastercard debit, 4444', 'Mastercard débit, 4444'],
  ['Amex prepaid, 0005', 'Amex prépayée, 0005'],
  ['Visa unknown, 4242', 'Visa, 4242'],
  ['Card, 4242', 'Carte, 4242'],
  ['Unknown credit, 4242', 'Carte de crédit, 4242'],
  ['Card', 'Carte'],
  ['Bank account, 6789', 'Compte bancaire, 6789'],
  ['Us bank account', 'Compte bancaire'],
])('%s reads as %s in French', (label, french) => {
  expect(methodName(label, 'fr-CA')).toBe(french)
  expect(methodName(french, 'fr-CA')).toBe(french)
})

test('English stays as it was kept', () => {
  for (const label of ['Visa credit, 4242', 'Bank account, 6789', 'Genesee Federal, 6781', 'Card', 'Discover, 1117'])
    expect(methodName(label, 'en-US')).toBe(label)
})

test('the name of a bank is nobody’s to translate', () => {
  for (const label of ['Genesee Federal, 6781', 'Community credit, 6781', 'Credit, Loan and Savings, 6781', ''])
    expect(methodName(label, 'fr-CA')).toBe(label)
})
