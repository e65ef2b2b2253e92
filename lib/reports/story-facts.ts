import type { PlainDate } from '@/lib/base/clock'
import type { CauseKind } from '@/lib/ledger/entry'
import type { Money } from '@/lib/money/money'
import type { AttemptState } from '@/lib/payments/attempt'
import type { Version } from './version-change'

/** Everything that is on record about one invoice, as it was read, before it is told. */
export type StoryFacts = {
  locale: string
  invoice: { number: string; currency: string; psaType: string; dueOn: PlainDate; isCredit: boolean }
  /** The outside systems by the name staff know them by. */
  names: { psa: string; books: string }
  versions: Version[]
  /** What the journal moved on this invoice: positive is owed, negative is taken off. */
  entries: { cause: { kind: CauseKind; id: string }; at: Date; deltaMinor: bigint; attemptId?: string }[]
  messages: {
    kind: string
    to: string
    state: 'waiting' | 'sending' | 'sent' | 'failed'
    createdAt: Date
    sentAt?: Date
    error?: string
  }[]
  links: { createdAt: Date; viewedAt?: Date; revokedAt?: Date }[]
  /** Payment rows in the PSA that did not come from us. */
  recorded: { id: string; amount: Money; paidOn: PlainDate; isCredit: boolean }[]
  attempts: {
    id: string
    origin: string
    /** The part that is for this invoice. */
    amount: Money
    /** What is charged in all, when more than one invoice is paid or a surcharge is in it. */
    gross: Money
    methodLabel?: string
    methodType?: string
    failureReason?: string
    clearsOn?: PlainDate
    fee?: Money
    moves: { to: AttemptState; at: Date }[]
  }[]
  refunds: {
    id: string
    amount: Money
    state: 'created' | 'sent' | 'unknown' | 'pending' | 'succeeded' | 'failed'
    reason: string
    createdAt: Date
    stateAt: Date
    failureReason?: string
  }[]
  disputes: { id: string; kind: 'return' | 'chargeback'; reason: string; amount: Money; evidenceDueAt?: Date }[]
  writeBacks: {
    state: 'waiting' | 'in_step' | 'retrying' | 'checking' | 'needs_you'
    amount: Money
    createdAt: Date
    doneAt?: Date
    error?: string
    externalId?: string
  }[]
  postings: {
    kind: string
    state: 'waiting' | 'posted' | 'retrying' | 'checking' | 'refused' | 'reversed'
    amount: Money
    createdAt: Date
    postedAt?: Date
    error?: string
    externalKind?: string
    externalId?: string
  }[]
  payouts: { id: string; payoutId: string; amount: Money; state: string; arrivesOn: PlainDate; createdAt: Date }[]
  exceptions: { detail: string; nextStep: string; openedAt: Date; closedAt?: Date }[]
}
