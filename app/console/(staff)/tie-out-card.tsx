import { CircleCheck, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { classes } from '@/components/ui/classes'
import { Empty } from '@/components/ui/empty'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { now } from '@/lib/base/clock'
import { partsOf, type TieOut, type TieOutPart } from '@/lib/settlement/tie-out-figures'
import { bare, cash } from './cash'
import { Gap } from './gap'
import { ago } from './when'

/** The comparisons of the last tie-out, currency by currency, gaps to the cent, 0.00 included. */
export function TieOutCard({ tieOut, timeZone }: { tieOut: TieOut | undefined; timeZone: string }) {
  if (tieOut === undefined || tieOut.comparisons.length === 0)
    return (
      <Card title="Tie-out" flush>
        <Empty title="Not compared yet">
          PSA, journal, Stripe and books are compared every 15 minutes once they are connected.
        </Empty>
      </Card>
    )
  const { differences, at } = tieOut
  const [first] = differences
  const parts = partsOf(tieOut)
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
      {parts.map((part, at) => (
        <Part key={part.currency} part={part} place={parts.length === 1 ? 'only' : at === 0 ? 'first' : 'later'} />
      ))}
    </Card>
  )
}

type PartProps = { part: TieOutPart; place: 'only' | 'first' | 'later' }

/** The only one need not say which it is. */
function Part({ part: { currency, comparisons, unkept }, place }: PartProps) {
  return (
    <>
      {place !== 'only' && (
        <h3 className={classes('label px-4 pt-3 wide:px-5', place === 'later' && 'border-hairline border-t')}>
          In {currency}
        </h3>
      )}
      <Table
        caption={place === 'only' ? 'Journal against each system' : `Journal against each system in ${currency}`}
        scrolls
      >
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
      {unkept !== undefined && (
        <p className="px-4 pb-3 text-text-3 text-xs wide:px-5">{unkeptWords(currency, unkept)}</p>
      )}
    </>
  )
}

/** Why nothing of a currency is compared with the books. */
export function unkeptWords(currency: string, { system, home }: NonNullable<TieOutPart['unkept']>): string {
  return `Multicurrency is off in ${system}: it keeps ${home} only, so money in ${currency} cannot stand there and is not compared.`
}

/** “Ties out 0.00”, or how many differences there are. */
export function TieOutBadge({ tieOut: { differences, gaps, unasked } }: { tieOut: TieOut }) {
  if (differences.length > 0)
    return (
      <Badge tone="bad" icon={TriangleAlert}>
        {differences.length === 1 ? '1 difference' : `${differences.length} differences`}
      </Badge>
    )
  const [silent] = unasked
  if (silent !== undefined) return <Badge tone="warn">{silent.system} did not answer</Badge>
  const apart = gaps.filter(({ minor }) => minor !== 0n)
  return (
    <Badge tone={apart.length === 0 ? 'good' : 'bad'} icon={apart.length === 0 ? CircleCheck : TriangleAlert}>
      {apart.length === 0 ? 'Ties out 0.00' : `${apart.map(cash).join(' and ')} apart`}
    </Badge>
  )
}
