import type { WordedKind } from '@/lib/mail/wording'

/** The mails to clients, as the console calls them, and what of each is ours whatever the MSP says. */
export const mailNames: Record<WordedKind, { name: string; keeps: string }> = {
  pay_now: {
    name: 'New invoice',
    keeps:
      'An invoice that changed, or that autopay will pay, says so in our words: subject and opening are ours then.',
  },
  payment_on_its_way: {
    name: 'Payment on its way',
    keeps:
      'Our sentence that nothing is paid yet stays below yours. So does the agreement to a pre-authorized debit, which this mail confirms as Payments Canada asks.',
  },
  payment_received: {
    name: 'Receipt',
    keeps: 'Number, date, sums and how it was paid are the receipt that card rules ask for.',
  },
  payment_failed: { name: 'Payment failed', keeps: 'What happened stays below your words, with the way to pay.' },
  payment_returned: {
    name: 'Payment returned by the bank',
    keeps: 'That the invoice is open again, and what the bank said, stay below your words.',
  },
  refund_made: { name: 'Refund', keeps: 'The sums, with the surcharge returned in proportion, stay as they are.' },
  payment_scheduled: {
    name: 'Notice before a debit',
    keeps:
      'The law and the card networks ask for this notice. Its subject, amount, date, and how to cancel are ours; your words stand around them.',
  },
  autopay_started: {
    name: 'Autopay turned on',
    keeps:
      'This is the copy of the authorization that the law asks for. Subject, authorization and how to end it are ours; your words stand around them.',
  },
}

export const languages = { 'en-US': 'English', 'fr-CA': 'French' } as const
