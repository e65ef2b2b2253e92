import { expect, test } from 'vitest'
import { explainDecline } from './decline'

test('a decline says plainly what happened and what helps', () => {
  expect(explainDecline('insufficient_funds', 'en-US')).toEqual({
    reason: 'Your card was not charged: there was not enough credit. Pay from a bank account, or try another card.',
    next: 'bank',
  })
  expect(explainDecline('bank.account_closed', 'fr-CA').reason).toContain('compte est fermé')
})

test('lost, stolen and suspected cards read like any other decline', () => {
  const plain = explainDecline('generic_decline', 'en-US')
  for (const code of ['lost_card', 'stolen_card', 'fraudulent', 'pickup_card', 'a_code_of_tomorrow'])
    expect(explainDecline(code, 'en-US')).toEqual(plain)
})
