import type { Answer, Asked } from '../kernel/service.ts'
import { done, notFound, unknown } from './control-answers.ts'
import type { RequestCounts } from './request-counts.ts'
import type { Account } from './state/account.ts'
import { sum } from './state/balance.ts'
import type { State } from './state/state.ts'

/** What a test or the page may look at; nothing changes by looking. */
export function look(state: State, counts: RequestCounts, asked: Asked, action: string, id: string): Answer {
  const accounts = [...state.accounts.values()].filter(
    (account) => !asked.params.has('account') || asked.params.get('account') === account.id,
  )
  switch (action) {
    case 'balances':
      return done(accounts.map(balance))
    case 'charges':
      return done(
        accounts.flatMap((account) => [...account.charges.all()].map((charge) => chargeLine(account, charge.id))),
      )
    case 'customer-sessions':
      return session(accounts, id)
    case 'deliveries': {
      const event = asked.params.get('event')
      return done(event === null ? state.courier.log : state.courier.log.filter((each) => each.event === event))
    }
    case 'requests':
      return done(counts.summary())
    case 'settings':
      return done(state.settings)
    default:
      return unknown(asked)
  }
}

/** A charge with all that became of it: what the sandbox knows to be true, whatever anybody's books say. */
export function chargeLine(account: Account, id: string): object {
  const charge = account.charges.get(id)
  if (charge === undefined) return {}
  const refunds = account.refunds.group(0, id)
  const disputes = account.disputes.group(0, id)
  return {
    id,
    account: account.id,
    paymentIntent: charge.payment_intent,
    created: charge.created,
    amount: charge.amount,
    amountRefunded: charge.amount_refunded,
    currency: charge.currency,
    status: charge.status,
    paid: charge.paid,
    disputed: charge.disputed,
    failureCode: charge.failure_code,
    type: charge.payment_method_details.type,
    customer: charge.customer,
    metadata: charge.metadata,
    balanceTransaction: charge.balance_transaction,
    refunds: refunds.map(({ id: refund, amount, status }) => ({ id: refund, amount, status })),
    disputes: disputes.map(({ id: disputeId, amount, reason, status }) => ({ id: disputeId, amount, reason, status })),
  }
}

function balance(account: Account): object {
  const purses = [...account.balance.purses].map(([currency, purse]) => ({
    currency,
    available: sum(purse.available),
    pending: sum(purse.pending),
  }))
  const payouts = [...account.payouts.all()]
  const total = (status: string) =>
    payouts.filter((each) => each.status === status).reduce((all, each) => all + each.amount, 0)
  return {
    account: account.id,
    purses,
    payouts: { pending: total('pending'), inTransit: total('in_transit'), paid: total('paid') },
  }
}

/** The saved methods a Payment Element may show: what the browser library learns from a customer session. */
function session(accounts: readonly Account[], secret: string): Answer {
  for (const account of accounts) {
    const found = account.customerSessions.get(secret)
    if (found === undefined) continue
    const ids = [...(account.methodsOfCustomer.get(found.customer) ?? [])]
    const methods = ids.map((id) => account.paymentMethods.get(id)).filter((method) => method !== undefined)
    return done({ ...found, account: account.id, payment_methods: methods })
  }
  return notFound(`no customer session ${secret}`)
}
