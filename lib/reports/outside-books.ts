/** What the outside says, as plain data: from the connectors at night, from the stand-ins' own logs in a test. */
export type OutsideBooks = {
  /** Every charge that succeeded on the MSP's account, refunded ones too. */
  charges?: OutsideCharge[]
  /** What Stripe holds for the MSP: its balance, pending included, and payouts that have not reached the bank. */
  unpaid?: { currency: string; minor: bigint }[]
  /** Invoices as they stand in the PSA, with every payment row on them. Credit memos are left out. */
  psaInvoices?: OutsideInvoice[]
  /** Documents in the books that carry a reference of ours. */
  documents?: OutsideDocument[]
}

export type OutsideCharge = {
  chargeId: string
  /** From the metadata. */
  attemptId?: string
  amountMinor: bigint
  currency: string
}
export type OutsideInvoice = {
  externalId: string
  balanceMinor: bigint
  payments: { externalId: string; amountMinor: bigint }[]
}
export type OutsideDocument = { externalKind: string; externalId: string; amountMinor: bigint }
