import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import type { PlainDate } from '@/lib/base/clock'
import type { PaymentRecord } from '@/lib/reports/payment-record'
import { bare } from '../../cash'
import { onDay } from '../../when'

const words: Record<string, string> = {
  charge: 'Payment',
  refund: 'Refund',
  refund_failure: 'Refund that failed',
  dispute: 'Taken back',
  dispute_reversal: 'Dispute won',
  fee: 'Fee',
}

/** Stripe's own book about this payment: gross, fee, net, and the deposit each went into. */
export function TransactionsCard({
  transactions,
  today,
}: {
  transactions: PaymentRecord['transactions']
  today: PlainDate
}) {
  return (
    <Card title="In Stripe’s book" flush>
      {transactions.length === 0 ? (
        <Empty title="Nothing booked yet">
          Stripe books a payment when it has succeeded; we read it within minutes.
        </Empty>
      ) : (
        <Table caption="Balance transactions" wide>
          <thead>
            <tr>
              <Th>Movement</Th>
              <Th num>Gross</Th>
              <Th num>Fee</Th>
              <Th num>Net</Th>
              <Th num>Deposit</Th>
            </tr>
          </thead>
          <Tbody>
            {transactions.map(({ id, category, amount, fee, net, payout, availableOn }) => (
              <Tr key={id}>
                <Td>
                  {words[category] ?? category}
                  <p className="mono text-text-3">{id}</p>
                </Td>
                <Td num>{bare(amount)}</Td>
                <Td num>{bare({ ...fee, minor: -fee.minor })}</Td>
                <Td num className="font-medium">
                  {bare(net)}
                </Td>
                <Td num>
                  {payout === undefined ? (
                    <span className="text-text-3">from {onDay(availableOn, today)}</span>
                  ) : (
                    <Link href={`/console/settlements/${payout.id}`}>{onDay(payout.arrivesOn, today)}</Link>
                  )}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </Card>
  )
}
