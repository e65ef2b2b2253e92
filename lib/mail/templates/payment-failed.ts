import { formatMoney } from '@/lib/money/format'
import { wordsIn } from '@/messages/words'
import type { Letter, Rendered } from '../letter'
import { renderLetter } from '../render-letter'
import { greeting, invoicesOf, type PaymentFacts, question } from './facts'
import { inOwnWords, valuesOfPayment } from './own-words'

export type PaymentFailedFacts = PaymentFacts & {
  /** In plain words, in the reader's language. */
  reason: string
}

/** A payment that had been on its way did not come: why, and the way out. */
export function paymentFailed(facts: PaymentFailedFacts): Promise<Rendered> {
  return tellSetback(facts, 'failed')
}

/** The bank took back what had been paid: the invoice is open again. */
export function paymentReturned(facts: PaymentFailedFacts): Promise<Rendered> {
  return tellSetback(facts, 'returned')
}

function tellSetback(facts: PaymentFailedFacts, what: 'failed' | 'returned'): Promise<Rendered> {
  const { sender, locale } = facts
  const words = wordsIn(locale)
  const numbers = facts.allocations.map(({ number }) => number)
  const invoices = invoicesOf(numbers, locale)
  const amount = formatMoney(facts.amount, locale)
  const own = inOwnWords(facts, `payment_${what}`, valuesOfPayment(facts))
  const letter: Letter = {
    locale,
    subject: own.subject(words(`mail.${what}.subject`, { name: sender.name, amount, invoices })),
    preview: words(`mail.${what}.preview`),
    blocks: [
      ...greeting(facts),
      ...own.opening(words(`mail.${what}.intro`, { invoices })),
      { is: 'amount', text: amount, under: words(`mail.${what}.under`) },
      { is: 'notice', title: words(`mail.${what}.whatTitle`), text: facts.reason },
      { is: 'button', label: words(`mail.${what}.button`), url: facts.url },
      ...own.closing,
      { is: 'paragraph', text: question(facts) },
    ],
    foot: [words('mail.safety')],
  }
  return renderLetter(letter, sender)
}
