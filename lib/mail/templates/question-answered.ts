import { formatMoney } from '@/lib/money/format'
import type { Money } from '@/lib/money/money'
import { wordsIn } from '@/messages/words'
import type { Letter, Rendered } from '../letter'
import { renderLetter } from '../render-letter'
import { greeting, type MailFacts } from './facts'

export type QuestionAnsweredFacts = MailFacts & {
  number: string
  amount: Money
  question: string
  /** Empty where it was closed without a word. */
  answer: string
  /** The amount is payable again. */
  isClosed: boolean
  /** The invoice, where the reader can write back. */
  url: string
}

/** The MSP has answered what a client asked about an invoice. */
export function questionAnswered(facts: QuestionAnsweredFacts): Promise<Rendered> {
  const { sender, locale, number, isClosed, answer, url } = facts
  const words = wordsIn(locale)
  const amount = formatMoney(facts.amount, locale)
  const letter: Letter = {
    locale,
    subject: words('mail.answer.subject', { name: sender.name, number }),
    preview: words(isClosed ? 'mail.answer.closed' : 'mail.answer.open', { amount }),
    blocks: [
      ...greeting(facts),
      { is: 'notice', title: words('mail.answer.asked', { number }), text: facts.question },
      ...(answer === ''
        ? []
        : [{ is: 'notice' as const, title: words('mail.answer.answered', { name: sender.name }), text: answer }]),
      { is: 'paragraph', text: words(isClosed ? 'mail.answer.closed' : 'mail.answer.open', { amount }) },
      { is: 'button', label: words('mail.answer.button'), url },
    ],
    foot: [words('mail.safety')],
  }
  return renderLetter(letter, sender)
}
