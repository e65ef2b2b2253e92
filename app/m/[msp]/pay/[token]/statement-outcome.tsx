import { coveredScreen, statusText } from '@/components/checkout/outcome-screen'
import { PaymentStatus } from '@/components/checkout/payment-status'
import { buttonLook } from '@/components/ui/button-look'
import { Notice } from '@/components/ui/notice'
import type { StatementLinkActor } from '@/lib/access/pay-link'
import type { PlainDate } from '@/lib/base/clock'
import type { CheckoutTerms } from '@/lib/payments/checkout-terms'
import { readCreditUse } from '@/lib/payments/credit-use'
import { getAttempt } from '@/lib/payments/queries'
import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, wordsIn } from '@/messages/words'
import { autopayOffered } from '../../autopay-offered'
import { NextCheckout } from '../../next-checkout'
import { orNotFound } from '../../or-not-found'
import { outcomeOf } from '../../outcome-of'
import { attemptForInvoices, attemptShow } from '../../pay-view'
import { linkActions } from './link-actions'

type Props = {
  slug: string
  token: string
  actor: StatementLinkActor
  attemptId: string
  tenant: Tenant
  locale: Locale
  today: PlainDate
  terms: CheckoutTerms | undefined
  /** The page of the link itself, with what is open after this. */
  homeHref: string
}

/** How one payment of a statement's invoices stands, and the way back to what is left. */
export async function StatementOutcome(props: Props) {
  const { slug, token, actor, attemptId, tenant, locale, today, terms, homeHref } = props
  const words = wordsIn(locale)
  const actions = linkActions(slug, token, locale)
  const back = (
    <p>
      <a href={homeHref} className={buttonLook('plain', 'small')}>
        {words('payStatement.back')}
      </a>
    </p>
  )
  const covered = await readCreditUse(actor, attemptId)
  if (covered !== undefined && covered.invoices.length > 0)
    return (
      <>
        <PaymentStatus text={words('result.status.paid')} />
        <NextCheckout screen={coveredScreen(covered, locale)} actions={actions} />
        {back}
      </>
    )
  const attempt = attemptForInvoices(await orNotFound(getAttempt(actor, attemptId)), actor.invoiceIds)
  const show = attemptShow(attempt)
  const autopay =
    show === 'paid' || show === 'on-its-way'
      ? await autopayOffered(actor, { attemptId }, { tenant, locale, today })
      : undefined
  const receiptHref = `/m/${slug}/pay/${token}/receipt/${attemptId}`
  return (
    <>
      <PaymentStatus text={show === undefined ? '' : statusText(show, locale)} />
      {show === undefined ? (
        <Notice tone="bad" role="alert" title={words('status.attempt.failed')}>
          {attempt.failureReason}
        </Notice>
      ) : (
        <NextCheckout
          screen={outcomeOf({ show, attempt, tenant, locale, today, terms, receiptHref, autopay })}
          actions={actions}
        />
      )}
      {back}
    </>
  )
}
