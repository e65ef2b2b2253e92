import { coveredScreen, statusText } from '@/components/checkout/outcome-screen'
import { PaymentStatus } from '@/components/checkout/payment-status'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { withTenant } from '@/lib/base/db'
import { checkoutTerms } from '@/lib/payments/checkout-terms'
import { readCreditUse } from '@/lib/payments/credit-use'
import { getAttempt } from '@/lib/payments/queries'
import { wordsIn } from '@/messages/words'
import { autopayOffered } from '../../autopay-offered'
import { NextCheckout } from '../../next-checkout'
import { orNotFound } from '../../or-not-found'
import { outcomeOf } from '../../outcome-of'
import { attemptShow } from '../../pay-view'
import type { Visitor } from '../visitor'
import { portalActions } from './portal-actions'

/** How a payment of this portal stands; a refused one leads back to the form. */
export async function PortalOutcome({ visitor, attemptId }: { visitor: Visitor; attemptId: string }) {
  const { actor, tenant, locale, today, href } = visitor
  const words = wordsIn(locale)
  const covered = await readCreditUse(actor, attemptId)
  if (covered !== undefined)
    return (
      <div className="mx-auto grid w-full max-w-130 gap-6 wide:py-5">
        <PaymentStatus text={words('result.status.paid')} />
        <NextCheckout screen={coveredScreen(covered, locale)} actions={portalActions(tenant.slug, locale)} />
        <p>
          <LinkButton size="small" href={href('/invoices')}>
            {words('portal.allInvoices')}
          </LinkButton>
        </p>
      </div>
    )
  const [attempt, terms] = await Promise.all([
    orNotFound(getAttempt(actor, attemptId)),
    withTenant(actor.tenantId, checkoutTerms),
  ])
  const show = attemptShow(attempt)
  const autopay =
    show === 'paid' || show === 'on-its-way'
      ? await autopayOffered(actor, { attemptId: attempt.id }, visitor, href('/methods'))
      : undefined
  const receiptHref = href(`/receipts/${attempt.id}/pdf`)
  return (
    <div className="mx-auto grid w-full max-w-130 gap-6 wide:py-5">
      <PaymentStatus text={show === undefined ? '' : statusText(show, locale)} />
      {show === undefined ? (
        <Notice tone="bad" role="alert" title={words('status.attempt.failed')}>
          {attempt.failureReason}
        </Notice>
      ) : (
        <NextCheckout
          screen={outcomeOf({ show, attempt, tenant, locale, today, terms, receiptHref, autopay })}
          actions={portalActions(tenant.slug, locale)}
        />
      )}
      <p>
        <LinkButton size="small" href={href('/invoices')}>
          {words('portal.allInvoices')}
        </LinkButton>
      </p>
    </div>
  )
}
