import { formScreen } from '@/components/checkout/form-screen'
import { Notice } from '@/components/ui/notice'
import type { PlainDate } from '@/lib/base/clock'
import { newId } from '@/lib/base/ids'
import type { Hold } from '@/lib/billing/holds'
import type { InvoiceView } from '@/lib/billing/invoice'
import type { AttemptView } from '@/lib/payments/attempt'
import type { CheckoutTerms } from '@/lib/payments/checkout-terms'
import type { Offer } from '@/lib/payments/payable-invoices'
import type { Tenant } from '@/lib/tenancy/tenant'
import { formatDay } from '@/messages/date'
import { type Locale, wordsIn } from '@/messages/words'
import { alreadyScheduled } from '../../already-scheduled'
import { HoldNotice } from '../../hold-notice'
import { NextCheckout } from '../../next-checkout'
import { offeredOf } from '../../offered'
import { questionWords } from '../../question'
import { QuestionForm } from '../../question-form'
import { savingFacts } from '../../saving-facts'
import { ask, reply } from './ask'
import { linkActions } from './link-actions'

type Props = {
  slug: string
  token: string
  tenant: Tenant
  invoice: InvoiceView
  offer: Offer
  holds: Hold[]
  locale: Locale
  today: PlainDate
  terms: CheckoutTerms | undefined
  setback: AttemptView | undefined
  receiptEmail: string
  /** The date it is set to be paid on, if it is. */
  scheduledOn: PlainDate | undefined
  /** Where the outcome is shown, before the payment’s id. */
  resultPath: string
}

/** The form for one invoice; without Stripe, how else to pay. */
export function LinkCheckout(props: Props) {
  const { slug, token, tenant, invoice, offer, holds, locale, today, terms, setback } = props
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
      <HoldNotice
        {...{ holds, locale, msp: tenant.name, timeZone: tenant.timeZone, isAtHome: false }}
        reply={reply.bind(null, slug, token)}
      />
      {offer.invoices.length > 0 && (
        <NextCheckout
          actions={linkActions(slug, token, locale)}
          resultPath={props.resultPath}
          screen={formScreen({
            ...{ tenant, locale, terms, stillOpen, currency: offer.currency },
            ...{ creditMinor: offer.creditMinor, rules: offer.rules },
            invoices: offeredOf(offer, locale, today),
            orderKey: newId(),
            receiptEmail: props.receiptEmail,
            scheduled: alreadyScheduled(props.scheduledOn, locale, today),
            saving: savingFacts({ tenant, locale, today }, invoice.clientName, true),
          })}
        />
      )}
      {tenant.settings.portal.questions && (
        <QuestionForm words={questionWords(locale, tenant.name, invoice)} ask={ask.bind(null, slug, token)} />
      )}
    </div>
  )
}
