import type { PlainDate } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import { type Money, minus, zero } from '@/lib/money/money'
import { formatDay, formatMonth } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import type { Letter, Rendered, Row } from '../letter'
import { renderLetter } from '../render-letter'
import { greeting, type MailFacts, question } from './facts'

export type MonthlyStatementFacts = MailFacts & {
  clientName: string
  /** The first and the last day of the month. */
  from: PlainDate
  to: PlainDate
  opening: Money
  /** Credit memos counted in; what they took off. */
  billed: Money
  credited: Money
  paid: Money
  /** Below zero: the client has credit. */
  closing: Money
  /** The statement of this period, and where the reader stops these mails. */
  url: string
  preferencesUrl: string
}

/** What a month came to, for whoever asked to have it by mail. Its files are behind the link, for whoever is signed in. */
export function monthlyStatement(facts: MonthlyStatementFacts): Promise<Rendered> {
  const { sender, locale, today, clientName, from, to, opening, billed, credited, paid, closing } = facts
  const words = wordsIn(locale)
  const amount = (of: Money) => formatMoney(of, locale)
  const none = zero(closing.currency)
  const isCredit = closing.minor < 0n
  const balance = amount(isCredit ? minus(none, closing) : closing)
  const date = formatDay(to, locale, 'document', today)
  const month = formatMonth(from, locale)
  const credits: Row[] =
    credited.minor === 0n
      ? []
      : [{ label: words('mail.statement.credited'), value: amount(minus(none, credited)), weight: 'quiet' }]
  const letter: Letter = {
    locale,
    subject: words('mail.statement.subject', { name: sender.name, month }),
    preview: words(isCredit ? 'mail.statement.previewCredit' : 'mail.statement.preview', { date, amount: balance }),
    blocks: [
      ...greeting(facts),
      { is: 'paragraph', text: words('mail.statement.intro', { client: clientName, month }) },
      { is: 'amount', text: balance, under: words(isCredit ? 'mail.statement.credit' : 'statement.closing', { date }) },
      {
        is: 'rows',
        rows: [
          { label: words('statement.openingPlain'), value: amount(opening), weight: 'quiet' },
          { label: words('statement.billed'), value: amount(billed) },
          ...credits,
          { label: words('statement.paid'), value: amount(minus(none, paid)) },
          { label: words('statement.closing', { date }), value: amount(closing), weight: 'total' },
        ],
      },
      { is: 'button', label: words('mail.statement.button'), url: facts.url, under: words('mail.statement.under') },
      { is: 'paragraph', text: words('mail.statement.since', { date }) },
      { is: 'paragraph', text: question(facts) },
    ],
    foot: [words('mail.safety'), { text: words('mail.statement.foot'), url: facts.preferencesUrl }],
  }
  return renderLetter(letter, sender)
}
