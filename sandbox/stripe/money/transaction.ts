import type { Day } from '../../bank/weekdays.ts'
import type { BalanceTransaction, FeeDetail } from '../objects/charge.ts'
import type { Origin } from '../state/balance.ts'
import { newId, type Scope } from '../state/state.ts'

export type Booking = {
  amount: number
  currency: string
  type: BalanceTransaction['type']
  reportingCategory: string
  source: string
  description?: string | null
  fees?: FeeDetail[]
  origin: Origin
  /** When the money can be paid out; absent means at once. */
  availableOn?: Day
}

/** A balance transaction that changes nothing yet; amounts are signed, fees positive. */
export function newTransaction({ state }: Scope, booking: Booking): BalanceTransaction {
  const { amount, currency, fees = [] } = booking
  const fee = fees.reduce((total, each) => total + each.amount, 0)
  const now = state.clock.seconds()
  return {
    id: newId(state, 'txn'),
    object: 'balance_transaction',
    amount,
    available_on: now,
    balance_type: 'payments',
    created: now,
    currency,
    description: booking.description ?? null,
    exchange_rate: null,
    fee,
    fee_details: fees,
    net: amount - fee,
    reporting_category: booking.reportingCategory,
    source: booking.source,
    status: 'available',
    type: booking.type,
  }
}
