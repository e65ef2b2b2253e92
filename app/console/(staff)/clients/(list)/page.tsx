import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { PageHeader } from '@/components/ui/page-header'
import { RowLink } from '@/components/ui/row-link'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { requireStaff } from '@/lib/access/require-staff'
import type { ClientRow } from '@/lib/billing/client'
import { listClients } from '@/lib/billing/queries'
import { address } from '../../address'
import { cash } from '../../cash'
import { MoreRows } from '../../more-rows'
import { PageFrame } from '../../page-frame'
import { SearchField } from '../../search-field'

export const metadata = { title: 'Clients' }

export default async function ClientsPage({ searchParams }: { searchParams: Promise<{ q?: string; after?: string }> }) {
  const actor = await requireStaff()
  const { q = '', after } = await searchParams
  const { items, next } = await listClients(actor, { search: q, ...(after === undefined ? {} : { after }) })
  return (
    <PageFrame crumbs={[{ name: 'Clients' }]}>
      <PageHeader
        title="Clients"
        sub="The companies you bill, as the PSA knows them."
        aside={<SearchField path="/console/clients" label="Name" value={q} kept={{}} />}
      />
      <Card flush>
        {items.length === 0 ? (
          q === '' ? (
            <Empty title="No clients yet">
              They appear with the first read of the PSA. Connect it under Connections.
            </Empty>
          ) : (
            <Empty title={`Nobody matches “${q}”`}>Search by a part of the name, or the PSA’s short id.</Empty>
          )
        ) : (
          <Table caption="Clients">
            <thead>
              <tr>
                <Th>Client</Th>
                <Th wideOnly>Short id</Th>
                <Th num wideOnly>
                  Open invoices
                </Th>
                <Th num>Overdue</Th>
                <Th num>Open</Th>
              </tr>
            </thead>
            <Tbody>
              {items.map((client) => (
                <Row key={client.id} client={client} />
              ))}
            </Tbody>
          </Table>
        )}
      </Card>
      <MoreRows
        {...(next === undefined ? {} : { next: address('/console/clients', { q, after: next }) })}
        {...(after === undefined ? {} : { first: address('/console/clients', { q }) })}
      />
    </PageFrame>
  )
}

function Row({ client: { id, name, identifier, open, overdue, openCount, others } }: { client: ClientRow }) {
  const lateElsewhere = others.map((one) => one.overdue).filter(({ minor }) => minor > 0n)
  return (
    <Tr opens>
      <Td>
        <RowLink href={`/console/clients/${id}`}>{name}</RowLink>
      </Td>
      <Td wideOnly className="text-text-3">
        {identifier}
      </Td>
      <Td num wideOnly>
        {others.reduce((count, one) => count + one.openCount, openCount)}
      </Td>
      <Td num>
        {overdue.minor > 0n || lateElsewhere.length > 0 ? (
          [overdue, ...lateElsewhere].map((late) => (
            <p key={late.currency} className={late.minor > 0n ? 'text-bad' : 'text-text-3'}>
              {cash(late)}
            </p>
          ))
        ) : (
          <span className="text-text-3">
            <span aria-hidden>–</span>
            <span className="sr-only">none</span>
          </span>
        )}
      </Td>
      <Td num className="font-medium">
        {cash(open)}
        {others.map((one) => (
          <p key={one.open.currency}>{cash(one.open)}</p>
        ))}
      </Td>
    </Tr>
  )
}
