import type { PlainDate } from '@/lib/base/clock'
import type { Money } from '@/lib/money/money'
import type { Account } from './account'

/** One amount, always positive, that leaves `credit` and enters `debit`. */
export type Movement = {
  debit: Account
  credit: Account
  amount: Money
  clientId?: string
  invoiceId?: string
  attemptId?: string
  payoutId?: string
}

/** Why an entry exists. Kind and id are unique: the same cause posts once, however often it is reported. */
export type CauseKind =
  | 'invoice.mirrored' // invoiceId
  | 'invoice.changed' // invoiceId:version
  | 'invoice.voided' // invoiceId:version
  | 'recorded.paid' // recorded payment id
  | 'recorded.removed' // recorded payment id
  | 'payment.succeeded' // attemptId
  | 'credit.applied' // order id
  | 'credit.withdrawn' // our own id
  | 'fee.charged' // balance transaction id
  | 'payout.paid' // payout id
  | 'payout.failed' // payout id
  | 'refund.succeeded' // refund id
  | 'refund.reversed' // refund id
  | 'dispute.opened' // dispute id
  | 'dispute.won' // dispute id
  | 'dispute.lost' // dispute id
  | 'payment.returned' // dispute id
  | 'write_off' // our own id

export type Entry = {
  cause: { kind: CauseKind; id: string }
  happenedAt: Date
  /** The date it belongs to in the books, in the MSP's time zone. */
  bookedOn: PlainDate
  note?: string
  movements: Movement[]
}
