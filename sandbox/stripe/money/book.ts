import { instantOf } from '../../bank/calendar.ts'
import { emit } from '../events/emit.ts'
import type { BalanceTransaction } from '../objects/charge.ts'
import { type Scope, today } from '../state/state.ts'
import { balanceOf } from './balance-object.ts'
import { schedulePayout } from './payouts.ts'
import { type Booking, newTransaction } from './transaction.ts'

/** Moves money in an account's balance, at once or on the day it becomes available. */
export function book(scope: Scope, booking: Booking): BalanceTransaction {
  const { state, account } = scope
  const { availableOn } = booking
  const isPending = availableOn !== undefined && availableOn > today(state)
  const transaction = newTransaction(scope, booking)
  account.balanceTransactions.add(transaction)
  if (!isPending) {
    account.balance.addAvailable(transaction, booking.origin)
    schedulePayout(scope)
    return transaction
  }
  transaction.available_on = instantOf(availableOn).getTime() / 1000
  transaction.status = 'pending'
  account.balance.addPending(transaction, booking.origin, availableOn)
  state.agenda.once(instantOf(availableOn), account.id, 'Stripe: funds become available', () => {
    const byItself = { state, account, cause: null }
    account.balance.release(availableOn)
    emit(byItself, 'balance.available', balanceOf(account))
    schedulePayout(byItself)
  })
  return transaction
}
