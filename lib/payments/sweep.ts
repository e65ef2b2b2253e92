import type { PlainDate } from '@/lib/base/clock'
import type { AttemptState } from './attempt'

/** An attempt that waits for something, as the sweeper finds it. */
export type Stuck = {
  id: string
  state: AttemptState
  amountMinor: bigint
  currency: string
  clientId: string
  sentAt: Date | null
  stateAt: Date
  clearsOn: PlainDate | null
  paymentIntentId: string | null
  waitsFor: string | null
  receiptEmail: string | null
}

export type Sweep =
  | { do: 'wait' }
  /** Ask how the payment intent stands. */
  | { do: 'ask'; intentId: string }
  /** Nobody finished the bank's check. */
  | { do: 'cancel'; intentId: string }
  /** Repeat the call under the same key: it answers what it answered, or does it now. */
  | { do: 'send-again' }
  /** Read what Stripe made since then. `mayGiveUp`: long enough ago to say it never happened. */
  | { do: 'look-up'; since: Date; mayGiveUp: boolean }

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/**
 * What to do about an attempt that waits. A key is kept by Stripe for at least 24 hours; after 23 it is never sent again
 * and only reading tells (Stripe, "Idempotent requests"). A 500 is replayed under its key, so an attempt that stays
 * unknown for two minutes is looked up instead of sent again.
 */
export function decideSweep(stuck: Stuck, at: Date, today: PlainDate): Sweep {
  const age = at.getTime() - stuck.stateAt.getTime()
  const sinceSent = stuck.sentAt === null ? 0 : at.getTime() - stuck.sentAt.getTime()
  const lookUp: Sweep = {
    do: 'look-up',
    since: new Date((stuck.sentAt ?? stuck.stateAt).getTime() - 5 * minute),
    mayGiveUp: sinceSent > 15 * minute,
  }
  if (stuck.paymentIntentId === null) {
    if (age < 20 * second) return { do: 'wait' } // whoever sent it may still be waiting for the answer
    if (sinceSent > 23 * hour) return lookUp
    return stuck.state === 'unknown' && sinceSent > 2 * minute ? lookUp : { do: 'send-again' }
  }
  const { paymentIntentId: intentId } = stuck
  switch (stuck.state) {
    case 'requires_action':
      // A card's check or an agreement is done in minutes; micro-deposits take days and end after ten by themselves.
      if (stuck.waitsFor !== 'deposits' && age > hour) return { do: 'cancel', intentId }
      return age > 2 * minute ? { do: 'ask', intentId } : { do: 'wait' }
    case 'processing':
      // Webhooks bring the result; asking once a day, and from the promised date on, covers those that got lost.
      return age > 24 * hour || (stuck.clearsOn !== null && today >= stuck.clearsOn)
        ? { do: 'ask', intentId }
        : { do: 'wait' }
    default:
      return age > 20 * second ? { do: 'ask', intentId } : { do: 'wait' }
  }
}
