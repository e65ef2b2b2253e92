import { formatMoney } from '@/lib/money/format'
import { minus } from '@/lib/money/money'
import { methodName } from '@/messages/method-name'
import { wordsIn } from '@/messages/words'
import type { Letter, Rendered, Row } from '../letter'
import { renderLetter } from '../render-letter'
import { greeting, invoicesOf, type PaymentFacts, question } from './facts'
import { inOwnWords, valuesOfPayment } from './own-words'

/** Money went back: `amount` in all, of which `surcharge` was returned in proportion. */
export function refundMade(facts: PaymentFacts): Promise<Rendered> {
  const { sender, locale, methodLabel } = facts
  const words = wordsIn(locale)
  const numbers = facts.allocations.map(({ number }) => number)
  const invoices = invoicesOf(numbers, locale)
  const amount = formatMoney(facts.amount, locale)
  const parts: Row[] =
    facts.surcharge.minor === 0n
      ? []
      : [
          {
            label: words('mail.refund.invoicePart'),
            value: formatMoney(minus(facts.amount, facts.surcharge), locale),
          },
          { label: words('mail.refund.surchargePart'), value: formatMoney(facts.surcharge, locale) },
        ]
  const own = inOwnWords(facts, 'refund_made', valuesOfPayment(facts))
  const letter: Letter = {
    locale,
    subject: own.subject(words('mail.refund.subject', { name: sender.name, amount, invoices })),
    preview: words('mail.refund.preview'),
    blocks: [
      ...greeting(facts),
      ...own.opening(words('mail.refund.intro', { name: sender.name, invoices })),
      {
        is: 'amount',
        text: amount,
        under:
          methodLabel === undefined
            ? words('mail.refund.underPlain')
            : words('mail.refund.under', { method: methodName(methodLabel, locale) }),
      },
      {
        is: 'rows',
        rows: [...parts, { label: words('mail.totalRow'), value: amount, weight: 'total' }],
      },
      { is: 'paragraph', text: words('mail.refund.text') },
      ...own.closing,
    ],
    foot: [question(facts)],
  }
  return renderLetter(letter, sender)
}
