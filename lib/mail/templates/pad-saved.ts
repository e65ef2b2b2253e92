import { methodName } from '@/messages/method-name'
import { wordsIn } from '@/messages/words'
import type { Letter, Rendered } from '../letter'
import { renderLetter } from '../render-letter'
import { greeting, type MailFacts, question } from './facts'

type Facts = MailFacts & { methodLabel: string; consent: string; url: string }

/** The written confirmation of an agreement to pre-authorized debits: word for word, and where to cancel it. */
export function padSaved(facts: Facts): Promise<Rendered> {
  const { sender, locale, methodLabel, consent, url } = facts
  const words = wordsIn(locale)
  const letter: Letter = {
    locale,
    subject: words('mail.padSaved.subject', { name: sender.name }),
    preview: words('mail.padSaved.preview'),
    blocks: [
      ...greeting(facts),
      {
        is: 'paragraph',
        text: words('mail.padSaved.intro', { name: sender.name, method: methodName(methodLabel, locale) }),
      },
      { is: 'notice', title: words('mail.padSaved.title'), text: consent },
      { is: 'button', label: words('mail.padSaved.button'), url },
      { is: 'paragraph', text: question(facts) },
    ],
    foot: [words('mail.padSaved.foot')],
  }
  return renderLetter(letter, sender)
}
