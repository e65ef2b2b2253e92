import Link from 'next/link'
import { Notice } from '@/components/ui/notice'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { now } from '@/lib/base/clock'
import { listApprovals } from '@/lib/payments/list-approvals'
import { getSyncHealth } from '@/lib/reports/sync-health'
import { getToday } from '@/lib/reports/today'
import { latestTieOut } from '@/lib/settlement/queries'
import { Figures } from '../figures'
import { PageFrame } from '../page-frame'
import { TieOutCard } from '../tie-out-card'
import { TwoColumns } from '../two-columns'
import { ago, onDay } from '../when'
import { ApprovalsCard } from './approvals-card'
import { MoneyOnItsWayCard } from './money-on-its-way-card'
import { NeedsPerson } from './needs-person'
import { standingFigures } from './standing-figures'

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
      <Figures name="Where we stand" figures={standingFigures(today)} />
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
            <MoneyOnItsWayCard way={today.onItsWay} title="Money on its way" />
            {today.others.map(
              ({ onItsWay }) =>
                onItsWay.count > 0 && (
                  <MoneyOnItsWayCard
                    key={onItsWay.total.currency}
                    way={onItsWay}
                    title={`On its way in ${onItsWay.total.currency}`}
                  />
                ),
            )}
            <TieOutCard tieOut={tieOut} timeZone={today.timeZone} />
          </>
        }
      />
    </PageFrame>
  )
}
