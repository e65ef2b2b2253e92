import Link from 'next/link'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { browserName } from '@/lib/access/user-agent'
import type { AuditSearch } from '@/lib/reports/audit-filter'
import type { AuditLine } from '@/lib/reports/audit-trail'
import { actorWords, actWords, detailWords, subjectWords } from '@/lib/reports/audit-words'
import { wordsIn } from '@/messages/words'
import { address } from '../address'
import { at } from '../when'

type Props = { lines: AuditLine[]; timeZone: string; currency: string; kept: AuditSearch }

const english = 'en-US'

/** A row each, newest first. Who and what it was about narrow the trail to themselves. */
export function TrailTable({ lines, timeZone, currency, kept }: Props) {
  return (
    <Table caption="Audit trail" scrolls>
      <thead>
        <tr>
          <Th>When</Th>
          <Th>Who and what</Th>
          <Th wideOnly>About</Th>
          <Th wideOnly>Before and after</Th>
          <Th wideOnly>From where</Th>
        </tr>
      </thead>
      <Tbody>
        {lines.map((line) => (
          <Tr key={line.id} className="[&>td]:align-top">
            <Td className="num whitespace-nowrap text-text-2">
              <time dateTime={line.at.toISOString()}>{at(line.at, timeZone)}</time>
            </Td>
            <Td className="[overflow-wrap:anywhere]">
              <Who line={line} kept={kept} /> {actWords(line.action, wordsIn(english))}
              <div className="mt-1 grid gap-1 text-text-2 text-xs wide:hidden">
                <About line={line} />
                <Detail line={line} currency={currency} />
                {(line.address !== null || line.userAgent !== null) && <From line={line} />}
              </div>
            </Td>
            <Td wideOnly className="max-w-[260px] [overflow-wrap:anywhere]">
              <About line={line} />
            </Td>
            <Td wideOnly className="max-w-[300px] text-text-2 [overflow-wrap:anywhere]">
              <Detail line={line} currency={currency} />
            </Td>
            <Td wideOnly className="max-w-[180px] text-text-2">
              <From line={line} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}

function Who({ line, kept }: { line: AuditLine; kept: AuditSearch }) {
  const name = actorWords(line, wordsIn(english))
  if (line.actorId === null || line.actorName === null) return <span className="font-medium">{name}</span>
  return (
    <Link
      href={address('/console/audit', { ...kept, who: `${line.actorKind}:${line.actorId}` })}
      className="font-medium"
      title="Only what they did"
    >
      {name}
    </Link>
  )
}

function About({ line }: { line: AuditLine }) {
  const { subjectKind, subjectId } = line
  const page = pageOf(line)
  const name = subjectWords(line, wordsIn(english))
  return (
    <span className="grid justify-items-start">
      {page === undefined ? (
        name
      ) : (
        <Link href={page} className="inline-flex min-h-6 items-center">
          {name}
        </Link>
      )}
      {subjectKind !== 'tenant' && (
        <Link
          href={address('/console/audit', { object: `${subjectKind}:${subjectId}` })}
          className="inline-flex min-h-6 items-center text-text-3"
        >
          Its trail
        </Link>
      )}
    </span>
  )
}

/** The page of what it was about, where it has one of its own. */
function pageOf({ subjectKind, subjectId, subjectName }: AuditLine): string | undefined {
  if (subjectName === null) return undefined
  switch (subjectKind) {
    case 'invoice':
      return `/console/invoices/${subjectId}`
    case 'attempt':
      return `/console/payments/${subjectId}`
    case 'staff':
      return '/console/settings/team'
    case 'api_key':
      return '/console/settings/api-keys'
    case 'webhook_endpoint':
      return `/console/settings/webhooks/${subjectId}`
    default:
      return undefined
  }
}

function Detail({ line, currency }: { line: AuditLine; currency: string }) {
  const { before, after, rest } = detailWords(line, english, currency)
  return (
    <>
      {rest.map((said) => (
        <span key={said} className="block">
          {said}
        </span>
      ))}
      {before.length > 0 && <span className="block">Before: {before.join(', ')}</span>}
      {after.length > 0 && <span className="block">After: {after.join(', ')}</span>}
    </>
  )
}

function From({ line: { address: from, userAgent } }: { line: AuditLine }) {
  if (from === null && userAgent === null) return <span className="text-text-3">–</span>
  const { browser = 'Unknown browser', system = 'unknown system' } = browserName(userAgent ?? '')
  return (
    <span className="block">
      {from !== null && <span className="num block">{from}</span>}
      {userAgent !== null && <span className="block text-text-3 text-xs">{`${browser}, ${system}`}</span>}
    </span>
  )
}
