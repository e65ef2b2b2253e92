import type { PlainDate } from '@/lib/base/clock'
import type { Agreed } from './agreed'

/** What comes of pressing "Pay". A refusal is a value: the person can answer it. */
export type PaymentResult =
  | {
      ok: true
      /** Of the payment; of the order alone where credit covered everything and nothing was charged. */
      attemptId: string
      state: 'succeeded' | 'processing' | 'requires_action' | 'unknown' | 'covered'
      clientSecret?: string
      /** Set where the payer is to agree to the debit in the browser: in whose name. */
      agreement?: DebitPayer
      clearsOn?: PlainDate
    }
  | { ok: false; because: PaymentRefusal; reason: string; next: NextStep; attemptId?: string }

export type PaymentRefusal =
  | 'already-paid'
  | 'on-its-way'
  | 'scheduled'
  | 'on-hold'
  | 'changed'
  | 'void'
  | 'declined'
  | 'unreachable'
  | 'method-gone'
  | 'not-allowed'
  | 'busy'
  | 'form'

/** Whom a debit is from, as the processor wants to know it, and where its confirmation goes. */
export type DebitPayer = { name: string; email: string }

/** What helps now: another method, the bank, waiting, or nothing to do. */
export type NextStep = 'other-method' | 'bank' | 'wait' | 'none'

/** What the payer asked for. Amounts are checked against the invoice; they are never taken from a page as they come. */
export type Order = {
  /** A UUID made when the page was rendered. It becomes the attempt's id: the same key never pays twice. */
  orderKey: string
  invoices: OrderedShare[]
  /** How much of it the client's credit pays, as it was shown: exactly that, or nothing is charged. */
  creditMinor?: bigint
  /** Beyond the invoices, to be kept as credit. */
  keptMinor?: bigint
  /** What was typed just now, as Stripe's script made it; or else `methodId` or `debit`. None where credit covers everything. */
  confirmationTokenId?: string
  /** A card or an account of the client's that was saved before. */
  methodId?: string
  /** A pre-authorized debit, agreed to in the browser once the payment is made; `agreed.once` and an address go with it. */
  debit?: 'acss_debit'
  receiptEmail?: string
  agreed?: Agreed
  /** That a payment set for a date is given up for this one. */
  replacesScheduled?: boolean
}

export type OrderedShare = {
  invoiceId: string
  /** What is paid on it, by money and credit together; without, all that is payable. */
  amountMinor?: bigint
  /** Why it is less than what is payable, in the payer's words. */
  shortReason?: string
}

export type Where = {
  ip: string
  userAgent: string
  locale: string
  origin: 'link' | 'portal' | 'widget' | 'schedule' | 'autopay'
}
