import { Mail, ReceiptText } from 'lucide-react'
import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { statusLooks } from '@/components/ui/status-words'
import { Timeline, type TimelineItem } from '@/components/ui/timeline'
import type { ClientEvent } from '@/lib/reports/client-timeline'
import { cash } from '../../cash'
import { clockOrDay, shortDay } from '../../when'

/** The last things that happened with this client. */
export function TimelineCard({ events, timeZone }: { events: ClientEvent[]; timeZone: string }) {
  return (
    <Card title="Timeline">
      {events.length === 0 ? (
        <Empty title="Nothing yet" />
      ) : (
        <Timeline
          items={events.map((event) => ({
            ...look(event),
            key: `${event.kind} ${event.id}`,
            time: (event.kind === 'invoice' ? shortDay : clockOrDay)(event.at, timeZone),
          }))}
        />
      )}
    </Card>
  )
}

function look(event: ClientEvent): Omit<TimelineItem, 'key' | 'time'> {
  switch (event.kind) {
    case 'invoice':
      return {
        icon: ReceiptText,
        title: (
          <>
            <Link href={`/console/invoices/${event.id}`}>
              {event.isCredit ? 'Credit memo' : 'Invoice'} {event.number}
            </Link>{' '}
            issued, {cash(event.amount)}
          </>
        ),
      }
    case 'attempt': {
      const { word, tone, icon } = statusLooks.attempt[event.state]
      return {
        icon,
        tone,
        title: (
          <>
            <Link href={`/console/payments/${event.id}`}>{cash(event.amount)}</Link> {word.toLowerCase()}
          </>
        ),
        detail: `${event.numbers.length === 1 ? 'Invoice' : 'Invoices'} ${event.numbers.join(', ')}`,
      }
    }
    case 'mail':
      return { icon: Mail, title: event.subject, detail: `To ${event.to}` }
  }
}
