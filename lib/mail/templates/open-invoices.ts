import type { PlainDate } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import { type Money, sum } from '@/lib/money/money'
import { formatDay } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import type { Letter, Rendered, Row } from '../letter'
import { renderLetter } from '../render-letter'
import { greeting, type MailFacts, question } from './facts'

export type OpenInvoicesFacts = MailFacts & {
  clientName: string
  currency: string
  /** Oldest first, all in that currency; at least one. */
  invoices: { number: string; dueOn: PlainDate; balance: Money }[]
  /** The link and its last day, or their places (link-place.ts). */
  payUrl: string
  linkUntil: string
}

/** So many are named one by one; the others are one row, with what they come to. */
const namedMax = 20

/** What a client owes now, with the link that pays it. */
export function openInvoices(facts: OpenInvoicesFacts): Promise<Rendered> {
  const { sender, locale, today, clientName, currency, invoices, payUrl, linkUntil } = facts
  const words = wordsIn(locale)
  const cash = (of: readonly { balance: Money }[]) =>
    formatMoney(
      sum(
        of.map(({ balance }) => balance),
        currency,
      ),
      locale,
    )
  const amount = cash(invoices)
  const count = invoices.length
  const late = invoices.filter(({ dueOn }) => dueOn < today)
  const rows: Row[] = invoices.slice(0, namedMax).map(({ number, dueOn, balance }) => ({
    label: words('mail.invoiceRow', { number }),
    note: words(dueOn < today ? 'mail.openInvoices.overdue' : 'mail.openInvoices.due', {
      date: formatDay(dueOn, locale, 'prose', today),
    }),
    value: formatMoney(balance, locale),
  }))
  const rest = invoices.slice(namedMax)
  if (rest.length > 0) rows.push({ label: words('mail.openInvoices.more', { count: rest.length }), value: cash(rest) })
  const letter: Letter = {
    locale,
    subject: words('mail.openInvoices.subject', { name: sender.name, amount }),
    preview: words('mail.openInvoices.preview', { count }),
    blocks: [
      ...greeting(facts),
      { is: 'paragraph', text: words('mail.openInvoices.intro', { client: clientName }) },
      {
        is: 'amount',
        text: amount,
        under:
          late.length === 0
            ? words('mail.openInvoices.under', { count })
            : words('mail.openInvoices.underOverdue', { count, amount: cash(late) }),
      },
      {
        is: 'button',
        label: words('mail.openInvoices.button'),
        url: payUrl,
        under: words('mail.openInvoices.buttonUnder'),
      },
      { is: 'rows', rows: [...rows, { label: words('mail.totalRow'), value: amount, weight: 'total' }] },
      { is: 'paragraph', text: question(facts) },
    ],
    foot: [words('mail.openInvoices.linkUntil', { client: clientName, date: linkUntil })],
  }
  return renderLetter(letter, sender)
}
