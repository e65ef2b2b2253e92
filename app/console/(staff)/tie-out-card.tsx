import { CircleCheck, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { now } from '@/lib/base/clock'
import type { TieOut } from '@/lib/settlement/tie-out-figures'
import { bare, cash } from './cash'
import { Gap } from './gap'
import { ago } from './when'

/** The four comparisons of the last tie-out, gaps to the cent, 0.00 included. */
export function TieOutCard({ tieOut, timeZone }: { tieOut: TieOut | undefined; timeZone: string }) {
  if (tieOut === undefined || tieOut.comparisons.length === 0)
    return (
      <Card title="Tie-out" flush>
        <Empty title="Not compared yet">
          PSA, journal, Stripe and books are compared every 15 minutes once they are connected.
        </Empty>
      </Card>
    )
  const { comparisons, differences, at } = tieOut
  const [first] = differences
  return (
    <Card
      title="Tie-out"
      flush
      aside={<TieOutBadge tieOut={tieOut} />}
      foot={
        first === undefined ? (
          <>Compared {ago(at, now(), timeZone)}.</>
        ) : (
          <Link href="/console/tie-out">
            {cash(first.gap)}: {first.words}
          </Link>
        )
      }
    >
      <Table caption="Journal against each system" scrolls>
        <thead>
          <tr>
            <Th>
              <span className="sr-only">System</span>
            </Th>
            <Th num className="px-1 wide:px-1.5">
              Journal
            </Th>
            <Th num className="px-1 wide:px-1.5">
              Elsewhere
            </Th>
            <Th num className="pl-1 wide:pl-1.5">
              Gap
            </Th>
          </tr>
        </thead>
        <Tbody>
          {comparisons.map(({ what, system, detail, journal, elsewhere, onItsWay, gap }) => (
            <Tr key={what}>
              <Td>
                {system}
                <p className="text-text-3 text-xs">{detail}</p>
                {onItsWay.minor !== 0n && <p className="text-move text-xs tabular-nums">{bare(onItsWay)} on its way</p>}
              </Td>
              <Td num className="px-1 wide:px-1.5">
                {bare(journal)}
              </Td>
              <Td num className="px-1 wide:px-1.5">
                {bare(elsewhere)}
              </Td>
              <Td num className="pl-1 wide:pl-1.5">
                <Gap of={gap} />
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Card>
  )
}

/** “Ties out 0.00”, or how many differences there are. */
export function TieOutBadge({ tieOut: { differences, gap, unasked } }: { tieOut: TieOut }) {
  if (differences.length > 0)
    return (
      <Badge tone="bad" icon={TriangleAlert}>
        {differences.length === 1 ? '1 difference' : `${differences.length} differences`}
      </Badge>
    )
  const [silent] = unasked
  if (silent !== undefined) return <Badge tone="warn">{silent.system} did not answer</Badge>
  return (
    <Badge tone={gap.minor === 0n ? 'good' : 'bad'} icon={gap.minor === 0n ? CircleCheck : TriangleAlert}>
      {gap.minor === 0n ? 'Ties out 0.00' : `${cash(gap)} apart`}
    </Badge>
  )
}
