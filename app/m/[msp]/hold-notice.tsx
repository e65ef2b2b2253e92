import { Notice } from '@/components/ui/notice'
import type { Hold } from '@/lib/billing/holds'
import { formatMoney } from '@/lib/money/format'
import { formatInstant } from '@/messages/date'
import { type Locale, wordsIn } from '@/messages/words'
import type { ReplyAnswer } from './question'
import { ReplyForm } from './reply-form'

type Reply = (holdId: string, before: ReplyAnswer | undefined, form: FormData) => Promise<ReplyAnswer>
type Reader = {
  msp: string
  locale: Locale
  timeZone: string
  /** Whoever is signed in reads who of their colleagues said what; whoever merely holds a link does not. */
  isAtHome: boolean
  /** Where several invoices stand together, each is named. */
  isNamed?: boolean
  reply?: Reply
}

/** What of an invoice waits for an answer, what was said about it, and the way to write back. */
export function HoldNotice({ holds, ...reader }: Reader & { holds: Hold[] }) {
  const { msp: name, locale, reply } = reader
  const words = wordsIn(locale)
  return holds.map((hold) => {
    const amount = formatMoney(hold.amount, locale)
    return (
      <Notice
        key={hold.id}
        tone="talk"
        title={words(hold.isClients ? 'question.openTitle' : 'question.heldTitle', { amount, name })}
      >
        <div className="grid gap-3">
          <Talk hold={hold} {...reader} />
          <p className="text-text-2">{words('question.rest')}</p>
          {reply !== undefined && (
            <ReplyForm
              say={reply.bind(null, hold.id)}
              words={{
                summary: words('question.reply'),
                text: words('question.replyText'),
                button: words('question.replyButton', { name }),
                busy: words('pay.sending'),
                answers: {
                  said: words('question.replied', { name }),
                  'no-words': words('question.noReply'),
                  closed: words('question.closed'),
                  busy: words('question.busy'),
                },
              }}
            />
          )}
        </div>
      </Notice>
    )
  })
}

/** What was asked and answered before, folded away. */
export function PastQuestions({ holds, ...reader }: Reader & { holds: Hold[] }) {
  const words = wordsIn(reader.locale)
  if (holds.length === 0) return null
  return (
    <details className="max-w-130">
      <summary className="inline-flex min-h-11 items-center font-medium text-brand-text text-sm hover:underline">
        {words('question.past', { count: holds.length })}
      </summary>
      <div className="grid gap-3">
        {holds.map((hold) => (
          <Notice key={hold.id} tone="gray" title={formatMoney(hold.amount, reader.locale)}>
            <Talk hold={hold} {...reader} />
          </Notice>
        ))}
      </div>
    </details>
  )
}

function Talk({ hold, msp, locale, timeZone, isAtHome, isNamed }: Omit<Reader, 'reply'> & { hold: Hold }) {
  const words = wordsIn(locale)
  const who = (isMsp: boolean, name: string | undefined) =>
    isMsp ? msp : ((isAtHome ? name : undefined) ?? words('question.you'))
  const said = [
    { by: hold.isClients ? 'client' : 'msp', name: hold.name, text: hold.reason, at: hold.openedAt } as const,
    ...hold.said,
  ]
  return (
    <div className="grid gap-2">
      {isNamed === true && <p className="font-medium">{words('result.invoice', { number: hold.number })}</p>}
      {hold.line !== undefined && <p className="text-text-2">{words('question.aboutLine', { line: hold.line })}</p>}
      <ol className="grid gap-2">
        {said.map(({ by, name, text, at }) => (
          <li key={at.getTime()}>
            <p className="text-sm text-text-2">
              {who(by === 'msp', name)} · <time dateTime={at.toISOString()}>{formatInstant(at, locale, timeZone)}</time>
            </p>
            <p className="break-words">{text}</p>
          </li>
        ))}
      </ol>
    </div>
  )
}
