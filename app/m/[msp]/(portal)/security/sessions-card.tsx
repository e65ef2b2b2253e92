import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import { listSessions, type SessionRow } from '@/lib/access/sessions'
import { browserName } from '@/lib/access/user-agent'
import { formatInstant } from '@/messages/date'
import { type Words, wordsIn } from '@/messages/words'
import type { ContactVisitor } from '../visitor'
import { endSession, leaveEverywhere } from './acts'

/** Every browser in which the person is signed in. A stranger among them is put out at once. */
export async function SessionsCard({ visitor }: { visitor: ContactVisitor }) {
  const { actor, tenant, locale } = visitor
  const words = wordsIn(locale)
  const sessions = await listSessions(actor)
  const say = (at: Date) => formatInstant(at, locale, tenant.timeZone)
  return (
    <Card flush title={words('security.sessions')} foot={words('security.limits')}>
      <ul>
        {sessions.map((session) => (
          <li
            key={session.id}
            className="grid gap-3 border-hairline px-4.5 py-4 wide:grid-cols-[1fr_auto] wide:items-center wide:px-6 [&+&]:border-t"
          >
            <div className="grid gap-1">
              <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-medium">
                {nameOf(session, words)}
                {session.isHere && <Badge tone="good">{words('security.here')}</Badge>}
              </p>
              <p className="text-sm text-text-2">
                {[
                  ...(session.address === '' ? [] : [words('security.from', { address: session.address })]),
                  words('security.since', { at: say(session.createdAt) }),
                  words('security.seen', { at: say(session.lastSeenAt) }),
                ].join(' · ')}
              </p>
            </div>
            {!session.isHere && (
              <form action={endSession.bind(null, tenant.slug)}>
                <input type="hidden" name="id" value={session.id} />
                <SubmitButton tone="plain" size="small" busy={words('security.ending')}>
                  {words('security.end')}
                  <span className="sr-only">: {nameOf(session, words)}</span>
                </SubmitButton>
              </form>
            )}
          </li>
        ))}
      </ul>
      <form action={leaveEverywhere.bind(null, tenant.slug)} className="border-hairline border-t px-4.5 py-4 wide:px-6">
        <SubmitButton tone="danger" busy={words('security.ending')}>
          {words('security.leaveEverywhere')}
        </SubmitButton>
      </form>
    </Card>
  )
}

function nameOf({ userAgent }: SessionRow, words: Words): string {
  const { browser, system } = browserName(userAgent)
  if (browser === undefined) return words('security.unknownBrowser')
  return system === undefined ? browser : words('security.browserOn', { browser, system })
}
