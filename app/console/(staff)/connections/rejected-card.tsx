import { Card } from '@/components/ui/card'
import { Count } from '@/components/ui/count'
import type { RejectedView } from '@/lib/reports/sync-health'
import { at } from '../when'

/** Rows we could not read: kept as they came, with the reason. */
export function RejectedCard({ rows, timeZone, name }: { rows: RejectedView[]; timeZone: string; name: string }) {
  if (rows.length === 0) return null
  return (
    <Card
      id="rejected"
      title={
        <span className="flex items-center gap-2">
          Rows we could not read <Count hot>{rows.length}</Count>
        </span>
      }
      flush
      foot={`Correct them in ${name}; they are read again by themselves, and leave this list.`}
    >
      <ul>
        {rows.map(({ id, stream, externalId, reason, raw, lastSeenAt }) => (
          <li key={id} className="border-hairline px-4 py-3 text-sm not-first:border-t wide:px-5">
            <div className="flex flex-wrap justify-between gap-x-4">
              <p className="font-medium">
                {stream} <span className="mono">{externalId}</span>
              </p>
              <p className="num text-text-3 text-xs leading-5">{at(lastSeenAt, timeZone)}</p>
            </div>
            <p className="whitespace-pre-line text-text-2">{reason}</p>
            <details className="mt-1">
              <summary className="text-link">As it came</summary>
              <pre
                // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
                tabIndex={0}
                className="mono mt-1 max-h-80 overflow-auto rounded-sm bg-hover p-3 text-xs"
              >
                {JSON.stringify(raw, null, 2)}
              </pre>
            </details>
          </li>
        ))}
      </ul>
    </Card>
  )
}
