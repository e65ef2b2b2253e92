import type { CheckoutTerms } from '@/lib/payments/checkout-terms'
import type { PaymentResult } from '@/lib/payments/result'
import type { ScheduleResult } from '@/lib/payments/schedule-result'
import type { Phrase } from './phrase'
import type { VerifyProof } from './proof-of'
import type { AgreedOrder, SavedWay, SavingFacts } from './saving'
import type { AlreadyScheduled, ScheduleOrderFacts, WhenFacts } from './when'

/**
 * The shapes that a door and the checkout share. What comes from the server is plain data, words included: a page hands
 * it over as properties, a frame reads it as JSON. What goes back, and what moves the reader on, comes in as functions.
 */

/** What the checkout shows. A door asks for it anew whenever it is told to reload. */
export type CheckoutScreen =
  | { show: 'form'; facts: CheckoutFacts }
  /** Stripe is not connected: how to pay all the same. */
  | { show: 'elsewhere'; title: string; otherWays: OtherWaysFacts }
  | { show: 'outcome'; facts: OutcomeFacts }

export type CheckoutActions = {
  pay: (order: PayOrder) => Promise<PayAnswer>
  /** Sets a payment for a date; where that is possible. */
  schedule?: (order: ScheduleOrderFacts) => Promise<ScheduleResult>
  /** Asks how a payment stands. */
  refresh: (attemptId: string) => Promise<PayAnswer>
  /** The secret that lets the browser show the bank’s check; undefined when there is nothing to confirm any more. */
  resume: (attemptId: string) => Promise<string | undefined>
  /** @returns whether it fits the small deposits */
  verify: (attemptId: string, proof: VerifyProof) => Promise<boolean>
}

/** How a door moves its reader on. */
export type Go = {
  /** Shows how things stand now, without losing what is typed, focus or scroll. */
  reload: () => void
  /** Leads to a payment that was set for a date. */
  toScheduled?: (scheduleId: string) => void
  /** Leads to the outcome of a payment that was taken. */
  toResult: (attemptId: string) => void
}

export type WayType = 'us_bank_account' | 'card'

/** One way of paying, with its words and its total in the reader's language. */
export type Way = {
  type: WayType
  name: string
  sub: string
  total: string
  /** “Pay $4,913.14 from bank” */
  button: string
  /** What pressing it authorizes. */
  agreement: string
  /** Read out when this way is chosen. */
  announcement: string
  notCharged: string
  /** Offered after a refusal of this or the other way. */
  choose: string
  chooseOther: string
}

/** What the person pressed “Pay” for. `shown` are the sums on the page: nothing else is ever charged. */
export type PayOrder = {
  orderKey: string
  /** What was typed, or else `methodId`: what was saved before. */
  confirmationTokenId?: string
  methodId?: string
  receiptEmail: string
  agreed?: AgreedOrder
  /** That a payment set for a date is given up for this one. */
  replacesScheduled?: boolean
  shown: Shown[]
}
/** Minor units as digits: an amount crosses the wire as text. */
export type Shown = { invoiceId: string; minor: string }

/** What came of it; after a refusal with the key for the next try. */
export type PayAnswer = PaymentResult & { nextOrderKey?: string }

export type CheckoutFacts = {
  terms: CheckoutTerms
  /** In minor units, for Stripe’s fields; the server charges what it knows, not this. */
  amountMinor: number
  currency: string
  locale: string
  businessName: string
  orderKey: string
  shown: Shown[]
  receiptEmail: string
  ways: Way[]
  /** What the client saved before; never shown to whoever merely holds a link. */
  saved: SavedWay[]
  /** The dates it can be set for; undefined where only now is possible. */
  when?: WhenFacts
  /** Set when it is set to be paid on a date already. */
  scheduled?: AlreadyScheduled
  /** Undefined where nothing may be saved. */
  saving?: SavingFacts
  otherWays: OtherWaysFacts
  words: CheckoutWords
}

/** How to pay without Stripe: the MSP’s own words, and what to write on the payment. */
export type OtherWaysFacts = { text: string; note?: string }

export type CheckoutWords = {
  title: string
  intro: string
  noScript: string
  straightToStripe: string
  otherWays: string
  method: string
  email: string
  emailWrong: string
  sending: string
  confirming: string
  fieldsLoading: string
  fieldsBlocked: string
  loadAgain: string
  stillOpen: string
  ways: string
  tryAgain: string
  tryAgainSub: string
  choose: string
  pending: string
  lost: string
}

export type OutcomeShow = 'paid' | 'on-its-way' | 'checking' | 'confirm' | 'verify'

/** How one payment stands: a title, a sentence, the figures, and what there is to do. */
export type OutcomeFacts = {
  show: OutcomeShow
  attemptId: string
  title: string
  text: Phrase
  sums: SumFact[]
  steps?: StepFact[]
  foot?: { text: string; link?: { href: string; text: string } }
  confirm?: { terms: CheckoutTerms; locale: string; button: string; sending: string; blocked: string }
  verify?: VerifyWords
}
export type SumFact = { key: string; label: string; text: string; weight: 'plain' | 'quiet' | 'total' }
export type StepFact = { name: string; state: 'done' | 'now' | 'next'; text: string }
export type VerifyWords = {
  code: string
  codeWrong: string
  amounts: string
  first: string
  second: string
  button: string
  sending: string
  failed: string
}
