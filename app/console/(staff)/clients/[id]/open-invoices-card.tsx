import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { RowLink } from '@/components/ui/row-link'
import { SumRow, Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import type { PlainDate } from '@/lib/base/clock'
import type { InvoiceList } from '@/lib/billing/queries'
import { sumPerCurrency } from '@/lib/money/money'
import { address } from '../../address'
import { bare, cash } from '../../cash'
import { InvoiceBadge } from '../../invoice-badge'
import { onDay } from '../../when'

type Props = { list: InvoiceList; clientName: string; today: PlainDate }

export function OpenInvoicesCard({ list: { items, next }, clientName, today }: Props) {
  const sums = sumPerCurrency(items.map(({ balance }) => balance))
  // A cell is bare where one sum in the last row carries the sign of all.
  const cell = sums.length > 1 ? cash : bare
  return (
    <Card
      title="Open invoices"
      aside={
        <Link href={address('/console/invoices', { show: 'all', q: clientName })} className="text-sm">
          All invoices
        </Link>
      }
      flush
    >
      {items.length === 0 ? (
        <Empty title="Nothing is open">Every invoice of this client is paid.</Empty>
      ) : (
        <Table caption="Open invoices">
          <thead>
            <tr>
              <Th>Invoice</Th>
              <Th wideOnly>Due</Th>
              <Th>Status</Th>
              <Th num>Open</Th>
            </tr>
          </thead>
          <Tbody>
            {items.map((invoice) => (
              <Tr key={invoice.id} opens>
                <Td>
                  <RowLink href={`/console/invoices/${invoice.id}`}>{invoice.number}</RowLink>
                  {invoice.agreementName !== undefined && (
                    <p className="text-text-3 text-xs">{invoice.agreementName}</p>
                  )}
                </Td>
                <Td wideOnly className="num text-text-2">
                  {onDay(invoice.dueOn, today)}
                </Td>
                <Td>
                  <InvoiceBadge invoice={invoice} today={today} />
                </Td>
                <Td num className="font-medium">
                  {cell(invoice.balance)}
                </Td>
              </Tr>
            ))}
          </Tbody>
          {next === undefined && (
            <tfoot>
              <SumRow>
                <Td>{items.length === 1 ? '1 invoice' : `${items.length} invoices`}</Td>
                <Td wideOnly />
                <Td />
                <Td num>
                  {sums.map((amount) => (
                    <p key={amount.currency}>{cash(amount)}</p>
                  ))}
                </Td>
              </SumRow>
            </tfoot>
          )}
        </Table>
      )}
    </Card>
  )
}
