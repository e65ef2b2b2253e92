import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { RowLink } from '@/components/ui/row-link'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { Tick } from '@/components/ui/tick'
import type { PlainDate } from '@/lib/base/clock'
import type { InvoiceRow } from '@/lib/billing/invoice'
import { cash } from '../../cash'
import { InvoiceBadge } from '../../invoice-badge'
import { onDay } from '../../when'
import { SelectionBar } from './selection-bar'
import { sendSelected } from './send-selected'

type Props = {
  invoices: InvoiceRow[]
  today: PlainDate
  canSend: boolean
  empty: { title: string; text: string }
}

/** The list, in a form: what is ticked can be sent. The count and the sum of it are told before. */
export function InvoiceTable({ invoices, today, canSend, empty }: Props) {
  if (invoices.length === 0)
    return (
      <Card flush>
        <Empty title={empty.title}>{empty.text}</Empty>
      </Card>
    )
  return (
    <form action={sendSelected} className="grid gap-3">
      <Card flush>
        <Table caption="Invoices">
          <thead>
            <tr>
              {canSend && (
                <Th className="w-9 pr-0!">
                  <span className="sr-only">Select</span>
                </Th>
              )}
              <Th>Invoice</Th>
              <Th wideOnly>Client</Th>
              <Th wideOnly>Issued</Th>
              <Th wideOnly>Due</Th>
              <Th wideOnly>Status</Th>
              <Th num wideOnly>
                Total
              </Th>
              <Th num>Open</Th>
            </tr>
          </thead>
          <Tbody>
            {invoices.map((invoice) => (
              <Row key={invoice.id} invoice={invoice} today={today} canSend={canSend} />
            ))}
          </Tbody>
        </Table>
      </Card>
      {canSend && <SelectionBar />}
    </form>
  )
}

function Row({ invoice, today, canSend }: { invoice: InvoiceRow; today: PlainDate; canSend: boolean }) {
  const { id, number, clientName, agreementName, issuedOn, dueOn, total, balance, kind } = invoice
  const isOpen = kind === 'invoice' && balance.minor > 0n
  return (
    <Tr opens className="has-[input:checked]:bg-selected">
      {canSend && (
        <Td className="pr-0!">
          {isOpen && (
            <Tick
              name="id"
              value={id}
              aria-label={`Select invoice ${number}, ${cash(balance)}`}
              data-minor={balance.minor.toString()}
              data-currency={balance.currency}
              className="z-[1]"
            />
          )}
        </Td>
      )}
      <Td>
        <RowLink href={`/console/invoices/${id}`}>{number}</RowLink>
        <p className="text-text-3 text-xs wide:hidden">{clientName}</p>
        <p className="mt-1 wide:hidden">
          <InvoiceBadge invoice={invoice} today={today} />
        </p>
        {agreementName !== undefined && <p className="text-text-3 text-xs max-wide:hidden">{agreementName}</p>}
      </Td>
      <Td wideOnly>{clientName}</Td>
      <Td wideOnly className="num text-text-2">
        {onDay(issuedOn, today)}
      </Td>
      <Td wideOnly className="num text-text-2">
        {onDay(dueOn, today)}
      </Td>
      <Td wideOnly>
        <InvoiceBadge invoice={invoice} today={today} />
      </Td>
      <Td num wideOnly className="text-text-2">
        {cash(total)}
      </Td>
      <Td num className="font-medium">
        {cash(balance)}
      </Td>
    </Tr>
  )
}
