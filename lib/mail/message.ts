/** What a mail is about; the console shows it beside the mail. */
export type MessageKind =
  | 'pay_now'
  | 'payment_received'
  | 'payment_on_its_way'
  | 'payment_failed'
  | 'payment_returned'
  | 'refund_made'
  | 'payment_scheduled'
  | 'autopay_started'
  | 'pad_saved'
  | 'question_answered'
  | 'monthly_statement'
  | 'open_invoices'
  | 'sign_in'
  | 'staff_sign_in'
  | 'staff_notice'
  | 'portal_invitation'
  | 'role_changed'
  | 'erasure_declined'
  | 'erasure_done'
  | 'sample'

/** What stands where an address was erased. The domain is one that no mail ever reaches (RFC 2606). */
export const erasedAddress = 'erased@erased.invalid'

/** A mail to be queued. */
export type Draft = {
  /** Deterministic: the same news has the same key, and is told once. */
  key: string
  kind: MessageKind
  to: string
  locale: string
  clientId?: string
  invoiceId?: string
  attemptId?: string
  subject: string
  html: string
  text: string
}

/** One address and nothing else: no list, no name, no header. */
export function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\]]+\.[^\s@<>(),;:"\\[\]]+$/.test(text)
}
