import type { Account } from '@/lib/ledger/account'
import type { Movement } from '@/lib/ledger/entry'
import { type Money, money } from '@/lib/money/money'

/** One invoice a payment was meant for, and what that invoice can still take. */
export type Target = { invoiceId: string; allocated: Money; payable: Money }

/**
 * A payment that succeeded: the gross sum enters clearing and leaves each invoice's receivable, the surcharge its
 * income. What an invoice can no longer take (it shrank, was voided or was paid meanwhile) becomes the client's credit,
 * as does what was paid beyond the invoices on purpose.
 * @returns `unapplied` is all that became credit, `unfit` the part of it that nobody meant to
 */
export function movementsOfSuccess(payment: {
  attemptId: string
  clientId: string
  amount: Money
  surcharge: Money
  targets: Target[]
}): { movements: Movement[]; unapplied: Money; unfit: Money } {
  const { attemptId, clientId, amount, surcharge, targets } = payment
  const from = (credit: Account, sum: bigint, invoiceId?: string): Movement => ({
    debit: 'clearing',
    credit,
    amount: money(sum, amount.currency),
    clientId,
    attemptId,
    ...(invoiceId === undefined ? {} : { invoiceId }),
  })
  const applied = targets.map(({ invoiceId, allocated, payable }) =>
    from('receivable', allocated.minor < payable.minor ? allocated.minor : payable.minor, invoiceId),
  )
  const rest = amount.minor - surcharge.minor - applied.reduce((sum, { amount }) => sum + amount.minor, 0n)
  const movements = [...applied, from('surcharge_income', surcharge.minor), from('unapplied', rest)]
  const meant = amount.minor - surcharge.minor - targets.reduce((sum, { allocated }) => sum + allocated.minor, 0n)
  return {
    movements: movements.filter(({ amount }) => amount.minor > 0n),
    unapplied: money(rest, amount.currency),
    unfit: money(rest - meant, amount.currency),
  }
}

/**
 * What a payment still stands for in the journal: per invoice, as credit, as surcharge. Of an invoice, `settled` stands
 * on it and `credited` beyond it, as the client's credit under its name; other payments have their part in both.
 */
export type Standing =
  | { account: 'receivable'; invoiceId: string; minor: bigint; settled: bigint; credited: bigint }
  | { account: 'unapplied' | 'surcharge_income'; minor: bigint }

/**
 * Takes `amount` of a payment back: refund, return, lost dispute. The surcharge goes pro rata (rounded down, so a full
 * return takes exactly all of it), then what it left as credit, the rest from the invoices in the order of their ids.
 * Of what was paid on an invoice, the part beyond its total goes first: giving back what was too much owes nothing anew.
 */
export function movementsBack(back: {
  attemptId: string
  clientId: string
  amount: Money
  from: 'clearing' | 'disputed'
  standing: Standing[]
}): { movements: Movement[]; surcharge: Money } {
  const { amount, from, standing } = back
  const total = standing.reduce((sum, { minor }) => sum + minor, 0n)
  const surchargeLeft = standing.reduce((sum, one) => sum + (one.account === 'surcharge_income' ? one.minor : 0n), 0n)
  const surcharge = total === 0n ? 0n : (surchargeLeft * amount.minor) / total
  const movement = (debit: Account, sum: bigint, invoiceId?: string): Movement => ({
    debit,
    credit: from,
    amount: money(sum, amount.currency),
    clientId: back.clientId,
    attemptId: back.attemptId,
    ...(invoiceId === undefined ? {} : { invoiceId }),
  })
  let left = amount.minor - surcharge
  const take = (most: bigint): bigint => {
    const taken = least(left, most)
    left -= taken
    return taken
  }
  const kept = standing.reduce((sum, one) => sum + (one.account === 'unapplied' ? one.minor : 0n), 0n)
  const credit = take(kept)
  const fromInvoices = standing.flatMap((one) => {
    if (one.account !== 'receivable') return []
    const beyond = take(least(one.minor, one.credited))
    const reopened = take(least(one.minor - beyond, one.settled))
    return [movement('unapplied', beyond, one.invoiceId), movement('receivable', reopened, one.invoiceId)]
  })
  const movements = [
    movement('surcharge_income', surcharge),
    movement('unapplied', credit),
    ...fromInvoices,
    movement('unapplied', left),
  ]
  return {
    movements: movements.filter(({ amount }) => amount.minor > 0n),
    surcharge: money(surcharge, amount.currency),
  }
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
