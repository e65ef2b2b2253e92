import { Download } from 'lucide-react'
import { buttonLook } from '@/components/ui/button-look'
import { Card } from '@/components/ui/card'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import type { InvoiceRow } from '@/lib/billing/invoice'
import { formatMoney } from '@/lib/money/format'
import type { Tenant } from '@/lib/tenancy/tenant'
import { formatDay } from '@/messages/date'
import { type Locale, wordsIn } from '@/messages/words'
import { InvoiceStatusBadge } from '../../(portal)/invoice-status'
import { titleOf } from '../../(portal)/invoice-title'

type Props = {
  tenant: Tenant
  invoices: InvoiceRow[]
  madeAt: Date
  locale: Locale
  today: PlainDate
  /** Where the PDF of one of them is, before its id is named. */
  pdf: string
}

/** Every invoice the link opens, as it stands now: what was paid since it was sent is there too, and says so. */
export function StatementList({ tenant, invoices, madeAt, locale, today, pdf }: Props) {
  if (invoices.length === 0) return null
  const words = wordsIn(locale)
  const since = formatDay(todayIn(tenant.timeZone, madeAt), locale, 'prose', today)
  const isSettledToo = invoices.some(({ balance }) => balance.minor === 0n)
  return (
    <Card
      flush
      title={words('payStatement.listed')}
      {...(isSettledToo ? { foot: words('payStatement.since', { date: since }) } : {})}
    >
      <Table caption={words('payStatement.listed')}>
        <thead>
          <tr>
            <Th>{words('portal.invoice')}</Th>
            <Th wideOnly>{words('portal.due')}</Th>
            <Th wideOnly>{words('portal.status')}</Th>
            <Th num>{words('payStatement.open')}</Th>
            <Th className="w-12">
              <span className="sr-only">{words('pay.pdf')}</span>
            </Th>
          </tr>
        </thead>
        <Tbody>
          {invoices.map((invoice) => {
            const { main, sub } = titleOf(invoice, words('document.creditMemo'), words('portal.invoice'))
            const badge = <InvoiceStatusBadge invoice={invoice} locale={locale} today={today} />
            return (
              <Tr key={invoice.id}>
                <Td>
                  {main}
                  {sub !== undefined && <div className="text-sm text-text-3">{sub}</div>}
                  <div className="mt-1 wide:hidden">{badge}</div>
                </Td>
                <Td wideOnly className="whitespace-nowrap">
                  {formatDay(invoice.dueOn, locale, 'table', today)}
                </Td>
                <Td wideOnly>{badge}</Td>
                <Td num className={invoice.balance.minor === 0n ? 'text-text-3' : 'font-medium'}>
                  {formatMoney(invoice.balance, locale)}
                </Td>
                <Td>
                  <a
                    href={`${pdf}?${new URLSearchParams({ invoice: invoice.id, lang: locale.slice(0, 2) })}`}
                    aria-label={words('payStatement.pdf', { number: invoice.number })}
                    className={buttonLook('quiet', 'icon')}
                  >
                    <Download aria-hidden size={16} />
                  </a>
                </Td>
              </Tr>
            )
          })}
        </Tbody>
      </Table>
    </Card>
  )
}
