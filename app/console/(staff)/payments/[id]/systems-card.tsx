import { Card } from '@/components/ui/card'
import { Status } from '@/components/ui/status'
import type { PaymentRecord } from '@/lib/reports/payment-record'
import { cash } from '../../cash'

/** Where else this payment stands, and whether it stands there as it should. */
export function SystemsCard({ record: { writeBacks, postings, refunds } }: { record: PaymentRecord }) {
  const isEmpty = writeBacks.length + postings.length + refunds.length === 0
  return (
    <Card title="Written elsewhere" flush>
      <ul className="text-sm">
        {isEmpty && (
          <li className="px-4 py-4 text-text-3 wide:px-5">
            PSA and books are told when the payment has succeeded, not before.
          </li>
        )}
        {writeBacks.map(({ id, number, state, amount, externalId, error }) => (
          <Line
            key={id}
            what={`PSA, invoice ${number}`}
            detail={externalId === undefined ? error : `Payment ${externalId}`}
            amount={cash(amount)}
            status={<Status of="sync" is={state} plain />}
          />
        ))}
        {postings.map(({ id, kind, state, amount, externalKind, externalId, error }) => (
          <Line
            key={id}
            what={`Books, ${kind}`}
            detail={error ?? (externalId === undefined ? undefined : `${externalKind ?? 'Document'} ${externalId}`)}
            amount={cash(amount)}
            status={<Status of="posting" is={state} plain />}
          />
        ))}
        {refunds.map(({ id, state, amount, reason, failureReason }) => (
          <Line
            key={id}
            what="Refund"
            detail={failureReason ?? reason}
            amount={cash(amount)}
            status={
              <Status
                of="attempt"
                is={
                  state === 'succeeded'
                    ? 'refunded'
                    : state === 'failed'
                      ? 'failed'
                      : state === 'unknown'
                        ? 'unknown'
                        : 'processing'
                }
                plain
              >
                {state === 'failed' ? 'Not made' : undefined}
              </Status>
            }
          />
        ))}
      </ul>
    </Card>
  )
}

function Line(props: { what: string; detail: string | undefined; amount: string; status: React.ReactNode }) {
  const { what, detail, amount, status } = props
  return (
    <li className="grid grid-cols-[1fr_auto] gap-x-4 border-hairline px-4 py-2.5 not-first:border-t wide:px-5">
      <span className="font-medium">{what}</span>
      <span className="num text-right">{amount}</span>
      <span className="min-w-0 text-text-3 text-xs [overflow-wrap:anywhere]">{detail}</span>
      <span className="text-right">{status}</span>
    </li>
  )
}
