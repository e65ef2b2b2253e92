/** One side of a transaction in the general ledger. Debits are positive, credits negative, in whole cents. */
export type LedgerLine = { accountId: string; cents: number; customerId?: string }

/** Running balances: per account, and for the receivable per customer. Transactions are added, and taken out to be changed. */
export class Ledger {
  private readonly accounts = new Map<string, number>()
  private readonly customers = new Map<string, number>()

  add(lines: LedgerLine[], sign: 1 | -1): void {
    for (const { accountId, cents, customerId } of lines) {
      increase(this.accounts, accountId, sign * cents)
      if (customerId !== undefined) increase(this.customers, customerId, sign * cents)
    }
  }

  /** Debit balance in cents. */
  balanceOf(accountId: string): number {
    return this.accounts.get(accountId) ?? 0
  }

  /** What the customer owes, less what it has paid or been credited without an invoice, in cents. */
  receivableFrom(customerId: string): number {
    return this.customers.get(customerId) ?? 0
  }
}

function increase(balances: Map<string, number>, id: string, cents: number): void {
  balances.set(id, (balances.get(id) ?? 0) + cents)
}
