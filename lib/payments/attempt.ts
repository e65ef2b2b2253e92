import type { PlainDate } from '@/lib/base/clock'
import type { Money } from '@/lib/money/money'
import type { WaitsFor } from './gateway'

/** One try to move money. States and moves: the table attempt_moves keeps them, whatever the code believes. */
export type AttemptState =
  | 'created'
  | 'sent'
  | 'requires_action'
  | 'processing'
  | 'unknown'
  | 'succeeded'
  | 'part_refunded'
  | 'refunded'
  | 'disputed'
  | 'returned'
  | 'failed'
  | 'canceled'

/** While in one of these an attempt may still take the money, and holds its invoices. */
export const statesInFlight = [
  'created',
  'sent',
  'requires_action',
  'processing',
  'unknown',
] as const satisfies AttemptState[]

export function isInFlight(state: AttemptState): boolean {
  return (statesInFlight as readonly AttemptState[]).includes(state)
}

/** An attempt as pages see it. */
export type AttemptView = {
  id: string
  clientId: string
  clientName: string
  state: AttemptState
  amount: Money
  surcharge: Money
  refunded: Money
  fee?: Money
  methodType?: string
  /** `Visa credit, 4242`, `Genesee Federal, 6781` */
  methodLabel?: string
  /** What it needs while it `requires_action`. */
  waitsFor?: WaitsFor
  failureReason?: string
  clearsOn?: PlainDate
  createdAt: Date
  stateAt: Date
  succeededAt?: Date
  origin: string
  receiptEmail?: string
  paymentIntentId?: string
  /** What it pays on each invoice, by money and credit together. */
  allocations: { invoiceId: string; number: string; amount: Money; shortReason?: string }[]
  /** The part of the allocations that the client's credit pays; not charged. */
  credit: Money
  /** What is charged beyond the invoices, kept as the client's credit. */
  kept: Money
}
