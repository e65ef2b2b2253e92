import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { Status } from '@/components/ui/status'
import type { AttemptView } from '@/lib/payments/attempt'
import { cash } from '../../cash'
import { at } from '../../when'

/** Every try to pay it, newest first. */
export function AttemptsCard({ attempts, timeZone }: { attempts: AttemptView[]; timeZone: string }) {
  if (attempts.length === 0) return null
  return (
    <Card title="Payments" flush>
      <ul className="text-sm">
        {attempts.map(({ id, state, amount, methodLabel, createdAt, failureReason }) => (
          <li
            key={id}
            className="relative grid gap-0.5 border-hairline px-4 py-2.5 not-first:border-t hover:bg-hover wide:px-5"
          >
            <div className="flex items-center justify-between gap-4">
              <Link
                href={`/console/payments/${id}`}
                className="num font-medium text-text no-underline after:absolute after:inset-0 after:content-['']"
              >
                {cash(amount)}
              </Link>
              <Status of="attempt" is={state} plain />
            </div>
            <p className="flex justify-between gap-4 text-text-3 text-xs">
              <span>{failureReason ?? methodLabel ?? 'Method not known'}</span>
              <span className="num">{at(createdAt, timeZone)}</span>
            </p>
          </li>
        ))}
      </ul>
    </Card>
  )
}
