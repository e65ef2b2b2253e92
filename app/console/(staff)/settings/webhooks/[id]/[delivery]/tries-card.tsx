import { CircleCheck, CircleX, Clock } from 'lucide-react'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Timeline } from '@/components/ui/timeline'
import type { TryRow } from '@/lib/webhooks/read-deliveries'
import { at } from '../../../../when'

/** Each try with what came back, newest first. */
export function TriesCard({ tries, timeZone }: { tries: TryRow[]; timeZone: string }) {
  return (
    <Card title="Tries">
      {tries.length === 0 ? (
        <Empty icon={Clock} title="Not tried yet">
          The first try follows within seconds.
        </Empty>
      ) : (
        <Timeline
          items={tries.map((one) => ({
            key: String(one.number),
            icon: one.error === null ? CircleCheck : CircleX,
            tone: one.error === null ? 'good' : 'bad',
            title: one.error === null ? `Heard: ${one.status}` : one.error,
            detail: (
              <>
                Try {one.number}, {one.durationMs} ms
                {one.answer !== '' && (
                  <div className="mono mt-1 whitespace-pre-wrap text-text-2 text-xs [overflow-wrap:anywhere]">
                    {one.answer}
                  </div>
                )}
              </>
            ),
            time: at(one.at, timeZone),
          }))}
        />
      )}
    </Card>
  )
}
