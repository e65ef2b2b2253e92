import { Download, Search } from 'lucide-react'
import Link from 'next/link'
import { buttonLook } from '@/components/ui/button-look'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { inputLook } from '@/components/ui/input-look'
import { LinkButton } from '@/components/ui/link-button'
import { mayPay } from '@/lib/access/actor'
import { type InvoiceFilter, type InvoiceList, listInvoices } from '@/lib/billing/queries'
import { wordsIn } from '@/messages/words'
import { InvoiceTable } from '../invoice-table'
import { PortalFrame } from '../portal-frame'
import { Soon } from '../soon'
import { TableSkeleton } from '../table-skeleton'
import { openPortal, portalMetadata, type Visitor } from '../visitor'
import { filterOf, filters } from './filter'

type Props = {
  params: Promise<{ msp: string }>
  searchParams: Promise<{ lang?: string; show?: string; number?: string; after?: string }>
}

export const generateMetadata = portalMetadata((words) => words('portal.invoices'))

/** All invoices, fifty at a time. Filter, search and place live in the address. */
export default async function InvoicesPage({ params, searchParams }: Props) {
  const [{ msp }, { lang, show, number = '', after }] = await Promise.all([params, searchParams])
  const visitor = await openPortal(msp, lang)
  const { actor, locale, href } = visitor
  const words = wordsIn(locale)
  const filter = filterOf(show)
  return (
    <PortalFrame visitor={visitor} at="invoices" path="/invoices">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="h1">{words('portal.invoices')}</h1>
        <a
          href={href('/invoices/csv', { show: filter === 'all' ? undefined : filter, number })}
          className={buttonLook('plain')}
        >
          <Download aria-hidden size={16} />
          {words('portal.csv')}
        </a>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <nav
          aria-label={words('portal.filter')}
          className="inline-flex max-w-full gap-0.5 overflow-x-auto rounded-brand bg-hover p-0.5 shadow-[inset_0_0_0_1px_var(--hairline)]"
        >
          {filters.map((one) => (
            <Link
              key={one}
              prefetch={false}
              href={href('/invoices', { show: one === 'all' ? undefined : one, number })}
              aria-current={one === filter ? 'page' : undefined}
              className="inline-flex min-h-10 items-center whitespace-nowrap rounded-[calc(var(--brand-radius)-2px)] px-4 font-medium text-md text-text-2 no-underline hover:no-underline aria-[current]:bg-surface aria-[current]:text-text aria-[current]:shadow-[var(--shadow-1),0_0_0_1px_var(--hairline-strong)]"
            >
              {words(`portal.filters.${one}`)}
            </Link>
          ))}
        </nav>
        <search>
          <form method="get" action={href('/invoices')} className="flex gap-2">
            {filter !== 'all' && <input type="hidden" name="show" value={filter} />}
            {lang !== undefined && <input type="hidden" name="lang" value={lang} />}
            <span className="relative">
              <Search aria-hidden size={16} className="-mt-2 absolute top-1/2 left-3 text-text-3" />
              <input
                name="number"
                defaultValue={number}
                aria-label={words('portal.search')}
                placeholder={words('portal.search')}
                className={`${inputLook} pl-9 client:pl-9`}
              />
            </span>
            <button type="submit" className={buttonLook('plain')}>
              {words('portal.searchButton')}
            </button>
          </form>
        </search>
      </div>
      <Soon
        load={() => listInvoices(actor, { filter, search: number, ...(after === undefined ? {} : { after }) })}
        fallback={<TableSkeleton rows={8} word={words('portal.loading')} />}
      >
        {(list) => <Invoices {...{ visitor, filter, number, after, list }} />}
      </Soon>
    </PortalFrame>
  )
}

type ListProps = {
  visitor: Visitor
  filter: InvoiceFilter
  number: string
  after: string | undefined
  list: InvoiceList
}

function Invoices({ visitor, filter, number, after, list }: ListProps) {
  const { locale, href } = visitor
  const { items, next } = list
  const words = wordsIn(locale)
  const query = { show: filter === 'all' ? undefined : filter, number }
  return (
    <>
      <Card flush>
        {items.length === 0 ? (
          <Empty title={words('portal.noInvoices')}>{words('portal.noInvoicesText')}</Empty>
        ) : (
          <InvoiceTable items={items} visitor={visitor} canPick={mayPay(visitor.actor)} />
        )}
      </Card>
      {(after !== undefined || next !== undefined) && (
        <nav className="flex justify-end gap-2" aria-label={words('portal.older')}>
          {after !== undefined && <LinkButton href={href('/invoices', query)}>{words('portal.newest')}</LinkButton>}
          {next !== undefined && (
            <LinkButton href={href('/invoices', { ...query, after: next })}>{words('portal.older')}</LinkButton>
          )}
        </nav>
      )}
    </>
  )
}
