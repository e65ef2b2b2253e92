import { formScreen } from '@/components/checkout/form-screen'
import { newId } from '@/lib/base/ids'
import { zero } from '@/lib/money/money'
import { payRulesOf } from '@/lib/payments/pay-rules'
import { wordsIn } from '@/messages/words'
import type { Preview } from './preview'
import { StillCheckout } from './still-checkout'

/** The payment form for the sample, with Stripe’s own fields where Stripe is connected. */
export function PreviewCheckout({ tenant, locale, terms, invoice }: Preview) {
  const { currency, id, number, dueOn, balance: payable } = invoice
  const badge = { is: 'open' as const, word: wordsIn(locale)('status.invoice.open') }
  const invoices = [{ id, number, dueOn, payable, badge, title: number, isNamed: false, held: zero(currency) }]
  const asked = { tenant, locale, terms, currency, invoices, orderKey: newId(), creditMinor: 0n }
  return (
    <StillCheckout
      screen={formScreen({
        ...{ ...asked, rules: payRulesOf(tenant.settings) },
        ...{ receiptEmail: 'dana@example.com', stillOpen: '' },
      })}
    />
  )
}
