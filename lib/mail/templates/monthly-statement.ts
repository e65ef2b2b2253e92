import type { PlainDate } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import { type Money, minus, zero } from '@/lib/money/money'
import { formatDay, formatMonth } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import type { Block, Letter, Rendered, Row } from '../letter'
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
  /** Where something is open and the reader may pay: the link that pays it, and its last day, or their places (link-place.ts). */
  pay?: { url: string; until: string }
}

/**
 * What a month came to, for whoever asked to have it by mail. Its files are behind the link, for whoever is signed in. A
 * mail has one button: paying, where there is something to pay.
 */
export function monthlyStatement(facts: MonthlyStatementFacts): Promise<Rendered> {
  const { sender, locale, today, clientName, from, to, opening, billed, credited, paid, closing, pay, url } = facts
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
  const since: Block = { is: 'paragraph', text: words('mail.statement.since', { date }) }
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
      ...(pay === undefined
        ? [button(words('mail.statement.button'), url, words('mail.statement.under')), since]
        : [since, button(words('mail.statement.payButton'), pay.url, words('mail.statement.payUnder'))]),
      { is: 'paragraph', text: question(facts) },
    ],
    foot: [
      ...(pay === undefined
        ? [words('mail.safety')]
        : [
            words('mail.openInvoices.linkUntil', { client: clientName, date: pay.until }),
            { text: words('mail.statement.button'), url },
          ]),
      { text: words('mail.statement.foot'), url: facts.preferencesUrl },
    ],
  }
  return renderLetter(letter, sender)
}

function button(label: string, url: string, under: string): Block {
  return { is: 'button', label, url, under }
}
