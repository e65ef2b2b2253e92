import type { AutopayResult } from '@/lib/autopay/autopay'
import type { InvoiceStatus } from '@/lib/billing/invoice'
import type { CheckoutTerms } from '@/lib/payments/checkout-terms'
import type { PaymentResult } from '@/lib/payments/result'
import type { Resumed } from '@/lib/payments/resume-attempt'
import type { ScheduleResult, TypedSchedule } from '@/lib/payments/schedule-result'
import type { Phrase } from './phrase'
import type { VerifyProof } from './proof-of'
import type { AgreedOrder, SavedWay, SavingFacts } from './saving'
import type { AlreadyScheduled, ScheduleOrderFacts, TypedScheduleFacts, WhenFacts } from './when'

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
  /** The same with what is typed, which is saved by it; and how that stands after the bank’s check. */
  scheduleTyped?: (order: TypedScheduleFacts) => Promise<TypedSchedule>
  refreshTyped?: (setupId: string) => Promise<TypedSchedule>
  /** Asks how a payment stands. */
  refresh: (attemptId: string) => Promise<PayAnswer>
  /** What lets the browser take a payment up again; undefined when there is nothing to confirm any more. */
  resume: (attemptId: string) => Promise<Resumed | undefined>
  /** Ends a payment that nobody has agreed to; where pre-authorized debit is offered. */
  giveUp?: (attemptId: string) => Promise<PayAnswer>
  /** Turns automatic payment on with what was paid with; where that is possible. */
  startAutopay?: (order: AutopayOrderFacts) => Promise<AutopayResult>
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

/** A card, a US bank account, or a pre-authorized debit in Canada. */
export type WayType = CheckoutTerms['methods'][number]

/**
 * One way of paying, in the reader's language. `{amount}` in a sentence is what it comes to: the person may change what
 * is paid, and every figure follows. The ways stand in their order: what costs least first.
 */
export type Way = {
  type: WayType
  name: string
  sub: string
  /** In minor units; shown as a row of its own when there is one. */
  surchargeMinor: string
  /** “Pay {amount} from bank” */
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

/**
 * What the person pressed “Pay” for, with the sums on the page: nothing else is ever charged. Minor units as digits: an
 * amount crosses the wire as text.
 */
export type PayOrder = {
  orderKey: string
  /** What was typed, or else `methodId`: what was saved before, or else `debit`. None where credit covers everything. */
  confirmationTokenId?: string
  methodId?: string
  /** A debit that is agreed to once its payment is made. */
  debit?: 'acss_debit'
  receiptEmail: string
  agreed?: AgreedOrder
  /** That a payment set for a date is given up for this one. */
  replacesScheduled?: boolean
  shown: Shown[]
  creditMinor: string
  keptMinor: string
}
/** `owed` is what the page showed as payable, `minor` what is paid of it. */
export type Shown = { invoiceId: string; owed: string; minor: string; short?: ShortReason }
/** Why less is paid than is owed. */
export type ShortReason = { code: ShortCode; text: string }
export const shortCodes = ['not_finished', 'price', 'credit_due', 'agreed', 'later', 'other'] as const
export type ShortCode = (typeof shortCodes)[number]

/** What came of it; after a refusal with the key for the next try. */
export type PayAnswer = PaymentResult & { nextOrderKey?: string }

export type CheckoutFacts = {
  terms: CheckoutTerms
  currency: string
  locale: string
  businessName: string
  orderKey: string
  order: OrderFacts
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

/** What there is to pay, and what the MSP allows. */
export type OrderFacts = {
  /** Oldest first. */
  invoices: OrderInvoice[]
  /** The client’s credit that is free. */
  creditMinor: string
  partial?: { minimumMinor: string; minimumBasisPoints: number }
  keepsMore: boolean
  chargeMinimumMinor: string
}
export type OrderInvoice = {
  invoiceId: string
  number: string
  /** Its agreement’s name, or where it has none “Invoice” and its number. */
  title: string
  isNamed: boolean
  dueOn: string
  /** How it stands, and in what look. */
  badge: { is: InvoiceStatus; word: string }
  payableMinor: string
  /** Said where part of it is on hold. */
  held?: string
}

/** How to pay without Stripe: the MSP’s own words, and what to write on the payment. */
export type OtherWaysFacts = { text: string; note?: string }

export type CheckoutWords = OrderWords & {
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
  debitFree: string
  /** What comes after the button where a debit is agreed to in a window of its own, and what is said when it was closed. */
  padNext: string
  padClosed: string
}

/** Words about what is paid. Names in braces are filled in where they are shown. */
export type OrderWords = {
  chooseWhat: string
  chosen: string
  all: string
  open: string
  payNow: string
  byInvoice: string
  bySum: string
  sumLabel: string
  otherAmount: string
  amountOn: string
  invoices: string
  credit: string
  kept: string
  surcharge: string
  toPay: string
  left: string
  reason: string
  reasons: Record<ShortCode, string>
  reasonText: string
  reasonMissing: string
  noAmount: string
  complaints: Record<'nothing' | 'more-than-owed' | 'not-in-part' | 'below-minimum' | 'too-small', string>
  covered: string
  coveredNote: string
  changed: string
  changedLine: string
  oneInvoice: string
  manyInvoices: string
  goneLine: string
  creditLine: string
}

export type OutcomeShow = 'paid' | 'covered' | 'on-its-way' | 'checking' | 'confirm' | 'verify'

/** How one payment stands: a title, a sentence, the figures, and what there is to do. */
export type OutcomeFacts = {
  show: OutcomeShow
  attemptId: string
  title: string
  text: Phrase
  sums: SumFact[]
  steps?: StepFact[]
  foot?: { text: string; link?: { href: string; text: string } }
  confirm?: { terms: CheckoutTerms; locale: string; button: string; sending: string; blocked: string; giveUp?: string }
  verify?: VerifyWords
  /** What the payment leaves to offer, or that it is on. */
  autopay?: AutopayFacts
}

/** The invoices to come, paid by themselves with the same method. */
export type AutopayFacts =
  | { is: 'on'; title: string; text: string; manage?: { href: string; text: string } }
  | {
      is: 'offered'
      title: string
      question: string
      notice: string
      currency: string
      locale: string
      shownOn: string
      version: string
      /** It is on with another method: the consent whose place this one takes. */
      replaces?: string
      /** The authorization, `{limit}` where the limit stands. */
      consent: string
      /** The same with fewer days of notice, where somebody may agree to that. */
      short?: { choose: string; version: string; consent: string; notice: string }
      limitNone: string
      /** `{amount}` where it stands. */
      limitTo: string
      words: Record<'cap' | 'capHint' | 'capWrong' | 'agreement' | 'button' | 'turning' | 'lost' | 'record', string>
    }
/** Which words were agreed to, and the limit as digits. */
/** What is to be charged: the method of a payment that went through, or one that is saved. */
export type AutopaySource = { attemptId: string } | { methodId: string; replaces?: string }
export type AutopayOrderFacts = AutopaySource & { shownOn: string; version: string; capMinor?: string }

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
