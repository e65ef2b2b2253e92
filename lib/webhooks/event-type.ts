/** What an endpoint may ask to hear of. `ping` comes beside these, to whom somebody sends one. */
export const webhookEventTypes = [
  'invoice.created',
  'invoice.updated',
  'invoice.voided',
  'invoice.paid',
  'payment.processing',
  'payment.succeeded',
  'payment.failed',
  'payment.returned',
  'payment.refunded',
  'payment.disputed',
] as const
export type WebhookEventType = (typeof webhookEventTypes)[number]

/** What has happened when one is told, in words. */
export const webhookEventWords: Record<WebhookEventType, string> = {
  'invoice.created': 'The PSA has issued an invoice that asks for money.',
  'invoice.updated': 'The PSA has changed what an invoice bills.',
  'invoice.voided': 'An invoice is no more in the PSA.',
  'invoice.paid': 'Nothing is left to pay of an invoice.',
  'payment.processing': 'A bank debit is on its way. It is not paid yet.',
  'payment.succeeded': 'The money has moved.',
  'payment.failed': 'A payment was declined, or a debit did not come.',
  'payment.returned': 'The bank or the card network took a payment back for good.',
  'payment.refunded': 'Money was given back.',
  'payment.disputed': 'A cardholder disputes a payment.',
}
