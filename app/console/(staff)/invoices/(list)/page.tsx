import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { todayIn } from '@/lib/base/clock'
import { type InvoiceFilter, listInvoices } from '@/lib/billing/queries'
import { getShell } from '@/lib/reports/shell'
import { address } from '../../address'
import { FilterTabs } from '../../filter-tabs'
import { MoreRows } from '../../more-rows'
import { PageFrame } from '../../page-frame'
import { SearchField } from '../../search-field'
import { InvoiceTable } from './invoice-table'

export const metadata = { title: 'Invoices' }

const filters = { open: 'Open', overdue: 'Overdue', paid: 'Paid', all: 'All' } as const satisfies Record<
  InvoiceFilter,
  string
>

type Search = { show?: string; q?: string; after?: string; sent?: string; unsent?: string }

export default async function InvoicesPage({ searchParams }: { searchParams: Promise<Search> }) {
  const actor = await requireStaff()
  const { show: asked, q = '', after, sent, unsent } = await searchParams
  const show = isFilter(asked) ? asked : 'open'
  const [{ items, next }, { timeZone }] = await Promise.all([
    listInvoices(actor, { filter: show, search: q, ...(after === undefined ? {} : { after }) }),
    getShell(actor),
  ])
  const here = { show: show === 'open' ? undefined : show, q }
  return (
    <PageFrame crumbs={[{ name: 'Invoices' }]}>
      <PageHeader
        title="Invoices"
        sub="As the PSA wrote them. Select some to send them with a pay link."
        aside={<SearchField path="/console/invoices" label="Client or number" value={q} kept={{ show: here.show }} />}
      />
      {sent !== undefined && <Sent sent={Number(sent)} unsent={Number(unsent ?? 0)} />}
      <FilterTabs
        name="Show"
        tabs={Object.entries(filters).map(([key, name]) => ({
          name,
          href: address('/console/invoices', { show: key === 'open' ? undefined : key, q }),
          here: key === show,
        }))}
      />
      <InvoiceTable
        invoices={items}
        today={todayIn(timeZone)}
        canSend={mayManage(actor)}
        empty={
          q === ''
            ? {
                title: 'No invoices here',
                text: 'Invoices appear when the PSA has been read, and every five minutes after.',
              }
            : { title: `Nothing matches “${q}”`, text: 'Search by the client’s name or the beginning of the number.' }
        }
      />
      <MoreRows
        {...(next === undefined ? {} : { next: address('/console/invoices', { ...here, after: next }) })}
        {...(after === undefined ? {} : { first: address('/console/invoices', here) })}
      />
    </PageFrame>
  )
}

function isFilter(text: string | undefined): text is InvoiceFilter {
  return text !== undefined && text in filters
}

function Sent({ sent, unsent }: { sent: number; unsent: number }) {
  return (
    <Notice tone={unsent > 0 ? 'warn' : 'good'} role="status">
      {sent === 1 ? '1 invoice is being mailed.' : `${sent} invoices are being mailed.`}
      {unsent > 0 &&
        ` ${unsent === 1 ? '1 was' : `${unsent} were`} not: nothing is left to pay, or the client has no address for invoices.`}
    </Notice>
  )
}
