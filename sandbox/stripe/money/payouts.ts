import { addBankingDays, instantOf, onOrAfter } from '../../bank/calendar.ts'
import type { Day } from '../../bank/weekdays.ts'
import { emit } from '../events/emit.ts'
import type { Payout } from '../objects/charge.ts'
import { sum } from '../state/balance.ts'
import { newId, type Scope, today } from '../state/state.ts'
import { newTransaction } from './transaction.ts'

/** Hours UTC of a banking day: Stripe pays out early, hands over to the bank, closes the list, and the money arrives. */
const hours = { leaves: 1, inTransit: 14, reconciled: 15, arrives: 13 }

/** Puts the next daily payout of this account on the agenda, if it is not there yet. */
export function schedulePayout({ state, account }: Scope): void {
  if (!account.wire.payouts_enabled) return
  const now = state.clock.now()
  const soonest = onOrAfter(today(state))
  const day = instantOf(soonest, hours.leaves) >= now ? soonest : addBankingDays(soonest, 1)
  state.agenda.once(instantOf(day, hours.leaves), account.id, 'Stripe: payouts leave', () => {
    for (const [currency, purse] of account.balance.purses) {
      // A negative balance is not collected: it waits for payments to outweigh it.
      if (sum(purse.available) > 0) payOut({ state, account, cause: null }, currency, day)
    }
  })
}

function payOut(scope: Scope, currency: string, day: Day): void {
  const { state, account } = scope
  const amount = sum(account.balance.purse(currency).available)
  const arrivesOn = addBankingDays(day, 1)
  const items = account.balance.takeAll(currency)
  const payout = newPayout(scope, amount, currency, arrivesOn)
  const transaction = newTransaction(scope, {
    amount: -amount,
    currency,
    type: 'payout',
    reportingCategory: 'payout',
    source: payout.id,
    description: 'STRIPE PAYOUT',
    origin: 'card',
  })
  payout.balance_transaction = transaction.id
  account.balanceTransactions.add(transaction)
  account.payouts.add(payout)
  account.payoutItems.set(payout.id, [...items, transaction])
  emit(scope, 'payout.created', payout)
  state.agenda.at(instantOf(day, hours.inTransit), 'Stripe: payouts are handed to the bank', () =>
    handOver(scope, payout),
  )
  state.agenda.at(instantOf(day, hours.reconciled), 'Stripe: payouts are itemised', () => closeList(scope, payout))
  state.agenda.at(instantOf(arrivesOn, hours.arrives), 'Bank: payouts arrive', () => arrive(scope, payout, arrivesOn))
}

function handOver(scope: Scope, payout: Payout): void {
  const previous = { status: payout.status, trace_id: payout.trace_id }
  payout.status = 'in_transit'
  payout.trace_id = {
    status: 'supported',
    value: `0910${String(scope.state.random.between(0, 99_999_999_999)).padStart(11, '0')}`,
  }
  emit(scope, 'payout.updated', payout, previous)
}

function closeList(scope: Scope, payout: Payout): void {
  payout.reconciliation_status = 'completed'
  emit(scope, 'payout.reconciliation_completed', payout)
}

function arrive(scope: Scope, payout: Payout, on: Day): void {
  payout.status = 'paid'
  scope.state.bank.post({
    account: scope.account.id,
    on,
    amountCents: payout.amount,
    description: `STRIPE TRANSFER ${payout.id.slice(-8).toUpperCase()}`,
    traceId: payout.trace_id.value,
  })
  emit(scope, 'payout.paid', payout)
}

function newPayout({ state, account }: Scope, amount: number, currency: string, arrivesOn: Day): Payout {
  return {
    id: newId(state, 'po'),
    object: 'payout',
    amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: instantOf(arrivesOn).getTime() / 1000,
    automatic: true,
    balance_transaction: '',
    created: state.clock.seconds(),
    currency,
    description: 'STRIPE PAYOUT',
    destination: account.wire.external_accounts.data[0]?.id ?? '',
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: {},
    method: 'standard',
    original_payout: null,
    payout_method: null,
    reconciliation_status: 'in_progress',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: null,
    status: 'pending',
    trace_id: { status: 'pending', value: null },
    type: 'bank_account',
  }
}
