/** Why a person must look, in the order the console shows it. */
export const exceptionCauses = [
  'returned',
  'disputed',
  'outcome-unknown',
  'payment-refused',
  'paid-twice',
  'paid-after-void',
  'books-refused',
  'psa-refused',
  'payout-incomplete',
  'tie-out-gap',
  'reconnect',
  'sync-suspicious',
  'rows-rejected',
  'host-lost',
  'mail-failed',
  'contact-to-check',
  'refund-failed',
  'webhook-stopped',
  'event-dead',
  'invariant-broken',
] as const
export type ExceptionCause = (typeof exceptionCauses)[number]
