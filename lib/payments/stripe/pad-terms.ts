import 'server-only'
import type Stripe from 'stripe'

type Terms = Stripe.PaymentIntentCreateParams.PaymentMethodOptions.AcssDebit.MandateOptions

/** What Stripe's window says of a single debit: of a business, and without another to follow. */
export const padOnce = { payment_schedule: 'sporadic', transaction_type: 'business' } as const satisfies Terms

/**
 * The same of an account that is kept: debited when its client pays with it, and on the due dates that automatic payment
 * was agreed to for. In both languages of the country, since Stripe's own mail repeats it to whoever it likes.
 */
export const padStanding = {
  payment_schedule: 'combined',
  interval_description:
    'on the due date of invoices under automatic payment / à l’échéance des factures payées automatiquement',
  transaction_type: 'business',
} as const satisfies Terms
