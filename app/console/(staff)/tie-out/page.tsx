import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { SubmitButton } from '@/components/ui/submit-button'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { getShell } from '@/lib/reports/shell'
import { latestTieOut } from '@/lib/settlement/queries'
import { type Difference, partsOf, type TieOutPart } from '@/lib/settlement/tie-out-figures'
import { bare } from '../cash'
import { Gap } from '../gap'
import { PageFrame } from '../page-frame'
import { TieOutBadge, unkeptWords } from '../tie-out-card'
import { at } from '../when'
import { compareNow } from './acts'
import { WaitingCard } from './waiting-card'

export const metadata = { title: 'Tie-out' }

export default async function TieOutPage() {
  const actor = await requireStaff()
  const [tieOut, { timeZone }] = await Promise.all([latestTieOut(actor), getShell(actor)])
  return (
    <PageFrame
      crumbs={[{ name: 'Tie-out' }]}
      acts={
        mayManage(actor) && (
          <form action={compareNow}>
            <SubmitButton tone="plain" busy="Comparing">
              Compare now
            </SubmitButton>
          </form>
        )
      }
    >
      <PageHeader
        title="Tie-out"
        sub={
          tieOut === undefined
            ? 'PSA, journal, Stripe, bank and books, held against each other.'
            : `PSA, journal, Stripe, bank and books as of ${at(tieOut.at, timeZone)}.`
        }
        aside={tieOut !== undefined && tieOut.comparisons.length > 0 && <TieOutBadge tieOut={tieOut} />}
      />
      {tieOut === undefined || tieOut.comparisons.length === 0 ? (
        <Card flush>
          <Empty title="Not compared yet">
            The first comparison runs within 15 minutes after PSA and Stripe are connected.
          </Empty>
        </Card>
      ) : (
        <>
          {tieOut.unasked.map(({ system, reason }) => (
            <Notice key={system} tone="warn" title={`${system} could not be asked.`}>
              {reason} Nothing is claimed about it until it answers.
            </Notice>
          ))}
          <Parts parts={partsOf(tieOut)} />
        </>
      )}
      <WaitingCard actor={actor} timeZone={timeZone} />
    </PageFrame>
  )
}

/** Currency by currency, each named where there are several: first what was compared, then what differs. */
function Parts({ parts }: { parts: TieOutPart[] }) {
  const within = ({ currency }: TieOutPart) => (parts.length === 1 ? '' : ` in ${currency}`)
  const differing = parts.filter(({ differences }) => differences.length > 0)
  return (
    <>
      {parts.map((part) => (
        <ComparisonsCard key={part.currency} part={part} within={within(part)} />
      ))}
      {differing.map((part) => (
        <DifferencesCard key={part.currency} differences={part.differences} within={within(part)} />
      ))}
      {differing.length === 0 && (
        <Card title="What differs" flush>
          <Empty title="Nothing differs">Every invoice, payment and deposit is the same to the cent everywhere.</Empty>
        </Card>
      )}
    </>
  )
}

type PartProps = { part: TieOutPart; within: string }

function ComparisonsCard({ part: { currency, comparisons, unkept }, within }: PartProps) {
  const formula = 'Gap = elsewhere − journal − what is on its way between the two.'
  return (
    <Card
      title={`System by system${within}`}
      flush
      foot={unkept === undefined ? formula : `${unkeptWords(currency, unkept)} ${formula}`}
    >
      <Table caption={`Journal against each system${within}`} wide>
        <thead>
          <tr>
            <Th>System</Th>
            <Th num>Journal</Th>
            <Th num>Elsewhere</Th>
            <Th num>On its way</Th>
            <Th num>Gap</Th>
          </tr>
        </thead>
        <Tbody>
          {comparisons.map(({ what, system, detail, journal, elsewhere, onItsWay, gap }) => (
            <Tr key={what}>
              <Td>
                <span className="font-medium">{system}</span>
                <p className="text-text-3 text-xs">{detail}</p>
              </Td>
              <Td num>{bare(journal)}</Td>
              <Td num>{bare(elsewhere)}</Td>
              <Td num className={onItsWay.minor === 0n ? 'text-text-3' : 'text-move'}>
                {bare(onItsWay)}
              </Td>
              <Td num>
                <Gap of={gap} />
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Card>
  )
}

function DifferencesCard({ differences, within }: { differences: Difference[]; within: string }) {
  return (
    <Card title={`What differs${within}`} flush>
      <Table caption={`Differences${within}`} wide>
        <thead>
          <tr>
            <Th>Where</Th>
            <Th num>Journal</Th>
            <Th num>Elsewhere</Th>
            <Th num>Gap</Th>
            <Th>What probably happened</Th>
          </tr>
        </thead>
        <Tbody>
          {differences.map((difference) => (
            <DifferenceRow key={`${difference.what} ${difference.subject.id}`} difference={difference} />
          ))}
        </Tbody>
      </Table>
    </Card>
  )
}

function DifferenceRow({ difference }: { difference: Difference }) {
  const { subject, clientName, journal, elsewhere, gap, words, nextStep } = difference
  const href = hrefOf(subject)
  return (
    <Tr>
      <Td className="align-top">
        {href === undefined ? (
          subject.label
        ) : (
          <Link href={href} className="font-medium">
            {subject.kind === 'invoice' ? `Invoice ${subject.label}` : subject.label}
          </Link>
        )}
        {clientName !== undefined && <p className="text-text-3 text-xs">{clientName}</p>}
      </Td>
      <Td num className="align-top">
        {bare(journal)}
      </Td>
      <Td num className="align-top">
        {bare(elsewhere)}
      </Td>
      <Td num className="align-top">
        <Gap of={gap} />
      </Td>
      <Td className="min-w-[260px] align-top">
        {words}
        <p className="text-text-3">
          <ArrowRight aria-hidden size={12} className="mr-1 inline align-[-1px]" />
          {nextStep}
        </p>
      </Td>
    </Tr>
  )
}

function hrefOf({ kind, id }: Difference['subject']): string | undefined {
  switch (kind) {
    case 'invoice':
      return `/console/invoices/${id}`
    case 'payout':
      return `/console/settlements/${id}`
    case 'connection':
      return '/console/connections'
    case 'posting':
      return undefined
  }
}
