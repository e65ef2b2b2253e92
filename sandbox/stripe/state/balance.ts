import type { Day } from '../../bank/weekdays.ts'
import type { BalanceTransaction } from '../objects/charge.ts'

/** Where money came from; Stripe keeps the two apart in the balance it shows. */
export type Origin = 'card' | 'bank_account'

type Amounts = Record<Origin, number>

/** An account's money in one currency. `available` always equals the net of what is `unpaid`. */
export type Purse = { available: Amounts; pending: Amounts; unpaid: BalanceTransaction[] }

/** What an account holds at Stripe, by currency, and what becomes available on which day. */
export class Balance {
  readonly purses = new Map<string, Purse>()
  private readonly waiting = new Map<Day, { transaction: BalanceTransaction; origin: Origin }[]>()

  purse(currency: string): Purse {
    const known = this.purses.get(currency)
    if (known !== undefined) return known
    const purse: Purse = { available: { card: 0, bank_account: 0 }, pending: { card: 0, bank_account: 0 }, unpaid: [] }
    this.purses.set(currency, purse)
    return purse
  }

  addAvailable(transaction: BalanceTransaction, origin: Origin): void {
    const purse = this.purse(transaction.currency)
    purse.available[origin] += transaction.net
    purse.unpaid.push(transaction)
  }

  addPending(transaction: BalanceTransaction, origin: Origin, until: Day): void {
    this.purse(transaction.currency).pending[origin] += transaction.net
    const group = this.waiting.get(until)
    if (group === undefined) this.waiting.set(until, [{ transaction, origin }])
    else group.push({ transaction, origin })
  }

  /** Makes what waited for this day available. */
  release(day: Day): void {
    for (const { transaction, origin } of this.waiting.get(day) ?? []) {
      transaction.status = 'available'
      this.purse(transaction.currency).pending[origin] -= transaction.net
      this.addAvailable(transaction, origin)
    }
    this.waiting.delete(day)
  }

  /** Takes everything available in a currency out of the balance. */
  takeAll(currency: string): BalanceTransaction[] {
    const purse = this.purse(currency)
    const taken = purse.unpaid
    purse.unpaid = []
    purse.available = { card: 0, bank_account: 0 }
    return taken
  }
}

export function sum(amounts: Amounts): number {
  return amounts.card + amounts.bank_account
}
