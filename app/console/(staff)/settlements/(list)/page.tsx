import { z } from 'zod'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { PageHeader } from '@/components/ui/page-header'
import { RowLink } from '@/components/ui/row-link'
import { Status } from '@/components/ui/status'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { requireStaff } from '@/lib/access/require-staff'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import { getShell } from '@/lib/reports/shell'
import type { PayoutItem } from '@/lib/settlement/payout-view'
import { listPayouts } from '@/lib/settlement/queries'
import { address } from '../../address'
import { bare, cash } from '../../cash'
import { readCursor, writeCursor } from '../../cursor'
import { MoreRows } from '../../more-rows'
import { PageFrame } from '../../page-frame'
import { onDay } from '../../when'
import { PayoutStatus } from '../payout-status'

export const metadata = { title: 'Settlements' }

const After = z.object({ at: z.iso.date(), id: z.uuid() })

export default async function SettlementsPage({ searchParams }: { searchParams: Promise<{ after?: string }> }) {
  const actor = await requireStaff()
  const after = readCursor(After, (await searchParams).after)
  const [{ items, next }, { timeZone }] = await Promise.all([
    listPayouts(actor, after === undefined ? {} : { after }),
    getShell(actor),
  ])
  const today = todayIn(timeZone)
  return (
    <PageFrame crumbs={[{ name: 'Settlements' }]}>
      <PageHeader
        title="Settlements"
        sub="Each Stripe payout is one line on your bank statement and one deposit in the books."
      />
      <Card flush>
        {items.length === 0 ? (
          <Empty title="No payouts yet">
            Stripe pays out on its schedule, two banking days after the first payment.
          </Empty>
        ) : (
          <Table caption="Payouts">
            <thead>
              <tr>
                <Th>Arrives</Th>
                <Th wideOnly>Stripe’s id</Th>
                <Th>Bank</Th>
                <Th wideOnly>Books</Th>
                <Th num wideOnly>
                  Movements
                </Th>
                <Th num wideOnly>
                  Fees
                </Th>
                <Th num>Amount</Th>
              </tr>
            </thead>
            <Tbody>
              {items.map((payout) => (
                <Row key={payout.id} payout={payout} today={today} />
              ))}
            </Tbody>
          </Table>
        )}
      </Card>
      <MoreRows
        {...(next === undefined ? {} : { next: address('/console/settlements', { after: writeCursor(next) }) })}
        {...(after === undefined ? {} : { first: '/console/settlements' })}
      />
    </PageFrame>
  )
}

function Row({ payout, today }: { payout: PayoutItem; today: PlainDate }) {
  const { id, payoutId, state, amount, arrivesOn, movementCount, fees, isComplete, deposit } = payout
  return (
    <Tr opens>
      <Td>
        <RowLink href={`/console/settlements/${id}`} className="num">
          {onDay(arrivesOn, today)}
        </RowLink>
      </Td>
      <Td wideOnly className="mono text-text-2">
        {payoutId}
      </Td>
      <Td>
        <PayoutStatus state={state} />
      </Td>
      <Td wideOnly>
        {deposit !== undefined ? (
          <Status of="posting" is={deposit.state} />
        ) : state === 'paid' && !isComplete ? (
          <Badge tone="warn">Not complete</Badge>
        ) : (
          <span className="text-text-3">–</span>
        )}
      </Td>
      <Td num wideOnly>
        {movementCount}
      </Td>
      <Td num wideOnly>
        {bare(fees)}
      </Td>
      <Td num className="font-medium">
        {cash(amount)}
      </Td>
    </Tr>
  )
}
