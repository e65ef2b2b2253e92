import { CircleCheck, Clock, Download, TriangleAlert } from 'lucide-react'
import { Card } from '@/components/ui/card'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Status } from '@/components/ui/status'
import { SumRow, Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { requireStaff } from '@/lib/access/require-staff'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import { getShell } from '@/lib/reports/shell'
import type { PayoutCheck, PayoutLine, PayoutView } from '@/lib/settlement/payout-view'
import { bare, cash } from '../../cash'
import { PageFrame } from '../../page-frame'
import { TwoColumns } from '../../two-columns'
import { onDay, onDayInFull } from '../../when'
import { PayoutStatus } from '../payout-status'
import { FlowCard } from './flow-card'
import { MovementsCard } from './movements-card'
import { readPayout } from './read-payout'

export const metadata = { title: 'Settlement' }

export default async function SettlementPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireStaff()
  const { id } = await params
  const [payout, { timeZone }] = await Promise.all([readPayout(id), getShell(actor)])
  const { amount, arrivesOn, payoutId, state, posting, checks, movementCount } = payout
  return (
    <PageFrame
      crumbs={[{ name: 'Settlements', href: '/console/settlements' }, { name: onDay(arrivesOn, todayIn(timeZone)) }]}
      acts={
        <LinkButton href={`/console/settlements/${id}/csv`} prefetch={false}>
          <Download aria-hidden size={16} />
          CSV
        </LinkButton>
      }
    >
      <PageHeader
        title={
          <>
            Payout of <span className="num">{cash(amount)}</span>
          </>
        }
        sub={
          <>
            {state === 'paid' ? 'Arrived' : 'Arrives'} {onDayInFull(arrivesOn)}. Stripe{' '}
            <span className="mono">{payoutId}</span>
          </>
        }
        aside={
          <>
            <PayoutStatus state={state} />
            {posting !== undefined && <Status of="posting" is={posting.state} />}
          </>
        }
      />
      {posting?.error !== undefined && (
        <Notice tone={posting.state === 'refused' ? 'bad' : 'warn'} title="Its deposit is not in the books yet.">
          {posting.error}
        </Notice>
      )}
      {movementCount === 0 ? (
        <Notice tone="move" title="Its movements are not listed yet.">
          Stripe lists what is in a payout when it is paid; we read them within minutes.
        </Notice>
      ) : (
        <FlowCard payout={payout} />
      )}
      <TwoColumns
        main={<MovementsCard payout={payout} />}
        side={
          <>
            <LinesCard payout={payout} />
            <ChecksCard checks={checks} arrivesOn={arrivesOn} today={todayIn(timeZone)} />
          </>
        }
      />
    </PageFrame>
  )
}

const why: Record<PayoutLine['why'], string> = {
  payout: 'payout',
  fees: 'fees',
  payments: 'payments',
  surcharges: 'surcharges',
  taken_back: 'returns and refunds',
  surcharges_refunded: 'surcharges refunded',
  disputed: 'disputed',
  given_back: 'came back',
}
const roles: Record<PayoutLine['role'], string> = {
  clearing: 'Clearing',
  bank: 'Bank',
  processor_fees: 'Processor fees',
  receivable: 'Receivable',
  surcharge_income: 'Surcharge income',
  disputed: 'Disputed payments',
  write_offs: 'Bad debts',
}

function LinesCard({ payout: { lines, balanced, posting, amount } }: { payout: PayoutView }) {
  const document =
    posting?.externalId === undefined ? undefined : `${posting.externalKind ?? 'Document'} ${posting.externalId}`
  return (
    <Card
      title="Posting in the books"
      aside={document !== undefined && <span className="font-medium text-sm text-text-2">{document}</span>}
      flush
    >
      <Table caption="Accounts this payout moves" scrolls>
        <thead>
          <tr>
            <Th>Account</Th>
            <Th num>Debit</Th>
            <Th num>Credit</Th>
          </tr>
        </thead>
        <Tbody>
          {lines.map(({ role, account, why: reason, debit, credit }) => (
            <Tr key={`${role} ${reason}`}>
              <Td className={credit === undefined ? '' : 'pl-8! wide:pl-9!'}>
                {account ?? roles[role]}
                <span className="text-text-3">, {why[reason]}</span>
              </Td>
              <Td num>{debit !== undefined && bare(debit)}</Td>
              <Td num>{credit !== undefined && bare(credit)}</Td>
            </Tr>
          ))}
        </Tbody>
        <tfoot>
          <SumRow>
            <Td>Balanced</Td>
            <Td num>{bare(lines.length === 0 ? { ...amount, minor: 0n } : balanced)}</Td>
            <Td num>{bare(lines.length === 0 ? { ...amount, minor: 0n } : balanced)}</Td>
          </SumRow>
        </tfoot>
      </Table>
    </Card>
  )
}

function ChecksCard({ checks, arrivesOn, today }: { checks: PayoutCheck[]; arrivesOn: PlainDate; today: PlainDate }) {
  return (
    <Card title="Checked against">
      <dl className="grid gap-2 text-sm">
        {checks.map(({ against, system, amount, done, of, state }) => (
          <div key={against} className="flex justify-between gap-4">
            <dt className="text-text-3">{nameOf(against, system, onDay(arrivesOn, today))}</dt>
            <dd className="num flex items-center gap-1.5">
              {amount !== undefined ? cash(amount) : done !== undefined && of !== undefined ? `${done} of ${of}` : ''}
              <CheckMark state={state} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

function nameOf(against: PayoutCheck['against'], system: string, day: string): string {
  switch (against) {
    case 'stripe':
      return 'What Stripe lists in it'
    case 'bank':
      return `Bank line, ${day}`
    case 'books':
      return `${system} deposit`
    case 'psa':
      return `${system} write-backs`
  }
}

function CheckMark({ state }: { state: PayoutCheck['state'] }) {
  switch (state) {
    case 'ok':
      return <CircleCheck size={15} className="text-good" aria-label="agrees" />
    case 'waiting':
      return <Clock size={15} className="text-text-3" aria-label="waiting" />
    case 'differs':
      return <TriangleAlert size={15} className="text-bad" aria-label="differs" />
  }
}
