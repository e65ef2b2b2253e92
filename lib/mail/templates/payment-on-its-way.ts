import type { PlainDate } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import { formatDay } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import type { Letter, Rendered } from '../letter'
import { renderLetter } from '../render-letter'
import { greeting, invoicesOf, type PaymentFacts, paymentRows } from './facts'
import { inOwnWords, valuesOfPayment } from './own-words'

export type PaymentOnItsWayFacts = PaymentFacts & {
  clearsOn?: PlainDate
  /** The agreements to a pre-authorized debit, and to those that follow it, which this mail confirms in writing. */
  agreements?: string[]
}

/** A bank debit was asked for. It is not paid, and the mail does not say so. */
export function paymentOnItsWay(facts: PaymentOnItsWayFacts): Promise<Rendered> {
  const { sender, locale, today, clearsOn, agreements = [] } = facts
  const words = wordsIn(locale)
  const numbers = facts.allocations.map(({ number }) => number)
  const invoices = invoicesOf(numbers, locale)
  const amount = formatMoney(facts.amount, locale)
  const by = clearsOn === undefined ? undefined : { date: formatDay(clearsOn, locale, 'table', today) }
  const own = inOwnWords(facts, 'payment_on_its_way', valuesOfPayment(facts))
  const letter: Letter = {
    locale,
    subject: own.subject(words('mail.onItsWay.subject', { name: sender.name, amount, invoices })),
    preview: by === undefined ? words('mail.onItsWay.preview') : words('mail.onItsWay.previewBy', by),
    blocks: [
      ...greeting(facts),
      ...own.opening(words('mail.onItsWay.intro', { invoices })),
      {
        is: 'amount',
        text: amount,
        under: by === undefined ? words('mail.onItsWay.under') : words('mail.onItsWay.underBy', by),
      },
      { is: 'rows', rows: paymentRows(facts) },
      { is: 'button', label: words('mail.onItsWay.button'), url: facts.url },
      ...own.closing,
      ...agreements.map((text) => ({ is: 'notice' as const, title: words('mail.onItsWay.padTitle'), text })),
    ],
    foot: [words('mail.onItsWay.foot')],
  }
  return renderLetter(letter, sender)
}
