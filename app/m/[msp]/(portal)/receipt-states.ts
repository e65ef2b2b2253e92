import type { AttemptState } from '@/lib/payments/attempt'

/** Payments that went through, whatever came after: each has a receipt. */
export const receiptStates = [
  'succeeded',
  'part_refunded',
  'refunded',
  'disputed',
  'returned',
] as const satisfies AttemptState[]
