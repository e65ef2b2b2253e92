import { CircleCheck, CircleQuestionMark, OctagonX, TriangleAlert } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import type { Finding } from '@/lib/mail/sender/records'
import { CopyField } from '../../copy-field'

const states = {
  good: { word: 'In order', tone: 'good', icon: CircleCheck },
  warn: { word: 'Could be better', tone: 'warn', icon: TriangleAlert },
  bad: { word: 'Needs you', tone: 'bad', icon: OctagonX },
  unknown: { word: 'Not known', tone: 'gray', icon: CircleQuestionMark },
} as const

type Props = { name: string; about: string; finding: Finding }

/** One of the records: what stands there, what follows from it, what to put there. */
export function FindingRow({ name, about, finding: { state, says, published, wanted } }: Props) {
  const { word, tone, icon } = states[state]
  return (
    <li className="grid gap-3 border-hairline border-b px-4 py-4 wide:px-5">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h3 className="text-sm">
          <span className="font-semibold text-text">{name}</span> <span className="text-text-3">{about}</span>
        </h3>
        <Badge tone={tone} icon={icon}>
          {word}
        </Badge>
      </div>
      <div className="grid gap-1 text-sm text-text-2">
        {says.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      {published.length > 0 && (
        <dl className="grid gap-2 text-xs">
          {published.map((record, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a name may hold the same record twice
            <div key={at} className="grid gap-0.5">
              <dt className="text-text-3">
                Published at <span className="mono break-all">{record.name}</span>
              </dt>
              <dd className="mono break-all text-text-2">{record.value}</dd>
            </div>
          ))}
        </dl>
      )}
      {wanted !== undefined && (
        <div className="grid gap-2 rounded-md border border-hairline bg-sunken p-3 text-sm">
          <p className="text-text-2">
            {published.length === 0 ? 'Add a TXT record at ' : 'Put this TXT record in its place, at '}
            <span className="mono break-all text-text">{wanted.name}</span>
          </p>
          <CopyField label={`${name} record to publish`} value={wanted.value} />
        </div>
      )}
    </li>
  )
}
