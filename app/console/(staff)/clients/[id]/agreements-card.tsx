import { Card } from '@/components/ui/card'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import type { PlainDate } from '@/lib/base/clock'
import type { AgreementView } from '@/lib/billing/client'
import type { AgreementMethod } from '@/lib/payments/agreement-method'
import { bare } from '../../cash'
import { onDay } from '../../when'

type Props = { agreements: AgreementView[]; paidWith: AgreementMethod[]; today: PlainDate }

/**
 * What the client is billed for, with everything added to it, and what it chose to pay it with. Additions that have ended
 * are said to have.
 */
export function AgreementsCard({ agreements, paidWith, today }: Props) {
  if (agreements.length === 0) return null
  return agreements.map(({ id, name, status, startsOn, endsOn, additions }) => (
    <Card
      key={id}
      title={name}
      aside={
        <span className="text-text-3 text-xs">
          {status}
          {startsOn !== undefined && `, since ${onDay(startsOn, today)}`}
          {endsOn !== undefined && `, until ${onDay(endsOn, today)}`}
        </span>
      }
      flush
    >
      <Chosen of={paidWith.find(({ agreementId }) => agreementId === id)} />
      {additions.length === 0 ? (
        <p className="px-4 py-4 text-sm text-text-3 wide:px-5">A flat sum, without additions.</p>
      ) : (
        <Table caption={`Additions of ${name}`}>
          <thead>
            <tr>
              <Th>Addition</Th>
              <Th wideOnly>From</Th>
              <Th num>Quantity</Th>
              <Th num>Price</Th>
            </tr>
          </thead>
          <Tbody>
            {additions.map(({ description, quantity, unitPrice, effectiveOn, cancelledOn }) => (
              <Tr key={`${description} ${effectiveOn ?? ''} ${cancelledOn ?? ''}`}>
                <Td className={cancelledOn !== undefined && cancelledOn <= today ? 'text-text-3' : ''}>
                  {description}
                  {cancelledOn !== undefined && (
                    <p className="text-text-3 text-xs">
                      {cancelledOn <= today ? 'Ended' : 'Ends'} {onDay(cancelledOn, today)}
                    </p>
                  )}
                </Td>
                <Td wideOnly className="num text-text-2">
                  {effectiveOn === undefined ? '' : onDay(effectiveOn, today)}
                </Td>
                <Td num>{quantity}</Td>
                <Td num>{bare(unitPrice)}</Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </Card>
  ))
}

function Chosen({ of }: { of: AgreementMethod | undefined }) {
  if (of?.chosen === undefined) return null
  const { label, autopayId, isGone } = of.chosen
  return (
    <p className="border-hairline border-b px-4 py-2.5 text-sm text-text-2 wide:px-5">
      The client chose {label} for its invoices
      {autopayId === undefined ? '.' : ', and lets us charge it by ourselves.'}
      {isGone && <span className="text-warn"> It cannot be charged any more.</span>}
    </p>
  )
}
