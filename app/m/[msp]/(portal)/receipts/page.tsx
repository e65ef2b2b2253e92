import { ReceiptText } from 'lucide-react'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { LinkButton } from '@/components/ui/link-button'
import { RowLink } from '@/components/ui/row-link'
import { Status } from '@/components/ui/status'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { todayIn } from '@/lib/base/clock'
import { receiptNumber } from '@/lib/documents/receipt-number'
import { formatMoney } from '@/lib/money/format'
import type { AttemptView } from '@/lib/payments/attempt'
import { listAttempts } from '@/lib/payments/queries'
import { formatDay } from '@/messages/date'
import { methodName } from '@/messages/method-name'
import { listOf, wordsIn } from '@/messages/words'
import { PortalFrame } from '../portal-frame'
import { receiptStates } from '../receipt-states'
import { Soon } from '../soon'
import { TableSkeleton } from '../table-skeleton'
import { openPortal, portalMetadata, type Visitor } from '../visitor'

type Props = { params: Promise<{ msp: string }>; searchParams: Promise<{ lang?: string; after?: string }> }

export const generateMetadata = portalMetadata((words) => words('portal.receipts'))

/** Every payment that went through, the latest first, fifty at a time. */
export default async function ReceiptsPage({ params, searchParams }: Props) {
  const [{ msp }, { lang, after }] = await Promise.all([params, searchParams])
  const visitor = await openPortal(msp, lang)
  const words = wordsIn(visitor.locale)
  const from = cursorOf(after)
  return (
    <PortalFrame visitor={visitor} at="receipts" path="/receipts">
      <h1 className="h1">{words('portal.receipts')}</h1>
      <Soon
        load={() =>
          listAttempts(visitor.actor, {
            states: [...receiptStates],
            ...(from === undefined ? {} : { after: from }),
          })
        }
        fallback={<TableSkeleton rows={6} word={words('portal.loading')} />}
      >
        {({ items, next }) => <Receipts {...{ visitor, after, items, next }} />}
      </Soon>
    </PortalFrame>
  )
}

type ListProps = {
  visitor: Visitor
  after: string | undefined
  items: AttemptView[]
  next: { createdAt: string; id: string } | undefined
}

function Receipts({ visitor, after, items, next }: ListProps) {
  const { locale, today, tenant, href } = visitor
  const words = wordsIn(locale)
  return (
    <>
      <Card flush>
        {items.length === 0 ? (
          <Empty icon={ReceiptText} title={words('portal.noReceipts')}>
            {words('portal.noReceiptsText')}
          </Empty>
        ) : (
          <Table caption={words('portal.receipts')}>
            <thead>
              <tr>
                <Th>{words('portal.receipt')}</Th>
                <Th wideOnly>{words('portal.paidOn')}</Th>
                <Th wideOnly>{words('portal.paidBy')}</Th>
                <Th wideOnly>{words('portal.status')}</Th>
                <Th num>{words('portal.amount')}</Th>
              </tr>
            </thead>
            <Tbody>
              {items.map((attempt) => {
                const paidOn = todayIn(tenant.timeZone, attempt.succeededAt ?? attempt.stateAt)
                const day = formatDay(paidOn, locale, 'table', today)
                const numbers = attempt.allocations.map(({ number }) => number)
                return (
                  <Tr key={attempt.id} opens>
                    <Td>
                      <RowLink prefetch={false} href={href(`/receipts/${attempt.id}`)}>
                        {receiptNumber(attempt.id)}
                      </RowLink>
                      <div className="text-sm text-text-3">
                        {words('portal.invoiceNumbers', { count: numbers.length, numbers: listOf(numbers, locale) })}
                      </div>
                      <div className="text-sm text-text-3 wide:hidden">{day}</div>
                    </Td>
                    <Td wideOnly className="whitespace-nowrap">
                      {day}
                    </Td>
                    <Td wideOnly>{attempt.methodLabel && methodName(attempt.methodLabel, locale)}</Td>
                    <Td wideOnly>
                      <Status of="attempt" is={attempt.state}>
                        {words(`status.attempt.${attempt.state}`)}
                      </Status>
                    </Td>
                    <Td num className="font-medium">
                      {formatMoney(attempt.amount, locale)}
                    </Td>
                  </Tr>
                )
              })}
            </Tbody>
          </Table>
        )}
      </Card>
      {(after !== undefined || next !== undefined) && (
        <nav className="flex justify-end gap-2" aria-label={words('portal.older')}>
          {after !== undefined && <LinkButton href={href('/receipts')}>{words('portal.newest')}</LinkButton>}
          {next !== undefined && (
            <LinkButton href={href('/receipts', { after: `${next.createdAt}_${next.id}` })}>
              {words('portal.older')}
            </LinkButton>
          )}
        </nav>
      )}
    </>
  )
}

/** `time_id`; nothing for an address somebody made up. */
function cursorOf(after: string | undefined): { createdAt: string; id: string } | undefined {
  const [, createdAt, id] = /^(\d{4}-\d{2}-\d{2}T[\d:.]+Z)_([0-9a-f-]{36})$/.exec(after ?? '') ?? []
  return createdAt === undefined || id === undefined ? undefined : { createdAt, id }
}
