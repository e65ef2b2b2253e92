import type { PlainDate } from '@/lib/base/clock'
import type { InvoiceView } from '@/lib/billing/invoice'
import type { CheckoutTerms } from '@/lib/payments/checkout-terms'
import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, wordsIn } from '@/messages/words'
import { NextCheckout } from '../../next-checkout'
import { outcomeOf } from '../../outcome-of'
import { attemptForInvoice, type PayView } from '../../pay-view'
import { DeadEnd } from './dead-link'
import { linkActions } from './link-actions'

type Props = {
  view: Exclude<PayView, { show: 'form' }>
  slug: string
  token: string
  tenant: Tenant
  invoice: InvoiceView
  locale: Locale
  today: PlainDate
  terms: CheckoutTerms | undefined
}

/** How the invoice of this link stands, when there is nothing to fill in. */
export function LinkOutcome({ view, slug, token, tenant, invoice, locale, today, terms }: Props) {
  const words = wordsIn(locale)
  const { number } = invoice
  if (view.show === 'void')
    return <DeadEnd title={words('dead.voidTitle', { number })} text={words('dead.voidText', { name: tenant.name })} />
  if (view.show === 'credit')
    return <DeadEnd title={words('dead.creditTitle', { number })} text={words('dead.creditText')} />
  if (view.attempt === undefined)
    return <DeadEnd title={words('dead.settledTitle', { number })} text={words('dead.settledText')} />
  const attempt = attemptForInvoice(view.attempt, invoice.id)
  const receiptHref = `/m/${slug}/pay/${token}/receipt/${attempt.id}`
  return (
    <NextCheckout
      screen={outcomeOf({ show: view.show, attempt, tenant, locale, today, terms, receiptHref })}
      actions={linkActions(slug, token, locale)}
    />
  )
}
