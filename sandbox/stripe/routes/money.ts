import { endpoint, idOf, nothing } from '../api/call.ts'
import { invalid, missing, missingReference } from '../api/errors.ts'
import { page, within } from '../api/pages.ts'
import { shape, word } from '../api/params.ts'
import { pageFields, timeFilter } from '../api/shared-params.ts'
import { balanceOf } from '../money/balance-object.ts'
import type { BalanceTransaction } from '../objects/charge.ts'
import type { Scope } from '../state/state.ts'

/** What the account holds, every movement of it, and what was paid out. */
export const moneyEndpoints = [
  endpoint('GET', '/v1/balance', nothing, ({ scope }) => balanceOf(scope.account)),

  endpoint(
    'GET',
    '/v1/balance_transactions',
    shape({ ...pageFields, created: timeFilter, currency: word, payout: word, source: word, type: word }),
    ({ scope, params }) => {
      const { balanceTransactions } = scope.account
      return page(balanceTransactions, params, {
        url: '/v1/balance_transactions',
        kind: 'balance_transaction',
        ...(params.payout !== undefined
          ? { members: itemsOf(scope, params.payout) }
          : params.source !== undefined && { members: balanceTransactions.group(0, params.source) }),
        keep: ({ type, currency, created }) =>
          (params.type === undefined || params.type === type) &&
          (params.currency === undefined || params.currency === currency) &&
          within(params.created, created),
      })
    },
  ),

  endpoint('GET', '/v1/balance_transactions/:id', nothing, ({ scope, ids }) => {
    const transaction = scope.account.balanceTransactions.get(idOf(ids))
    if (transaction === undefined) throw missing('balance transaction', idOf(ids))
    return transaction
  }),

  endpoint(
    'GET',
    '/v1/payouts',
    shape({ ...pageFields, arrival_date: timeFilter, created: timeFilter, destination: word, status: word }),
    ({ scope, params }) =>
      page(scope.account.payouts, params, {
        url: '/v1/payouts',
        kind: 'payout',
        keep: ({ status, created, arrival_date: arrival, destination }) =>
          (params.status === undefined || params.status === status) &&
          (params.destination === undefined || params.destination === destination) &&
          within(params.created, created) &&
          within(params.arrival_date, arrival),
      }),
  ),

  endpoint('GET', '/v1/payouts/:id', nothing, ({ scope, ids }) => {
    const payout = scope.account.payouts.get(idOf(ids))
    if (payout === undefined) throw missing('payout', idOf(ids), 'payout')
    return payout
  }),
]

/** What a payout consists of, its own row included; known only when Stripe has closed the list. */
function itemsOf({ account }: Scope, id: string): readonly BalanceTransaction[] {
  const payout = account.payouts.get(id)
  if (payout === undefined) throw missingReference('payout', id, 'payout')
  if (payout.reconciliation_status === 'completed') return account.payoutItems.get(id) ?? []
  throw invalid(
    `The balance transactions of payout '${id}' are not ready to be listed yet. Listen for payout.reconciliation_completed.`,
    'payout_reconciliation_not_ready',
    'payout',
  )
}
