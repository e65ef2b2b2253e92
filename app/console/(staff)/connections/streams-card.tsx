import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Status } from '@/components/ui/status'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { now } from '@/lib/base/clock'
import type { StreamHealth } from '@/lib/reports/sync-health'
import { ago } from '../when'

const lagMs = 20 * 60_000

/** How reading goes, stream by stream. */
export function StreamsCard({ streams, timeZone }: { streams: StreamHealth[]; timeZone: string }) {
  return (
    <Card
      title="Reading"
      aside={<span className="text-text-3 text-xs">Every 5 minutes, and when it calls us</span>}
      flush
    >
      {streams.length === 0 ? (
        <Empty title="Not read yet">
          The first full read starts as soon as it is connected, and takes a few minutes.
        </Empty>
      ) : (
        <Table caption="Streams" wide>
          <thead>
            <tr>
              <Th>What</Th>
              <Th>State</Th>
              <Th num>Last read</Th>
              <Th num>Last in full</Th>
              <Th num>Rows read</Th>
              <Th num>Changed</Th>
            </tr>
          </thead>
          <Tbody>
            {streams.map((stream) => (
              <Tr key={stream.stream}>
                <Td className="font-medium capitalize">
                  {stream.stream}
                  {stream.lastError !== undefined && (
                    <p className="font-normal text-bad text-xs normal-case">{stream.lastError}</p>
                  )}
                </Td>
                <Td>
                  <Status of="sync" is={stateOf(stream)} plain />
                </Td>
                <Td num>{stream.finishedAt === undefined ? '–' : ago(stream.finishedAt, now(), timeZone)}</Td>
                <Td num>{stream.fullAt === undefined ? '–' : ago(stream.fullAt, now(), timeZone)}</Td>
                <Td num>{stream.readCount.toLocaleString('en-US')}</Td>
                <Td num>{stream.changedCount.toLocaleString('en-US')}</Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </Card>
  )
}

function stateOf({ lastError, startedAt, finishedAt }: StreamHealth): 'waiting' | 'in_step' | 'retrying' | 'checking' {
  if (lastError !== undefined) return 'retrying'
  if (finishedAt === undefined) return 'waiting'
  if (startedAt !== undefined && startedAt > finishedAt) return 'checking'
  return now().getTime() - finishedAt.getTime() > lagMs ? 'waiting' : 'in_step'
}
