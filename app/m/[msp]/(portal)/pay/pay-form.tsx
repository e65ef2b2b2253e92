import { preconnect } from 'react-dom'
import { formScreen } from '@/components/checkout/form-screen'
import { PaymentStatus } from '@/components/checkout/payment-status'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { mayPay } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { billingContact } from '@/lib/billing/queries'
import { checkoutTerms } from '@/lib/payments/checkout-terms'
import { chosenForInvoices } from '@/lib/payments/list-agreement-methods'
import { listMethods } from '@/lib/payments/list-methods'
import { scheduledOn } from '@/lib/payments/list-scheduled'
import { payableNow, readOffer } from '@/lib/payments/payable-invoices'
import { waitingCredit } from '@/lib/payments/waiting-credit'
import { wordsIn } from '@/messages/words'
import { alreadyScheduled } from '../../already-scheduled'
import { NextCheckout } from '../../next-checkout'
import { offeredOf } from '../../offered'
import { orNotFound } from '../../or-not-found'
import { savedWays, savingFacts } from '../../saving-facts'
import type { Visitor } from '../visitor'
import { portalActions } from './portal-actions'
import { whenFacts } from './when-facts'

type Props = {
  visitor: Visitor
  wanted: string[] | undefined
  /** Without it that of the oldest invoice. */
  currency?: string | undefined
  /** Of its heading: 2 where the page has one of its own. */
  level?: 1 | 2
}

/** Pays the invoices the address names, or every open one. */
export async function PayForm({ visitor, wanted, currency, level = 1 }: Props) {
  const Heading = `h${level}` as const
  const { actor, tenant, locale, today, href } = visitor
  const words = wordsIn(locale)
  // An invoice that is named and not theirs is not found, like one that does not exist.
  if (wanted !== undefined) await orNotFound(payableNow(actor, wanted))
  const [offer, saved, { terms, contact }] = await Promise.all([
    readOffer(actor, wanted, currency),
    listMethods(actor, actor.clientId),
    withTenant(actor.tenantId, async (tx) => ({
      terms: await checkoutTerms(tx),
      contact: await billingContact(tx, actor.clientId),
    })),
  ])
  if (offer.invoices.length === 0)
    return (
      <Card>
        <Empty
          title={words('portal.payNothing')}
          action={<LinkButton href={href('/invoices')}>{words('portal.allInvoices')}</LinkButton>}
        >
          {words('portal.payNothingText')}
        </Empty>
      </Card>
    )
  if (terms !== undefined) preconnect(new URL(terms.stripeJsUrl).origin)
  const [first] = offer.invoices
  const ids = offer.invoices.map(({ invoice }) => invoice.id)
  const dueOn = offer.invoices.map(({ invoice }) => invoice.dueOn)
  const [{ runOn, creditMinor }, chosen] = await Promise.all([
    withTenant(actor.tenantId, async (tx) => ({
      runOn: await scheduledOn(tx, ids),
      creditMinor: (await waitingCredit(tx, actor.clientId, offer.currency)).leftMinor,
    })),
    chosenForInvoices(actor, actor.clientId, ids),
  ])
  const mayWait = runOn === undefined && tenant.settings.portal.scheduling
  return (
    <div className="grid gap-4 wide:gap-6">
      <PaymentStatus text="" />
      <Heading className={level === 1 ? 'h1' : 'h2'}>
        {words('portal.payTitle', { count: offer.invoices.length, number: first?.invoice.number ?? '' })}
      </Heading>
      {mayPay(actor) ? (
        <div className={offer.invoices.length === 1 ? 'w-full max-w-130' : ''}>
          <NextCheckout
            actions={portalActions(tenant.slug, locale)}
            scheduledPath={`${href('/pay', { after: 'date' })}&scheduled=`}
            resultPath={`${href('/pay', { after: 'payment' })}&attempt=`}
            screen={formScreen({
              ...{
                tenant,
                locale,
                terms,
                currency: offer.currency,
                creditMinor: offer.creditMinor,
                rules: offer.rules,
              },
              invoices: offeredOf(offer, locale, today),
              orderKey: newId(),
              receiptEmail: contact?.email ?? '',
              stillOpen: '',
              saving: savingFacts(visitor, visitor.company, true),
              saved: savedWays(saved, offer.currency, visitor, chosen),
              scheduled: alreadyScheduled(runOn, locale, today),
              when: mayWait ? whenFacts(visitor, dueOn, creditMinor) : undefined,
            })}
          />
        </div>
      ) : (
        <Notice>{words('portal.viewerText')}</Notice>
      )}
    </div>
  )
}
