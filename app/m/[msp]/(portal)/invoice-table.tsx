import { RowLink } from '@/components/ui/row-link'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import type { InvoiceRow } from '@/lib/billing/invoice'
import { formatMoney } from '@/lib/money/format'
import { formatDay } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import { InvoiceStatusBadge } from './invoice-status'
import type { Visitor } from './visitor'

/** Invoices in rows that open; on a phone they fold to name, status and amount. */
export function InvoiceTable({ items, visitor }: { items: InvoiceRow[]; visitor: Visitor }) {
  const { locale, today, href } = visitor
  const words = wordsIn(locale)
  return (
    <Table caption={words('portal.invoices')}>
      <thead>
        <tr>
          <Th>{words('portal.invoice')}</Th>
          <Th wideOnly>{words('portal.due')}</Th>
          <Th wideOnly>{words('portal.status')}</Th>
          <Th num>{words('portal.open')}</Th>
        </tr>
      </thead>
      <Tbody>
        {items.map((invoice) => {
          const status = <InvoiceStatusBadge invoice={invoice} locale={locale} today={today} />
          const isSettled = invoice.balance.minor === 0n || invoice.status === 'on_its_way'
          const title = titleOf(invoice, words('document.creditMemo'), words('portal.invoice'))
          return (
            <Tr key={invoice.id} opens>
              <Td>
                <RowLink prefetch={false} href={href(`/invoices/${invoice.id}`)} className="text-brand-text!">
                  {title.main}
                </RowLink>
                {title.sub !== undefined && <div className="text-sm text-text-3">{title.sub}</div>}
                <div className="mt-1 wide:hidden">{status}</div>
              </Td>
              <Td wideOnly className="whitespace-nowrap">
                {formatDay(invoice.dueOn, locale, 'table', today)}
              </Td>
              <Td wideOnly>{status}</Td>
              <Td num className={isSettled ? 'text-text-3' : 'font-medium'}>
                {formatMoney(invoice.balance, locale)}
              </Td>
            </Tr>
          )
        })}
      </Tbody>
    </Table>
  )
}

/** What it is for, and its number; without an agreement the number is the name. */
export function titleOf(
  { kind, number, agreementName }: Pick<InvoiceRow, 'kind' | 'number' | 'agreementName'>,
  creditMemo: string,
  invoice: string,
): { main: string; sub?: string } {
  if (kind === 'credit_memo') return { main: `${creditMemo} ${number}` }
  return agreementName === undefined ? { main: `${invoice} ${number}` } : { main: agreementName, sub: number }
}
