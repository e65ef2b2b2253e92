import type { PlainDate } from '@/lib/base/clock'
import { type Money, minus, plus, sum, zero } from '@/lib/money/money'
import { toDecimal } from '@/lib/money/wire'

/** What moved a client's balance: what was asked for, and what took off it or put back on it. */
export type StatementKind =
  | 'invoice'
  | 'invoice_changed'
  | 'invoice_voided'
  | 'credit_memo'
  | 'payment'
  | 'payment_removed'
  | 'refund'
  | 'returned'
  | 'adjustment'

export type StatementRow = {
  on: PlainDate
  kind: StatementKind
  /** Numbers of the invoices it is about. */
  numbers: string[]
  methodLabel?: string
  /** What it added to the balance; negative for what took off it. */
  amount: Money
  /** The balance after it. */
  balance: Money
}

/** What a period comes to: opening and billed, less paid, is closing. */
export type StatementSums = {
  opening: Money
  /** Asked for in the period, changes and credit memos counted in. */
  billed: Money
  /** What of that credit memos took off, as an amount above zero. */
  credited: Money
  /** Paid in the period, less what went back. */
  paid: Money
  closing: Money
}

export type Statement = StatementSums & {
  clientName: string
  from: PlainDate
  to: PlainDate
  rows: StatementRow[]
}

const billing: StatementKind[] = ['invoice', 'invoice_changed', 'invoice_voided', 'credit_memo']

/** Adds a period up: opening, what was asked for, less what was paid, is closing, to the cent. */
export function addUpStatement(
  about: Pick<Statement, 'clientName' | 'from' | 'to' | 'opening'>,
  moves: readonly Omit<StatementRow, 'balance'>[],
): Statement {
  let balance = about.opening
  const rows = moves.map((move) => {
    balance = plus(balance, move.amount)
    return { ...move, balance }
  })
  return { ...about, ...sumsOf(about.opening, moves), rows }
}

/** The same without its rows: moves may be one by one, or already added up by kind. */
export function sumsOf(opening: Money, moves: readonly Pick<StatementRow, 'kind' | 'amount'>[]): StatementSums {
  const { currency } = opening
  const of = (kinds: readonly StatementKind[]) =>
    sum(
      moves.filter(({ kind }) => kinds.includes(kind)).map(({ amount }) => amount),
      currency,
    )
  const billed = of(billing)
  const closing = sum([opening, ...moves.map(({ amount }) => amount)], currency)
  return {
    ...{ opening, billed, closing },
    credited: minus(zero(currency), of(['credit_memo'])),
    paid: minus(plus(opening, billed), closing),
  }
}

/**
 * A table as CSV (RFC 4180). A cell that a spreadsheet would take for a formula begins with an apostrophe; a number is
 * left as it is.
 */
export function csvOf(rows: readonly (string | Money)[][]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

function cell(value: string | Money): string {
  if (typeof value !== 'string') return toDecimal(value)
  const text = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value
  return `"${text.replaceAll('"', '""')}"`
}
