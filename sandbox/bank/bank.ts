import type { Day } from './weekdays.ts'

/** One line of a bank statement; money out is negative. */
export type BankLine = {
  /** Whose account it is: the id that the one who pays knows it by, such as `acct_…` at Stripe. */
  account: string
  on: Day
  amountCents: number
  description: string
  /** The number both banks print, by which a payout and its arrival are matched. */
  traceId: string | null
}

/** The MSP's bank: what arrived, in the order it did. */
export class Bank {
  private readonly posted: BankLine[] = []

  post(line: BankLine): void {
    this.posted.push(line)
  }

  lines(account?: string): readonly BankLine[] {
    return account === undefined ? this.posted : this.posted.filter((line) => line.account === account)
  }

  balanceCents(account: string): number {
    return this.lines(account).reduce((sum, line) => sum + line.amountCents, 0)
  }
}
