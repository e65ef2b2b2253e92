import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { KeyValue } from '@/components/ui/key-value'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Status } from '@/components/ui/status'
import { statusLooks } from '@/components/ui/status-words'
import { SubmitButton } from '@/components/ui/submit-button'
import { SumRow, Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { Timeline } from '@/components/ui/timeline'
import { mayManage, mayReadTrail } from '@/lib/access/actor'
import { isFresh } from '@/lib/access/prove'
import { requireStaff } from '@/lib/access/require-staff'
import { todayIn } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { minus, plus } from '@/lib/money/money'
import type { AttemptView } from '@/lib/payments/attempt'
import { listApprovals } from '@/lib/payments/list-approvals'
import { getPaymentRecord, type PaymentRecord } from '@/lib/reports/payment-record'
import { getTenant } from '@/lib/tenancy/queries'
import { address } from '../../address'
import { bare, cash } from '../../cash'
import { PageFrame } from '../../page-frame'
import { TwoColumns } from '../../two-columns'
import { at } from '../../when'
import { askNow } from './ask-now'
import { readAttempt } from './read-attempt'
import { RefundDialog } from './refund-dialog'
import { SystemsCard } from './systems-card'
import { Told } from './told'
import { TransactionsCard } from './transactions-card'

export const metadata = { title: 'Payment' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ said?: string }> }

export default async function PaymentPage({ params, searchParams }: Props) {
  const actor = await requireStaff()
  const { id } = await params
  const { said } = await searchParams
  const attempt = await readAttempt(id)
  const [record, { timeZone, settings, currency }, waiting] = await Promise.all([
    getPaymentRecord(actor, id, attempt.amount.currency),
    withTenant(actor.tenantId, getTenant),
    listApprovals(actor, id),
  ])
  const { secondPersonAboveMinor } = settings
  const above =
    secondPersonAboveMinor === undefined ? undefined : cash({ minor: BigInt(secondPersonAboveMinor), currency })
  const refundable = mayManage(actor) && ['succeeded', 'part_refunded'].includes(attempt.state)
  return (
    <PageFrame
      crumbs={[{ name: 'Payments', href: '/console/payments' }, { name: attempt.clientName }]}
      acts={
        <>
          <form action={askNow}>
            <input type="hidden" name="id" value={id} />
            <SubmitButton tone="plain" busy="Asking Stripe">
              Ask Stripe now
            </SubmitButton>
          </form>
          {refundable &&
            (isFresh(actor) ? (
              <RefundDialog attempt={refundFacts(attempt)} {...(above === undefined ? {} : { above })} />
            ) : (
              // Asked before the sums are typed, not after.
              <LinkButton tone="danger" href={`/console/confirm?to=/console/payments/${id}`}>
                Refund
              </LinkButton>
            ))}
        </>
      }
    >
      <PageHeader
        title={
          <>
            Payment of <span className="num">{cash(attempt.amount)}</span>
          </>
        }
        sub={
          <>
            <Link href={`/console/clients/${attempt.clientId}`}>{attempt.clientName}</Link>
            {attempt.methodLabel !== undefined && `, ${attempt.methodLabel}`}. Started {at(attempt.createdAt, timeZone)}
            {attempt.paymentIntentId !== undefined && (
              <>
                . Stripe <span className="mono">{attempt.paymentIntentId}</span>
              </>
            )}
          </>
        }
        aside={<Status of="attempt" is={attempt.state} />}
      />
      {said === 'refunded' && (
        <Notice tone="move" role="status">
          The refund is at Stripe. It shows below, and the client hears of it when it has left.
        </Notice>
      )}
      {waiting.map(({ id: approvalId, refund, askedBy, reason }) => (
        <Notice key={approvalId} tone="warn" title="A refund waits for a second person.">
          {askedBy.name} asked for {refund !== undefined && cash(refund.amount)}: {reason}. Nothing is sent until an
          owner or finance person other than {askedBy.name} approves it on <Link href="/console">Today</Link>.
        </Notice>
      ))}
      <Told attempt={attempt} record={record} timeZone={timeZone} />
      <TwoColumns
        main={
          <>
            <InvoicesCard attempt={attempt} record={record} />
            <TransactionsCard transactions={record.transactions} today={todayIn(timeZone)} />
          </>
        }
        side={
          <>
            <Card
              title="How it went"
              aside={
                mayReadTrail(actor) && (
                  <Link href={address('/console/audit', { object: `attempt:${id}` })}>Audit trail</Link>
                )
              }
            >
              <Timeline
                items={record.moves.map(({ to, at: moved }) => {
                  const { word, tone, icon } = statusLooks.attempt[to]
                  return { key: `${to} ${moved.toISOString()}`, icon, tone, title: word, time: at(moved, timeZone) }
                })}
              />
            </Card>
            <SystemsCard record={record} />
          </>
        }
      />
    </PageFrame>
  )
}

function refundFacts(attempt: AttemptView) {
  const { id, amount, surcharge, refunded, methodLabel, clientName } = attempt
  const left = minus(amount, refunded)
  return {
    id,
    clientName,
    methodLabel: methodLabel ?? 'the method it came from',
    currency: amount.currency,
    leftMinor: left.minor.toString(),
    amountMinor: amount.minor.toString(),
    surchargeMinor: surcharge.minor.toString(),
  }
}

function InvoicesCard({ attempt, record }: { attempt: AttemptView; record: PaymentRecord }) {
  const { allocations, surcharge, amount, refunded, fee } = attempt
  const nothing = { ...amount, minor: 0n }
  const pays = allocations.reduce((sum, { amount: part }) => plus(sum, part), nothing)
  const takenBack = record.disputes
    .filter(({ state }) => state !== 'won')
    .reduce((sum, { amount: part }) => plus(sum, part), nothing)
  const fees = record.transactions.reduce((sum, { fee: part }) => plus(sum, part), nothing)
  const isCharged = attempt.succeededAt !== undefined
  return (
    <Card title="What it pays" flush>
      <Table caption="Invoices this payment pays">
        <thead>
          <tr>
            <Th>Invoice</Th>
            <Th num>Amount</Th>
          </tr>
        </thead>
        <Tbody>
          {allocations.map(({ invoiceId, number, amount: part }) => (
            <Tr key={invoiceId}>
              <Td>
                <Link href={`/console/invoices/${invoiceId}`} className="font-medium">
                  {number}
                </Link>
              </Td>
              <Td num>{bare(part)}</Td>
            </Tr>
          ))}
          {surcharge.minor > 0n && (
            <Tr>
              <Td>Surcharge</Td>
              <Td num>{bare(surcharge)}</Td>
            </Tr>
          )}
        </Tbody>
        <tfoot>
          <SumRow>
            <Td>{isCharged ? 'Charged' : 'In all'}</Td>
            <Td num>{cash(plus(pays, surcharge))}</Td>
          </SumRow>
        </tfoot>
      </Table>
      <div className="border-hairline border-t px-4 py-4 wide:px-5">
        <KeyValue
          items={[
            {
              key: 'fee',
              label: 'Stripe’s fees',
              value: record.transactions.length > 0 ? cash(fees) : fee === undefined ? 'Not known yet' : cash(fee),
            },
            { key: 'refunded', label: 'Refunded', value: cash(refunded) },
            ...(takenBack.minor > 0n ? [{ key: 'back', label: 'Taken back by the bank', value: cash(takenBack) }] : []),
            {
              key: 'left',
              label: 'What stays, before fees',
              value: cash(isCharged ? minus(minus(amount, refunded), takenBack) : nothing),
            },
          ]}
        />
      </div>
    </Card>
  )
}
