import { CircleCheck } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import type { SessionRow } from '@/lib/access/sessions'
import { browserName } from '@/lib/access/user-agent'
import { now } from '@/lib/base/clock'
import { ago, at } from '../when'
import { endSession, leaveEverywhere } from './acts'

/** Every browser in which one is signed in. A stranger among them is put out at once. */
export function SessionsCard({ sessions, timeZone }: { sessions: SessionRow[]; timeZone: string }) {
  return (
    <Card
      title="Where you are signed in"
      flush
      aside={
        <form action={leaveEverywhere}>
          <SubmitButton tone="danger" size="small" busy="Signing out">
            Sign out everywhere
          </SubmitButton>
        </form>
      }
      foot="A session ends after one hour without use, and after twelve hours at the latest."
    >
      <ul>
        {sessions.map((session) => (
          <li
            key={session.id}
            className="flex flex-wrap items-center gap-x-3 gap-y-2 border-hairline border-b px-4 py-3 last:border-b-0 wide:px-5"
          >
            <div className="min-w-0 grow">
              <p className="font-medium text-sm">
                {nameOf(session)}
                {session.isHere && (
                  <Badge tone="good" icon={CircleCheck} plain className="ml-2">
                    This one
                  </Badge>
                )}
              </p>
              <p className="text-text-3 text-xs">
                {session.address === '' ? 'Address not known' : session.address}, since{' '}
                {at(session.createdAt, timeZone)}, last seen {ago(session.lastSeenAt, now(), timeZone)}
              </p>
            </div>
            {!session.isHere && (
              <form action={endSession}>
                <input type="hidden" name="id" value={session.id} />
                <SubmitButton tone="plain" size="small" busy="Ending it">
                  Sign out<span className="sr-only"> of {nameOf(session)}</span>
                </SubmitButton>
              </form>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function nameOf({ userAgent }: SessionRow): string {
  const { browser, system } = browserName(userAgent)
  if (browser === undefined) return 'A browser that does not say its name'
  return system === undefined ? browser : `${browser} on ${system}`
}
