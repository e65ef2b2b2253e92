import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { readAutopay } from '@/lib/autopay/read-autopay'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { clientCredits } from '@/lib/billing/client-credit'
import { listInvoices } from '@/lib/billing/queries'
import { statesInFlight } from '@/lib/payments/attempt'
import { listScheduled } from '@/lib/payments/list-scheduled'
import { readOffer } from '@/lib/payments/payable-invoices'
import { listAttempts } from '@/lib/payments/queries'
import { formatDay } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import { BalanceIn } from './balance-in'
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
  const credits = await withTenant(actor.tenantId, (tx) => clientCredits(tx, actor.clientId))
  const amounts = [...open.items.map(({ balance }) => balance), ...flying.items.map(({ amount }) => amount), ...credits]
  const others = new Set(amounts.map(({ currency }) => currency).filter((currency) => currency !== offer.currency))
  // Billed in one currency, seldom in two.
  const offers = [offer, ...(await Promise.all([...others].sort().map((one) => readOffer(actor, undefined, one))))]
  return { offers, open, flying, credits, scheduled, autopay }
}

type BalancesProps = Awaited<ReturnType<typeof readBalances>> & { visitor: Visitor }

function Balances({ visitor, offers, open, flying, credits, scheduled, autopay }: BalancesProps) {
  const { tenant, locale, href } = visitor
  const words = wordsIn(locale)
  const held = new Set(flying.items.flatMap(({ allocations }) => allocations.map(({ invoiceId }) => invoiceId)))
  // What is set for a date pays itself: it is not among what is to pay now.
  const payable = open.items.filter(({ id, status }) => !held.has(id) && status !== 'scheduled')
  return (
    <>
      {offers.map((offer, at) => (
        <BalanceIn
          key={offer.currency}
          {...{ visitor, offer, payable, credits }}
          flying={flying.items}
          isOnly={offers.length === 1}
          isWhole={open.next === undefined && scheduled.length === 0 && offers.length === 1}
          payHref={href('/pay', at === 0 ? {} : { currency: offer.currency })}
        />
      ))}
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
