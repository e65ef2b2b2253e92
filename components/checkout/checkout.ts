import type { CheckoutTerms } from '@/lib/payments/checkout-terms'
import type { PaymentResult } from '@/lib/payments/result'

/** The shapes that pages and the payment form share. */

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
  confirmationTokenId: string
  receiptEmail: string
  shown: Shown[]
}
/** Minor units as digits: an amount crosses the wire as text. */
export type Shown = { invoiceId: string; minor: string }

/** What came of it; after a refusal with the key for the next try. */
export type PayAnswer = PaymentResult & { nextOrderKey?: string }

export type CheckoutActions = {
  pay: (order: PayOrder) => Promise<PayAnswer>
  /** Asks how a payment stands. */
  refresh: (attemptId: string) => Promise<PayAnswer>
}

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
  words: CheckoutWords
  /** Where the outcome is shown, before the attempt’s id; without, the same page shows it. */
  resultPath?: string
}

export type CheckoutWords = {
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
