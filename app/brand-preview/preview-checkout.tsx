import { formScreen } from '@/components/checkout/form-screen'
import { newId } from '@/lib/base/ids'
import type { Preview } from './preview'
import { StillCheckout } from './still-checkout'

/** The payment form for the sample, with Stripe’s own fields where Stripe is connected. */
export function PreviewCheckout({ tenant, locale, terms, invoice }: Preview) {
  const { currency } = invoice
  const asked = { tenant, locale, terms, currency, invoices: [invoice], orderKey: newId() }
  return <StillCheckout screen={formScreen({ ...asked, receiptEmail: 'dana@example.com', stillOpen: '' })} />
}
