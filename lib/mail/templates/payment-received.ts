import { todayIn } from '@/lib/base/clock'
import { formatMoney } from '@/lib/money/format'
import { formatDay, formatInstant } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import type { Letter, Rendered } from '../letter'
import { renderLetter } from '../render-letter'
import { greeting, invoicesOf, type PaymentFacts, paymentRows, question } from './facts'
import { inOwnWords, valuesOfPayment } from './own-words'

export type PaymentReceivedFacts = PaymentFacts & { receiptNumber: string; paidAt: Date }

/** The receipt: sent only after the money has moved. */
export function paymentReceived(facts: PaymentReceivedFacts): Promise<Rendered> {
  const { sender, locale, today } = facts
  const words = wordsIn(locale)
  const numbers = facts.allocations.map(({ number }) => number)
  const invoices = invoicesOf(numbers, locale)
  const amount = formatMoney(facts.amount, locale)
  const paidOn = formatDay(todayIn(sender.timeZone, facts.paidAt), locale, 'document', today)
  const own = inOwnWords(facts, 'payment_received', valuesOfPayment(facts))
  const letter: Letter = {
    locale,
    subject: own.subject(words('mail.received.subject', { name: sender.name, amount, invoices })),
    preview: words('mail.received.preview', { date: paidOn }),
    blocks: [
      ...greeting(facts),
      ...own.opening(words('mail.received.intro', { name: sender.name, invoices })),
      {
        is: 'amount',
        text: amount,
        under: words('mail.received.under', { date: formatInstant(facts.paidAt, locale, sender.timeZone) }),
      },
      {
        is: 'rows',
        rows: [
          { label: words('mail.received.number'), value: facts.receiptNumber, weight: 'quiet' },
          ...paymentRows(facts),
        ],
      },
      { is: 'button', label: words('mail.received.button'), url: facts.url },
      ...own.closing,
    ],
    foot: [question(facts)],
  }
  return renderLetter(letter, sender)
}
