import { CircleCheck, Clock, OctagonX } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import type { MailView } from '@/lib/reports/invoice-record'
import { at } from '../../when'

/** What was mailed about it, and what it said. */
export function MailsCard({ messages, timeZone }: { messages: MailView[]; timeZone: string }) {
  if (messages.length === 0) return null
  return (
    <Card title="Mails" flush>
      <ul className="text-sm">
        {messages.map(({ id, to, subject, text, state, at: sent, error }) => (
          <li key={id} className="border-hairline px-4 py-2.5 not-first:border-t wide:px-5">
            <div className="flex items-start justify-between gap-4">
              <p className="min-w-0 font-medium">{subject}</p>
              <MailState state={state} />
            </div>
            <p className="flex justify-between gap-4 text-text-3 text-xs">
              <span className="min-w-0 truncate">{error ?? to}</span>
              <span className="num">{at(sent, timeZone)}</span>
            </p>
            <details className="mt-1 text-xs">
              <summary className="text-link">What it said</summary>
              <p className="mt-1 whitespace-pre-wrap rounded-sm bg-hover p-3 text-text-2 [overflow-wrap:anywhere]">
                {text}
              </p>
            </details>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function MailState({ state }: { state: MailView['state'] }) {
  switch (state) {
    case 'sent':
      return (
        <Badge tone="good" icon={CircleCheck} plain>
          Mailed
        </Badge>
      )
    case 'failed':
      return (
        <Badge tone="bad" icon={OctagonX} plain>
          Not delivered
        </Badge>
      )
    case 'waiting':
    case 'sending':
      return (
        <Badge icon={Clock} plain>
          Waiting
        </Badge>
      )
  }
}
