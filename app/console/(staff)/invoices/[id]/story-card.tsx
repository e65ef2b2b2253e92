import {
  ArrowLeftRight,
  BookOpenText,
  Eye,
  Landmark,
  type LucideIcon,
  Mail,
  ReceiptText,
  Undo2,
  UserRound,
  Wallet,
} from 'lucide-react'
import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Timeline } from '@/components/ui/timeline'
import { formatMoney } from '@/lib/money/format'
import type { StoryActor, StoryLine } from '@/lib/reports/story-line'
import { cash } from '../../cash'
import { at } from '../../when'

const icons: Record<StoryActor, LucideIcon> = {
  psa: ReceiptText,
  mail: Mail,
  client: Eye,
  payment: Wallet,
  bank: Landmark,
  refund: Undo2,
  books: BookOpenText,
  payout: ArrowLeftRight,
  person: UserRound,
}

type Props = {
  lines: StoryLine[]
  timeZone: string
  /** Where the audit trail of this invoice is, for who may read it. */
  trail?: string
}

/** What happened to this invoice, from the PSA's first word to the deposit; the sums add up line by line. */
export function StoryCard({ lines, timeZone, trail }: Props) {
  return (
    <Card
      title="What happened to this invoice"
      aside={trail !== undefined && <Link href={trail}>Audit trail</Link>}
      foot="Each change of what is owed stands on an entry of the journal; entries are never edited."
    >
      {lines.length === 0 ? (
        <Empty title="Nothing yet" />
      ) : (
        <Timeline
          items={lines.map((line, index) => ({
            key: String(index),
            icon: icons[line.by],
            tone: line.tone,
            title: <Told line={line} />,
            detail: <Detail line={line} />,
            time: at(line.at, timeZone),
          }))}
        />
      )}
    </Card>
  )
}

function Told({ line: { text, about } }: { line: StoryLine }) {
  if (about === undefined) return text
  return (
    <>
      {text}{' '}
      <Link href={about.kind === 'attempt' ? `/console/payments/${about.id}` : `/console/settlements/${about.id}`}>
        {about.kind === 'attempt' ? 'Payment' : 'Deposit'}
      </Link>
    </>
  )
}

function Detail({ line: { detail, change, balance } }: { line: StoryLine }) {
  return (
    <>
      {detail.map((said) => (
        <p key={said} className="[overflow-wrap:anywhere]">
          {said}
        </p>
      ))}
      {change !== undefined && balance !== undefined && (
        <p className="num">
          {formatMoney(change, 'en-US', { sign: true })}, owes {cash(balance)}
        </p>
      )}
    </>
  )
}
