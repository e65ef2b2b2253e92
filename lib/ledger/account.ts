/** The accounts of the journal, per MSP and currency. `receivable` and `unapplied` also name the client. */
export const accounts = [
  'receivable',
  'unapplied',
  'clearing',
  'bank',
  'processor_fees',
  'surcharge_income',
  'disputed',
  'write_offs',
  'billed',
] as const
export type Account = (typeof accounts)[number]
