import { ArrowDownRight, ArrowUpRight } from 'lucide-react'
import Link from 'next/link'
import { Notice } from '@/components/ui/notice'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { now } from '@/lib/base/clock'
import { listApprovals } from '@/lib/payments/list-approvals'
import { getSyncHealth } from '@/lib/reports/sync-health'
import { getToday, type Today } from '@/lib/reports/today'
import { latestTieOut } from '@/lib/settlement/queries'
import { cash } from '../cash'
import { Figures } from '../figures'
import { PageFrame } from '../page-frame'
import { TieOutCard } from '../tie-out-card'
import { TwoColumns } from '../two-columns'
import { ago, monthOf, onDay } from '../when'
import { ApprovalsCard } from './approvals-card'
import { MoneyOnItsWayCard } from './money-on-its-way-card'
import { NeedsPerson } from './needs-person'

export const metadata = { title: 'Today' }

const decided: Record<string, string> = {
  approved: 'Approved. A refund is at Stripe now; the client hears of it when it has left.',
  declined: 'Declined. Whoever asked sees it in the audit trail, with your reason.',
  withdrawn: 'Taken back. Nothing was sent.',
}

type Props = { searchParams: Promise<{ said?: string }> }

export default async function TodayPage({ searchParams }: Props) {
  const actor = await requireStaff()
  const { said } = await searchParams
  const [today, tieOut, health, approvals] = await Promise.all([
    getToday(actor),
    latestTieOut(actor),
    getSyncHealth(actor),
    listApprovals(actor),
  ])
  const synced = health.lastReadAt === undefined ? undefined : ago(health.lastReadAt, now(), today.timeZone)
  return (
    <PageFrame
      crumbs={[{ name: 'Today' }]}
      acts={
        <p className="text-right text-sm text-text-3">
          {synced !== undefined && <span className="max-wide:hidden">Synced {synced}. </span>}
          <span className="num">{onDay(today.on, today.on)}</span>
        </p>
      }
    >
      <h1 className="sr-only">Today</h1>
      {health.connected < 3 && (
        <Notice tone="move" title="The loop is not closed yet.">
          PSA, Stripe and books must all be connected; {health.connected} of 3 are.{' '}
          <Link href="/console/connections">Go to Connections</Link>
        </Notice>
      )}
      {said !== undefined && Object.hasOwn(decided, said) && (
        <Notice tone="good" role="status">
          {decided[said]}
        </Notice>
      )}
      <Figures name="Where we stand" figures={figuresOf(today)} />
      <TwoColumns
        main={
          <>
            {approvals.length > 0 && <ApprovalsCard approvals={approvals} actor={actor} timeZone={today.timeZone} />}
            <NeedsPerson
              groups={today.needsPerson}
              timeZone={today.timeZone}
              staffId={actor.staffId}
              canManage={mayManage(actor)}
            />
          </>
        }
        side={
          <>
            <MoneyOnItsWayCard way={today.onItsWay} />
            <TieOutCard tieOut={tieOut} timeZone={today.timeZone} />
          </>
        }
      />
    </PageFrame>
  )
}

function figuresOf({ figures, onItsWay, on }: Today) {
  const { collected, throughStripe, overdue, toCollect, daysToPay, daysToPayBefore } = figures
  const share = toCollect.minor === 0n ? 0 : Number((overdue.minor * 1000n) / toCollect.minor) / 10
  return [
    {
      label: `Collected in ${monthOf(on)}`,
      value: cash(collected),
      note: `${cash(throughStripe)} of it through Stripe`,
    },
    {
      label: 'On its way',
      value: cash(onItsWay.total),
      note: `${onItsWay.count === 1 ? '1 bank debit' : `${onItsWay.count} bank debits`}, not counted as paid`,
    },
    { label: 'Overdue', value: cash(overdue), note: `${share.toFixed(1)}% of ${cash(toCollect)} to collect` },
    {
      label: 'Days to pay, weighted',
      value: daysToPay === undefined ? '–' : daysToPay.toFixed(1),
      note: <Trend now={daysToPay} before={daysToPayBefore} month={monthOf(previousMonth(on))} />,
    },
  ]
}

function Trend({ now, before, month }: { now: number | undefined; before: number | undefined; month: string }) {
  if (now === undefined) return 'No invoice was settled this month yet'
  if (before === undefined) return 'Σ amount × days ÷ Σ amount'
  const change = Number(now.toFixed(1)) - Number(before.toFixed(1))
  if (Math.abs(change) < 0.05) return `As in ${month}`
  const fewer = change < 0
  const Icon = fewer ? ArrowDownRight : ArrowUpRight
  return (
    <span className={fewer ? 'text-good' : 'text-warn'}>
      <Icon aria-hidden size={14} className="mr-0.5 inline align-[-2px]" />
      {Math.abs(change).toFixed(1)} {fewer ? 'fewer' : 'more'} than {month}
    </span>
  )
}

function previousMonth(on: string): string {
  const [year = 0, month = 0] = on.split('-').map(Number)
  return month === 1 ? `${year - 1}-12-01` : `${year}-${String(month - 1).padStart(2, '0')}-01`
}
