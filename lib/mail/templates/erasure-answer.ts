import { type Locale, wordsIn } from '@/messages/words'
import type { Letter, Rendered, Sender } from '../letter'
import { renderLetter } from '../render-letter'

export type ErasureAnswerFacts = {
  sender: Sender
  locale: Locale
  name: string
  /** Why not, in the MSP's words, and where it stands; absent: it was done. */
  declined?: { because: string; url: string }
}

/** What became of somebody's wish to be erased. */
export function erasureAnswer({ sender, locale, name, declined }: ErasureAnswerFacts): Promise<Rendered> {
  const words = wordsIn(locale)
  const kind = declined === undefined ? 'done' : 'declined'
  const facts = { name: sender.name }
  const letter: Letter = {
    locale,
    subject: words(`mail.erasure.${kind}.subject`, facts),
    preview: words(`mail.erasure.${kind}.preview`, facts),
    blocks: [
      { is: 'paragraph', text: words('mail.hello', { name }) },
      { is: 'paragraph', text: words(`mail.erasure.${kind}.intro`, facts) },
      ...(declined === undefined
        ? []
        : [
            { is: 'notice' as const, title: words('mail.erasure.declined.reason'), text: declined.because },
            { is: 'button' as const, label: words('mail.erasure.declined.button'), url: declined.url },
          ]),
    ],
    foot: [words(`mail.erasure.${kind}.foot`, facts)],
  }
  return renderLetter(letter, sender)
}
