/**
 * Everything that can happen and that somebody else cares about. A room announces it; it does not know who listens:
 * lib/jobs/handlers.ts has one handler per kind.
 */
export type News =
  // From outside: hints, never trusted for content. The handler reads the object itself.
  | {
      kind: 'stripe.event'
      eventId: string
      type: string
      account: string
      objectId: string
      object: string
      paymentIntentId?: string
    }
  | {
      kind: 'psa.hint'
      connectionId: string
      entity: 'invoice' | 'agreement' | 'client' | 'contact'
      externalId: string
      action: string
    }
  | { kind: 'accounting.hint'; connectionId: string; entity: string; externalId: string }
  // The clock, and people who cannot wait for it.
  | { kind: 'clock.sync'; connectionId: string; full: boolean }
  | { kind: 'clock.nightly'; on: string }
  // Billing.
  | { kind: 'invoice.appeared'; invoiceId: string }
  | { kind: 'invoice.changed'; invoiceId: string; version: number }
  /** `version` tells one voiding from the next, should the invoice come back between. */
  | { kind: 'invoice.voided'; invoiceId: string; version: number }
  /** The PSA has recorded what was left of it. */
  | { kind: 'invoice.settled'; invoiceId: string }
  | { kind: 'invoice.to_send'; invoiceId: string; to?: string }
  /** Staff have said something about what a client asked: `messageId` where it is not the word that closed it. */
  | { kind: 'question.answered'; holdId: string; messageId?: string }
  // Credit of a client that pays an invoice, and no longer does.
  | { kind: 'credit.applied'; orderId: string }
  | { kind: 'credit.withdrawn'; withdrawalId: string }
  // Payments.
  | { kind: 'attempt.to_cancel'; attemptId: string }
  | { kind: 'schedule.set'; scheduleId: string; runOn: string }
  | { kind: 'schedule.ended'; scheduleId: string }
  /** What was saved for it is there, but the payment for a date that was wished for with it could not be set any more. */
  | { kind: 'schedule.refused'; setupId: string }
  | { kind: 'autopay.started'; autopayId: string }
  /** What was chosen for an agreement may be charged by itself: the consent to it. */
  | { kind: 'agreement.authorized'; agreementId: string; mandateId: string }
  /** An agreement to pre-authorized debits, given by itself: it has to be confirmed in writing. */
  | { kind: 'pad.saved'; setupId: string }
  | { kind: 'method.to_detach'; account: string; paymentMethodId: string }
  | { kind: 'payment.processing'; attemptId: string }
  | { kind: 'payment.succeeded'; attemptId: string }
  | { kind: 'payment.failed'; attemptId: string; wasProcessing: boolean }
  | { kind: 'payment.returned'; attemptId: string; disputeId: string }
  | { kind: 'payment.disputed'; attemptId: string; disputeId: string }
  | { kind: 'payment.dispute_closed'; attemptId: string; disputeId: string }
  | { kind: 'refund.succeeded'; attemptId: string; refundId: string }
  | { kind: 'refund.failed'; attemptId: string; refundId: string }
  // Settlement: what must reach the PSA and the books.
  | { kind: 'write_back.due'; writeBackId: string; reason: string }
  | { kind: 'note.due'; invoiceId: string; text: string }
  | { kind: 'posting.due'; postingId: string }
  | { kind: 'payout.complete'; payoutId: string }
  // Access.
  | { kind: 'sign_in.asked'; signInId: string; sealedToken: string }
  | { kind: 'staff.invited'; staffId: string; by: string; invitationId: string }
  | { kind: 'contact.invited'; contactId: string; by: string; invitationId: string }
  /** `before`: none for somebody who had been taken out and is let in again. */
  | {
      kind: 'contact.role_changed'
      contactId: string
      role: ContactRole
      before?: ContactRole
      by: { kind: 'contact' | 'staff'; id: string }
      changeId: string
    }
  // Mail.
  | { kind: 'mail.due'; messageId: string }

/** In a client's portal. */
type ContactRole = 'owner' | 'payer' | 'viewer'

export type NewsKind = News['kind']
export type NewsOf<Kind extends NewsKind> = Extract<News, { kind: Kind }>
