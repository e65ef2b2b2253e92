import { CircleCheck } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
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
      <Table caption="Where you are signed in" wide>
        <thead>
          <tr>
            <Th>Browser</Th>
            <Th>From</Th>
            <Th num>Since</Th>
            <Th num>Last seen</Th>
            <Th>
              <span className="sr-only">Acts</span>
            </Th>
          </tr>
        </thead>
        <Tbody>
          {sessions.map((session) => (
            <Tr key={session.id}>
              <Td>
                {nameOf(session)}
                {session.isHere && (
                  <Badge tone="good" icon={CircleCheck} plain className="ml-2">
                    This one
                  </Badge>
                )}
              </Td>
              <Td className="mono">{session.address === '' ? 'not known' : session.address}</Td>
              <Td num>{at(session.createdAt, timeZone)}</Td>
              <Td num>{ago(session.lastSeenAt, now(), timeZone)}</Td>
              <Td>
                {!session.isHere && (
                  <form action={endSession} className="flex justify-end">
                    <input type="hidden" name="id" value={session.id} />
                    <SubmitButton tone="plain" size="small" busy="Ending it">
                      Sign out<span className="sr-only"> of {nameOf(session)}</span>
                    </SubmitButton>
                  </form>
                )}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Card>
  )
}

function nameOf({ userAgent }: SessionRow): string {
  const { browser, system } = browserName(userAgent)
  if (browser === undefined) return 'A browser that does not say its name'
  return system === undefined ? browser : `${browser} on ${system}`
}
