import type { AutopayFacts } from '@/components/checkout/checkout'
import { coveredScreen } from '@/components/checkout/outcome-screen'
import { buttonLook } from '@/components/ui/button-look'
import type { PlainDate } from '@/lib/base/clock'
import type { InvoiceView } from '@/lib/billing/invoice'
import { formatMoney } from '@/lib/money/format'
import type { CheckoutTerms } from '@/lib/payments/checkout-terms'
import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, wordsIn } from '@/messages/words'
import { NextCheckout } from '../../next-checkout'
import { outcomeOf } from '../../outcome-of'
import { attemptForInvoices } from '../../pay-view'
import { DeadEnd } from './dead-link'
import { linkActions } from './link-actions'
import type { LinkView } from './link-view'

type Props = {
  view: Exclude<LinkView, { show: 'form' }>
  /** The same page without its outcome: the form, where something is left to pay. */
  formHref: string
  slug: string
  token: string
  tenant: Tenant
  invoice: InvoiceView
  locale: Locale
  today: PlainDate
  terms: CheckoutTerms | undefined
  autopay: AutopayFacts | undefined
}

/** How the invoice of this link stands, when there is nothing to fill in. */
export function LinkOutcome({ view, slug, token, tenant, invoice, locale, today, terms, formHref, autopay }: Props) {
  const words = wordsIn(locale)
  const { number } = invoice
  if (view.show === 'void')
    return <DeadEnd title={words('dead.voidTitle', { number })} text={words('dead.voidText', { name: tenant.name })} />
  if (view.show === 'credit')
    return <DeadEnd title={words('dead.creditTitle', { number })} text={words('dead.creditText')} />
  const actions = linkActions(slug, token, locale)
  const rest = <RestToPay invoice={invoice} locale={locale} href={formHref} />
  if (view.show === 'covered')
    return (
      <>
        <NextCheckout screen={coveredScreen(view.use, locale)} actions={actions} />
        {rest}
      </>
    )
  if (view.attempt === undefined)
    return <DeadEnd title={words('dead.settledTitle', { number })} text={words('dead.settledText')} />
  const attempt = attemptForInvoices(view.attempt, [invoice.id])
  const receiptHref = `/m/${slug}/pay/${token}/receipt/${attempt.id}`
  return (
    <>
      <NextCheckout
        screen={outcomeOf({ show: view.show, attempt, tenant, locale, today, terms, receiptHref, autopay })}
        actions={actions}
      />
      {view.show === 'paid' && rest}
    </>
  )
}

/** What a payment in part has left open, and the way to pay that too. */
function RestToPay({ invoice, locale, href }: { invoice: InvoiceView; locale: Locale; href: string }) {
  if (invoice.balance.minor <= 0n) return null
  const words = wordsIn(locale)
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <p className="text-text-2">
        {words('result.rest', { amount: formatMoney(invoice.balance, locale), number: invoice.number })}
      </p>
      <a href={href} className={buttonLook('plain', 'small')}>
        {words('result.payRest')}
      </a>
    </div>
  )
}
