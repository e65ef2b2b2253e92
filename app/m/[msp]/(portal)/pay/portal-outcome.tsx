import { PaymentStatus } from '@/components/checkout/payment-status'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { withTenant } from '@/lib/base/db'
import { type AttemptView, isInFlight } from '@/lib/payments/attempt'
import { checkoutTerms } from '@/lib/payments/checkout-terms'
import { getAttempt } from '@/lib/payments/queries'
import { wordsIn } from '@/messages/words'
import { orNotFound } from '../../or-not-found'
import { flightView } from '../../pay-view'
import { type Outcome, PaymentOutcome, statusText } from '../../payment-outcome'
import type { Visitor } from '../visitor'
import { refresh, resume, verify } from './actions'

/** How a payment of this portal stands; a refused one leads back to the form. */
export async function PortalOutcome({ visitor, attemptId }: { visitor: Visitor; attemptId: string }) {
  const { actor, tenant, locale, today, href } = visitor
  const words = wordsIn(locale)
  const [attempt, terms] = await Promise.all([
    orNotFound(getAttempt(actor, attemptId)),
    withTenant(actor.tenantId, checkoutTerms),
  ])
  const show = outcomeOf(attempt)
  return (
    <div className="mx-auto grid w-full max-w-130 gap-6 wide:py-5">
      <PaymentStatus text={show === undefined ? '' : statusText(show, locale)} />
      {show === undefined ? (
        <Notice tone="bad" role="alert" title={words('status.attempt.failed')}>
          {attempt.failureReason}
        </Notice>
      ) : (
        <PaymentOutcome
          {...{ show, attempt, tenant, locale, today, terms }}
          receiptHref={href(`/receipts/${attempt.id}/pdf`)}
          actions={{
            ask: refresh.bind(null, tenant.slug, locale, attempt.id),
            resume: resume.bind(null, tenant.slug, attempt.id),
            verify: verify.bind(null, tenant.slug, attempt.id),
          }}
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

function outcomeOf(attempt: AttemptView): Outcome | undefined {
  if (isInFlight(attempt.state)) return flightView(attempt)
  return attempt.succeededAt !== undefined && attempt.state !== 'returned' ? 'paid' : undefined
}
