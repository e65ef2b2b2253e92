import { CheckoutCard } from '@/components/checkout/checkout-card'
import { checkoutWords, waysOf } from '@/components/checkout/checkout-words'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import type { PlainDate } from '@/lib/base/clock'
import { newId } from '@/lib/base/ids'
import type { InvoiceView } from '@/lib/billing/invoice'
import type { AttemptView } from '@/lib/payments/attempt'
import type { CheckoutTerms } from '@/lib/payments/checkout-terms'
import type { Tenant } from '@/lib/tenancy/tenant'
import { formatDay } from '@/messages/date'
import { type Locale, wordsIn } from '@/messages/words'
import { OtherWays } from '../../other-ways'
import { payNow, refresh } from './actions'

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
}

/** The form for one invoice; without Stripe, how else to pay. */
export function LinkCheckout(props: Props) {
  const { slug, token, tenant, invoice, locale, today, terms, setback } = props
  const words = wordsIn(locale)
  const otherWays = <OtherWays tenant={tenant} numbers={[invoice.number]} locale={locale} />
  if (terms === undefined || terms.methods.length === 0)
    return <Card title={words('pay.otherWaysTitle')}>{otherWays}</Card>
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
      <CheckoutCard
        locale={locale}
        otherWays={otherWays}
        actions={{ pay: payNow.bind(null, slug, token, locale), refresh: refresh.bind(null, slug, token, locale) }}
        facts={{
          terms,
          amountMinor: Number(invoice.balance.minor),
          currency: invoice.currency,
          locale,
          businessName: tenant.name,
          orderKey: newId(),
          shown: [{ invoiceId: invoice.id, minor: invoice.balance.minor.toString() }],
          receiptEmail: props.receiptEmail,
          ways: waysOf(terms.methods, invoice.balance, tenant.name, locale),
          words: checkoutWords(locale, stillOpen),
        }}
      />
    </div>
  )
}
