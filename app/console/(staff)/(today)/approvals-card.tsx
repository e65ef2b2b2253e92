import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { Count } from '@/components/ui/count'
import { LinkButton } from '@/components/ui/link-button'
import { mayManage } from '@/lib/access/actor'
import { isFresh } from '@/lib/access/prove'
import type { StaffActor } from '@/lib/access/require-staff'
import { now } from '@/lib/base/clock'
import type { ApprovalView } from '@/lib/payments/approval'
import { cash } from '../cash'
import { age, at } from '../when'
import { ApproveDialog, DeclineDialog, WithdrawForm } from './decide-forms'

type Props = { approvals: ApprovalView[]; actor: StaffActor; timeZone: string }

/** What one person asked for and another decides on. */
export function ApprovalsCard({ approvals, actor, timeZone }: Props) {
  return (
    <Card title="Waits for a second person" flush aside={<Count>{approvals.length}</Count>}>
      <ul>
        {approvals.map((approval) => (
          <li
            key={approval.id}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-2 border-hairline px-4 py-3 text-sm not-first:border-t wide:grid-cols-[minmax(0,1fr)_auto_auto] wide:px-5"
          >
            <div className="grid">
              <p>
                <span className="font-medium">
                  <What approval={approval} />
                </span>{' '}
                <span className="num text-text-3 text-xs">{age(approval.askedAt, now(), timeZone)}</span>
              </p>
              <p className="text-text-2 [overflow-wrap:anywhere]">{approval.reason}</p>
              <p className="text-text-3">
                {approval.askedBy.id === actor.staffId ? 'You asked' : `${approval.askedBy.name} asked`}. It runs out{' '}
                {at(approval.expiresAt, timeZone)}.
              </p>
            </div>
            <p className="num self-start text-right font-medium wide:self-center">
              {approval.refund !== undefined && cash(approval.refund.amount)}
            </p>
            <div className="flex flex-wrap items-center gap-2 max-wide:col-span-2">
              <Acts approval={approval} actor={actor} />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function What({ approval: { refund } }: { approval: ApprovalView }) {
  if (refund === undefined) return 'Change the Stripe account payouts come from'
  return (
    <>
      Refund <Link href={`/console/payments/${refund.attemptId}`}>{refund.clientName}</Link>
    </>
  )
}

function Acts({ approval, actor }: { approval: ApprovalView; actor: StaffActor }) {
  const { id, askedBy, refund } = approval
  if (!mayManage(actor)) return <span className="text-text-3">An owner or finance decides</span>
  if (askedBy.id === actor.staffId) return <WithdrawForm id={id} />
  // Asked before the sums are read, not after.
  if (!isFresh(actor)) return <LinkButton href="/console/confirm?to=/console">Decide</LinkButton>
  return (
    <>
      <DeclineDialog id={id} askerName={askedBy.name} />
      <ApproveDialog
        id={id}
        askerName={askedBy.name}
        reason={approval.reason}
        {...(refund === undefined
          ? {}
          : {
              refund: {
                amount: cash(refund.amount),
                clientName: refund.clientName,
                methodLabel: refund.methodLabel,
              },
            })}
      />
    </>
  )
}
