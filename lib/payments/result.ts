import type { PlainDate } from '@/lib/base/clock'
import type { Agreed } from './agreed'

/** What comes of pressing "Pay". A refusal is a value: the person can answer it. */
export type PaymentResult =
  | {
      ok: true
      attemptId: string
      state: 'succeeded' | 'processing' | 'requires_action' | 'unknown'
      clientSecret?: string
      clearsOn?: PlainDate
    }
  | { ok: false; because: PaymentRefusal; reason: string; next: NextStep; attemptId?: string }

export type PaymentRefusal =
  | 'already-paid'
  | 'on-its-way'
  | 'scheduled'
  | 'changed'
  | 'void'
  | 'declined'
  | 'unreachable'
  | 'method-gone'
  | 'not-allowed'
  | 'busy'
  | 'form'

/** What helps now: another method, the bank, waiting, or nothing to do. */
export type NextStep = 'other-method' | 'bank' | 'wait' | 'none'

/** What the payer asked for. Amounts are checked against the invoice; they are never taken from a page as they come. */
export type Order = {
  /** A UUID made when the page was rendered. It becomes the attempt's id: the same key never pays twice. */
  orderKey: string
  /** Without an amount, the whole balance. */
  invoices: { invoiceId: string; amountMinor?: bigint }[]
  /** What was typed just now, as Stripe's script made it; or else `methodId`. */
  confirmationTokenId?: string
  /** A card or an account of the client's that was saved before. */
  methodId?: string
  receiptEmail?: string
  agreed?: Agreed
  /** That a payment set for a date is given up for this one. */
  replacesScheduled?: boolean
}

export type Where = {
  ip: string
  userAgent: string
  locale: string
  origin: 'link' | 'portal' | 'widget' | 'schedule' | 'autopay'
}
