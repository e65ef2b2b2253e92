import { preconnect } from 'react-dom'
import { formScreen } from '@/components/checkout/form-screen'
import { PaymentStatus } from '@/components/checkout/payment-status'
import { Sums } from '@/components/money/sums'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { mayPay } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { billingContact } from '@/lib/billing/queries'
import { formatMoney } from '@/lib/money/format'
import { sum } from '@/lib/money/money'
import { checkoutTerms } from '@/lib/payments/checkout-terms'
import { listMethods } from '@/lib/payments/list-methods'
import { scheduledOn } from '@/lib/payments/list-scheduled'
import { wordsIn } from '@/messages/words'
import { alreadyScheduled } from '../../already-scheduled'
import { NextCheckout } from '../../next-checkout'
import { savedWays, savingFacts } from '../../saving-facts'
import { PortalFrame } from '../portal-frame'
import { openPortal, portalMetadata, type Visitor } from '../visitor'
import { payableInvoices } from './payable'
import { portalActions } from './portal-actions'
import { PortalOutcome } from './portal-outcome'
import { ScheduledOutcome } from './scheduled-outcome'
import { whenFacts } from './when-facts'

type Props = {
  params: Promise<{ msp: string }>
  searchParams: Promise<{ lang?: string; invoice?: string | string[]; attempt?: string; scheduled?: string }>
}

export const generateMetadata = portalMetadata((words) => words('pay.choose'))

/** Pays the invoices the address names, or every open one; afterwards shows how the payment stands. */
export default async function PortalPayPage({ params, searchParams }: Props) {
  const [{ msp }, { lang, invoice, attempt, scheduled }] = await Promise.all([params, searchParams])
  const visitor = await openPortal(msp, lang)
  return (
    <PortalFrame visitor={visitor} at="invoices" path="/pay">
      {scheduled !== undefined ? (
        <ScheduledOutcome visitor={visitor} scheduleId={scheduled} />
      ) : attempt === undefined ? (
        <PayForm visitor={visitor} wanted={invoice === undefined ? undefined : [invoice].flat()} />
      ) : (
        <PortalOutcome visitor={visitor} attemptId={attempt} />
      )}
    </PortalFrame>
  )
}

async function PayForm({ visitor, wanted }: { visitor: Visitor; wanted: string[] | undefined }) {
  const { actor, tenant, locale, today, href } = visitor
  const words = wordsIn(locale)
  const [invoices, saved, { terms, contact }] = await Promise.all([
    payableInvoices(actor, wanted),
    listMethods(actor, actor.clientId),
    withTenant(actor.tenantId, async (tx) => ({
      terms: await checkoutTerms(tx),
      contact: await billingContact(tx, actor.clientId),
    })),
  ])
  const [first] = invoices
  if (first === undefined)
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
  const { currency } = first.balance
  const total = sum(
    invoices.map(({ balance }) => balance),
    currency,
  )
  const numbers = invoices.map(({ number }) => number)
  const ids = invoices.map(({ id }) => id)
  const runOn = await withTenant(actor.tenantId, (tx) => scheduledOn(tx, ids))
  if (terms !== undefined) preconnect(new URL(terms.stripeJsUrl).origin)
  return (
    <div className="grid items-start gap-4 wide:grid-cols-[minmax(0,1fr)_minmax(0,484px)] wide:gap-x-12">
      <PaymentStatus text="" />
      <div className="grid gap-4">
        <div className="grid gap-2">
          <p className="text-text-2">{words('portal.payingFor', { count: numbers.length, number: first.number })}</p>
          <h1 className="amount">{formatMoney(total, locale)}</h1>
        </div>
        <Card>
          <Sums
            locale={locale}
            sums={[
              ...invoices.map(({ id, number, agreementName, balance }) => ({
                key: id,
                label:
                  agreementName === undefined ? `${words('portal.invoice')} ${number}` : `${agreementName}, ${number}`,
                amount: balance,
              })),
              { key: 'total', label: words('portal.toPay'), amount: total, weight: 'total' as const },
            ]}
          />
        </Card>
      </div>
      {!mayPay(actor) ? (
        <Notice>{words('portal.viewerText')}</Notice>
      ) : (
        <NextCheckout
          actions={portalActions(tenant.slug, locale)}
          scheduledPath={`${href('/pay', { after: 'date' })}&scheduled=`}
          resultPath={`${href('/pay', { after: 'payment' })}&attempt=`}
          screen={formScreen({
            ...{ tenant, locale, terms, invoices, currency },
            orderKey: newId(),
            receiptEmail: contact?.email ?? '',
            stillOpen: '',
            saving: savingFacts(visitor, visitor.company, { amount: total, numbers }),
            saved: savedWays(saved, total, visitor),
            scheduled: alreadyScheduled(runOn, locale, today),
            when:
              runOn === undefined
                ? whenFacts(
                    visitor,
                    invoices.map(({ dueOn }) => dueOn),
                  )
                : undefined,
          })}
        />
      )}
    </div>
  )
}
