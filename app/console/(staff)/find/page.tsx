import { Search } from 'lucide-react'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { PageHeader } from '@/components/ui/page-header'
import { RowLink } from '@/components/ui/row-link'
import { Table, Tbody, Td, Tr } from '@/components/ui/table'
import { requireStaff } from '@/lib/access/require-staff'
import { todayIn } from '@/lib/base/clock'
import { listClients, listInvoices } from '@/lib/billing/queries'
import { getShell } from '@/lib/reports/shell'
import { cash } from '../cash'
import { InvoiceBadge } from '../invoice-badge'
import { PageFrame } from '../page-frame'
import { SearchField } from '../search-field'

export const metadata = { title: 'Find' }

/** One field for both: a client by name, an invoice by number. */
export default async function FindPage({ searchParams }: { searchParams: Promise<{ q?: string }> }) {
  const actor = await requireStaff()
  const q = ((await searchParams).q ?? '').trim()
  const [clients, invoices, { timeZone }] = await Promise.all([
    q === '' ? { items: [] } : listClients(actor, { search: q }),
    q === '' ? { items: [] } : listInvoices(actor, { search: q }),
    getShell(actor),
  ])
  const isEmpty = clients.items.length + invoices.items.length === 0
  return (
    <PageFrame crumbs={[{ name: 'Find' }]}>
      <PageHeader
        title={q === '' ? 'Find' : `“${q}”`}
        aside={<SearchField path="/console/find" label="Client or invoice number" button="Find" value={q} kept={{}} />}
      />
      {isEmpty && (
        <Card flush>
          <Empty icon={Search} title={q === '' ? 'Type a name or a number' : 'Nothing found'}>
            A part of the client’s name, or the beginning of an invoice’s number.
          </Empty>
        </Card>
      )}
      {clients.items.length > 0 && (
        <Card title="Clients" flush>
          <Table caption="Clients">
            <Tbody>
              {clients.items.slice(0, 10).map(({ id, name, open }) => (
                <Tr key={id} opens>
                  <Td>
                    <RowLink href={`/console/clients/${id}`}>{name}</RowLink>
                  </Td>
                  <Td num>{cash(open)} open</Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        </Card>
      )}
      {invoices.items.length > 0 && (
        <Card title="Invoices" flush>
          <Table caption="Invoices">
            <Tbody>
              {invoices.items.slice(0, 20).map((invoice) => (
                <Tr key={invoice.id} opens>
                  <Td>
                    <RowLink href={`/console/invoices/${invoice.id}`}>{invoice.number}</RowLink>
                    <span className="text-text-3 max-wide:block"> {invoice.clientName}</span>
                    <div className="mt-1 wide:hidden">
                      <InvoiceBadge invoice={invoice} today={todayIn(timeZone)} />
                    </div>
                  </Td>
                  <Td wideOnly>
                    <InvoiceBadge invoice={invoice} today={todayIn(timeZone)} />
                  </Td>
                  <Td num>{cash(invoice.total)}</Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        </Card>
      )}
    </PageFrame>
  )
}
