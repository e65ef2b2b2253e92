import type { Account } from '../state/account.ts'
import { type Purse, sum } from '../state/balance.ts'

/** The account's balance as the API shows it. */
export function balanceOf(account: Account): object {
  const purses =
    account.balance.purses.size > 0 ? account.balance.purses : new Map([[account.wire.default_currency, empty]])
  const shown = (kind: 'available' | 'pending') =>
    [...purses].map(([currency, purse]) => ({ amount: sum(purse[kind]), currency, source_types: { ...purse[kind] } }))
  return { object: 'balance', available: shown('available'), livemode: false, pending: shown('pending') }
}

const empty: Purse = { available: { card: 0, bank_account: 0 }, pending: { card: 0, bank_account: 0 }, unpaid: [] }
