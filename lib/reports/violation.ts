/** The promises that hold at every moment, by the names they go by. */
export const invariants = {
  I1: 'Every charge has exactly one payment in the journal, of the same amount, and no payment is without a charge',
  I2: 'An attempt is charged once, and nobody pays more for an invoice than it asks',
  I3: 'Every entry balances',
  I4: 'An invoice owes its total less what was paid, here and in the PSA',
  I5: 'The clearing account is what Stripe still owes',
  I6: 'Gross less fee is net',
  I7: 'Nothing waits longer than it may without a person knowing',
  I8: 'What we posted elsewhere stands there once',
  I9: 'No row points into another tenant',
  I10: 'Every payment has one receipt',
  I11: 'Stored sums equal the rows they sum up',
  I12: 'Every change of state is on record, and the record is unbroken',
  I13: 'Attempts moved only as they may',
  I14: 'The journal, exported and added up again, gives the same balances',
} as const
export type Invariant = keyof typeof invariants

/** One broken promise: which, at which row, and the two figures that should have been one. */
export type Violation = {
  invariant: Invariant
  row: { kind: string; id: string }
  /** In words, for the one who gets up at night. */
  says: string
  expected: string
  actual: string
}
