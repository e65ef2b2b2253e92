import { formScreen } from '@/components/checkout/form-screen'
import { Notice } from '@/components/ui/notice'
import type { PlainDate } from '@/lib/base/clock'
import { newId } from '@/lib/base/ids'
import type { InvoiceView } from '@/lib/billing/invoice'
import type { AttemptView } from '@/lib/payments/attempt'
import type { CheckoutTerms } from '@/lib/payments/checkout-terms'
import type { Tenant } from '@/lib/tenancy/tenant'
import { formatDay } from '@/messages/date'
import { type Locale, wordsIn } from '@/messages/words'
import { alreadyScheduled } from '../../already-scheduled'
import { NextCheckout } from '../../next-checkout'
import { savingFacts } from '../../saving-facts'
import { linkActions } from './link-actions'

type Props = {
  slug: string
  token: string
  tenant: Tenant
  invoice: InvoiceView
  locale: Locale
  today: PlainDate
  terms: CheckoutTerms | undefined
  setback: AttemptView | undefined
  receiptEmail: string
  /** The date it is set to be paid on, if it is. */
  scheduledOn: PlainDate | undefined
}

/** The form for one invoice; without Stripe, how else to pay. */
export function LinkCheckout(props: Props) {
  const { slug, token, tenant, invoice, locale, today, terms, setback } = props
  const words = wordsIn(locale)
  const due = formatDay(invoice.dueOn, locale, 'prose', today)
  const stillOpen =
    invoice.dueOn >= today
      ? words('pay.stillOpen', { number: invoice.number, date: due })
      : words('pay.stillOpenPlain', { number: invoice.number })
  return (
    <div className="grid min-w-0 gap-4">
      {setback?.failureReason !== undefined && (
        <Notice
          tone="bad"
          title={words(setback.state === 'returned' ? 'status.attempt.returned' : 'pay.notChargedBank')}
        >
          {setback.failureReason}
        </Notice>
      )}
      <NextCheckout
        actions={linkActions(slug, token, locale)}
        screen={formScreen({
          ...{ tenant, locale, terms, stillOpen },
          invoices: [invoice],
          currency: invoice.currency,
          orderKey: newId(),
          receiptEmail: props.receiptEmail,
          scheduled: alreadyScheduled(props.scheduledOn, locale, today),
          saving: savingFacts({ tenant, locale, today }, invoice.clientName, {
            amount: invoice.balance,
            numbers: [invoice.number],
          }),
        })}
      />
    </div>
  )
}
