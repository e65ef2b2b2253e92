import type { PlainDate } from '@/lib/base/clock'
import { type Money, minus, plus, sum } from '@/lib/money/money'
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

export type Statement = {
  clientName: string
  from: PlainDate
  to: PlainDate
  opening: Money
  /** Asked for in the period, changes and credit memos counted in. */
  billed: Money
  /** Paid in the period, less what went back. */
  paid: Money
  closing: Money
  rows: StatementRow[]
}

const billing: StatementKind[] = ['invoice', 'invoice_changed', 'invoice_voided', 'credit_memo']

/** Adds a period up: opening, what was asked for, less what was paid, is closing, to the cent. */
export function addUpStatement(
  about: Pick<Statement, 'clientName' | 'from' | 'to' | 'opening'>,
  moves: readonly Omit<StatementRow, 'balance'>[],
): Statement {
  const { currency } = about.opening
  let balance = about.opening
  const rows = moves.map((move) => {
    balance = plus(balance, move.amount)
    return { ...move, balance }
  })
  const billed = sum(
    moves.filter(({ kind }) => billing.includes(kind)).map(({ amount }) => amount),
    currency,
  )
  return { ...about, billed, paid: minus(plus(about.opening, billed), balance), closing: balance, rows }
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
