import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { mayPay } from '@/lib/access/actor'
import { readAutopay } from '@/lib/autopay/read-autopay'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { clientCredit } from '@/lib/billing/client-credit'
import { listInvoices } from '@/lib/billing/queries'
import { money, sum } from '@/lib/money/money'
import { statesInFlight } from '@/lib/payments/attempt'
import { listScheduled } from '@/lib/payments/list-scheduled'
import { readOffer } from '@/lib/payments/payable-invoices'
import { planOrder } from '@/lib/payments/plan-order'
import { listAttempts } from '@/lib/payments/queries'
import { formatDay } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import { BalanceCard } from './balance-card'
import { ComingUp } from './coming-up'
import { InvoiceTable } from './invoice-table'
import { PortalFrame } from './portal-frame'
import { Soon } from './soon'
import { TableSkeleton } from './table-skeleton'
import { openPortal, portalMetadata, type Visitor } from './visitor'

const shownMax = 8

type Props = { params: Promise<{ msp: string }>; searchParams: Promise<{ lang?: string }> }

export const generateMetadata = portalMetadata((words) => words('portal.home'))

/** What is owed, what is late, what is on its way, and one button that settles it. */
export default async function HomePage({ params, searchParams }: Props) {
  const [{ msp }, { lang }] = await Promise.all([params, searchParams])
  const visitor = await openPortal(msp, lang)
  const { tenant, locale, today, person } = visitor
  const words = wordsIn(locale)
  const hour = Number(
    new Intl.DateTimeFormat('en-US', { hour: 'numeric', hourCycle: 'h23', timeZone: tenant.timeZone }).format(now()),
  )
  const greeting = hour < 12 ? 'portal.morning' : hour < 18 ? 'portal.afternoon' : 'portal.evening'
  const first = person.trim().split(/\s+/)[0] ?? ''
  return (
    <PortalFrame visitor={visitor} at="home" path="">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h1 className="h1">{first === '' ? words('portal.welcome') : words(greeting, { name: first })}</h1>
        <p className="text-sm text-text-3">{formatDay(today, locale, 'letter', today)}</p>
      </div>
      <Soon load={() => readBalances(visitor)} fallback={<TableSkeleton rows={8} word={words('portal.loading')} />}>
        {(balances) => <Balances visitor={visitor} {...balances} />}
      </Soon>
    </PortalFrame>
  )
}

async function readBalances({ actor }: Visitor) {
  const [offer, open, flying, scheduled, autopay] = await Promise.all([
    readOffer(actor, undefined),
    listInvoices(actor, { filter: 'open' }),
    listAttempts(actor, { states: [...statesInFlight] }),
    listScheduled(actor, actor.clientId),
    readAutopay(actor, actor.clientId),
  ])
  const credit = await withTenant(actor.tenantId, (tx) => clientCredit(tx, actor.clientId, offer.currency))
  return { offer, open, flying, credit, scheduled, autopay }
}

type BalancesProps = Awaited<ReturnType<typeof readBalances>> & { visitor: Visitor }

function Balances({ visitor, offer, open, flying, credit, scheduled, autopay }: BalancesProps) {
  const { actor, tenant, locale, href } = visitor
  const { currency } = offer
  const words = wordsIn(locale)
  const held = new Set(flying.items.flatMap(({ allocations }) => allocations.map(({ invoiceId }) => invoiceId)))
  // What is set for a date pays itself: it is not among what is to pay now.
  const payable = open.items.filter(({ id, status }) => !held.has(id) && status !== 'scheduled')
  // What is to pay is said in one currency; invoices in another are listed beneath, and not said to be paid with it.
  const inOffer = payable.filter(({ balance }) => balance.currency === currency)
  const toPay = sum(
    offer.invoices.map((one) => one.payable),
    currency,
  )
  const amounts = new Map(offer.invoices.map((one) => [one.invoice.id, one.payable.minor]))
  const payables = offer.invoices.map(({ invoice, payable: { minor } }) => ({
    ...{ ...invoice, invoiceId: invoice.id, payableMinor: minor },
  }))
  const planned = planOrder(payables, { by: 'invoice', amounts }, offer.creditMinor, offer.rules)
  return (
    <>
      <BalanceCard
        visitor={visitor}
        toPay={toPay}
        charge={money(planned.ok ? planned.plan.chargeMinor : toPay.minor, currency)}
        credit={credit}
        isCreditUsed={offer.creditMinor > 0n}
        openCount={inOffer.length}
        overdue={sum(
          inOffer.filter(({ daysOverdue }) => daysOverdue > 0).map(({ balance }) => balance),
          currency,
        )}
        flying={flying.items}
        isWhole={open.next === undefined && scheduled.length === 0 && inOffer.length === payable.length}
        payHref={mayPay(actor) && toPay.minor > 0n ? href('/pay') : undefined}
      />
      <div className="grid items-start gap-4 wide:gap-6 full:grid-cols-[minmax(0,1fr)_336px]">
        <Card
          flush
          title={words('portal.openHeading')}
          aside={
            <Link
              href={href('/invoices')}
              prefetch={false}
              className="py-0.5 font-medium text-sm no-underline hover:underline"
            >
              {words('portal.allInvoices')}
            </Link>
          }
        >
          {open.items.length === 0 ? (
            <Empty title={words('portal.noOpen')}>{words('portal.noOpenText', { name: tenant.name })}</Empty>
          ) : (
            <InvoiceTable items={open.items.slice(0, shownMax)} visitor={visitor} />
          )}
        </Card>
        <ComingUp flying={flying.items} open={payable} scheduled={scheduled} autopay={autopay} visitor={visitor} />
      </div>
    </>
  )
}
