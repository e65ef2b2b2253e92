import type { PlainDate } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import type { Money } from '@/lib/money/money'
import { formatDay } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import type { Letter, Rendered } from '../letter'
import { renderLetter } from '../render-letter'
import { greeting, invoicesOf, type MailFacts, question } from './facts'

export type PaidWithCreditFacts = MailFacts & {
  amount: Money
  invoices: { number: string; amount: Money }[]
  paidOn: PlainDate
  url: string
}

/**
 * What was announced as an automatic payment was paid with the client's credit alone. In our words always: those an MSP
 * has for its receipts speak of money that came.
 */
export function paidWithCredit(facts: PaidWithCreditFacts): Promise<Rendered> {
  const { sender, locale, today, amount, paidOn } = facts
  const words = wordsIn(locale)
  const invoices = invoicesOf(
    facts.invoices.map(({ number }) => number),
    locale,
  )
  const letter: Letter = {
    locale,
    subject: words('mail.covered.subject', { name: sender.name, invoices }),
    preview: words('mail.covered.preview'),
    blocks: [
      ...greeting(facts),
      { is: 'paragraph', text: words('mail.covered.intro', { invoices }) },
      {
        is: 'amount',
        text: formatMoney(amount, locale),
        under: words('mail.covered.under', { date: formatDay(paidOn, locale, 'prose', today) }),
      },
      {
        is: 'rows',
        rows: facts.invoices.map((one) => ({
          label: words('mail.invoiceRow', { number: one.number }),
          value: formatMoney(one.amount, locale),
        })),
      },
      { is: 'button', label: words('mail.covered.button'), url: facts.url },
    ],
    foot: [question(facts)],
  }
  return renderLetter(letter, sender)
}
