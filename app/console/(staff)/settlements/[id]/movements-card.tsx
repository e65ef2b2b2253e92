import { CreditCard, Flag, Landmark, type LucideIcon, Percent, Undo2 } from 'lucide-react'
import Link from 'next/link'
import { Fragment } from 'react'
import { Card } from '@/components/ui/card'
import { SumRow, Table, Td, Th } from '@/components/ui/table'
import type { Money } from '@/lib/money/money'
import type { MovementKind, MovementView, PayoutView } from '@/lib/settlement/payout-view'
import { bare } from '../../cash'

/** Every movement of a payout, and under each the invoices it went to or came from. */
export function MovementsCard({ payout: { movements, totals, movementCount, invoiceCount } }: { payout: PayoutView }) {
  return (
    <Card
      title="Down to the invoice"
      aside={
        <span className="text-text-3 text-xs">
          {counted(movementCount, 'movement')}, {counted(invoiceCount, 'invoice')}
        </span>
      }
      flush
    >
      <Table caption="Movements" wide>
        <thead>
          <tr>
            <Th>Movement</Th>
            <Th num>Invoice</Th>
            <Th num>Surcharge</Th>
            <Th num>Fee</Th>
            <Th num>Net</Th>
          </tr>
        </thead>
        <tbody>
          {movements.map((movement) => (
            <Movement key={movement.id} movement={movement} />
          ))}
        </tbody>
        <tfoot>
          <SumRow>
            <Td>Total</Td>
            <Td num>{bare(totals.invoiced)}</Td>
            <Td num>{bare(totals.surcharge)}</Td>
            <Td num>{bare(totals.fee)}</Td>
            <Td num>{bare(totals.net)}</Td>
          </SumRow>
        </tfoot>
      </Table>
    </Card>
  )
}

function Movement({ movement }: { movement: MovementView }) {
  const {
    kind,
    attemptId,
    clientName,
    methodType,
    methodLabel,
    reason,
    isPart,
    invoices,
    invoiced,
    surcharge,
    fee,
    net,
  } = movement
  const Icon = kind === 'payment' ? (methodType === 'card' ? CreditCard : Landmark) : icons[kind]
  const what = [
    kind === 'payment' ? methodLabel : words[kind],
    isPart ? 'part' : undefined,
    reason?.replaceAll('_', ' '),
  ]
  const said = what.filter((word) => word !== undefined).join(', ')
  const several = invoices.length > 1
  return (
    <Fragment>
      <tr className="border-hairline border-t first:border-t-0">
        <Td className="border-b-0 pt-2 pb-1 align-top">
          <span className="grid grid-cols-[16px_1fr] gap-2">
            <Icon aria-hidden size={15} className="mt-0.5 text-text-2" />
            <span>
              {attemptId === undefined ? (
                <b className="font-medium">{clientName ?? words[kind]}</b>
              ) : (
                <Link href={`/console/payments/${attemptId}`} className="font-medium text-text">
                  {clientName}
                </Link>
              )}{' '}
              <span className="text-text-2">{said}</span>
            </span>
          </span>
        </Td>
        <Td num className="border-b-0 pt-2 pb-1 align-top">
          {orDash(invoiced)}
        </Td>
        <Td num className="border-b-0 pt-2 pb-1 align-top">
          {orDash(surcharge)}
        </Td>
        <Td num className="border-b-0 pt-2 pb-1 align-top">
          {orDash(fee)}
        </Td>
        <Td num className="border-b-0 pt-2 pb-0.5 align-top font-semibold">
          {bare(net)}
        </Td>
      </tr>
      {invoices.map(({ id, number, amount }) => (
        <tr key={id}>
          <Td className="border-b-0 pt-0 pb-1 pl-11! wide:pl-11!">
            <Link href={`/console/invoices/${id}`} className="inline-flex min-h-6 items-center">
              {number}
            </Link>
          </Td>
          <Td num className="border-b-0 pt-0 pb-1 text-text-2">
            {several && bare(amount)}
          </Td>
          <Td className="border-b-0" />
          <Td className="border-b-0" />
          <Td className="border-b-0" />
        </tr>
      ))}
    </Fragment>
  )
}

const icons: Record<Exclude<MovementKind, 'payment'>, LucideIcon> = {
  refund: Undo2,
  refund_failed: Undo2,
  return: Undo2,
  dispute: Flag,
  dispute_won: Flag,
  payout_failed: Undo2,
  fee: Percent,
  other: Landmark,
}
const words: Record<MovementKind, string> = {
  payment: 'Payment',
  refund: 'Refund',
  refund_failed: 'Refund that failed',
  return: 'Return',
  dispute: 'Disputed',
  dispute_won: 'Dispute won',
  payout_failed: 'Payout that came back',
  fee: 'Stripe fee',
  other: 'Other movement',
}

function orDash(amount: Money) {
  return amount.minor === 0n ? (
    <span className="text-text-3">
      <span aria-hidden>–</span>
      <span className="sr-only">none</span>
    </span>
  ) : (
    bare(amount)
  )
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
