import type { PlainDate } from '@/lib/base/clock'
import { formatDay } from '@/messages/date'
import { type Locale, wordsIn } from '@/messages/words'
import type { Letter, Rendered, Sender } from '../letter'
import { renderLetter } from '../render-letter'

export type EndpointStoppedFacts = {
  sender: Sender
  locale: Locale
  /** Where the program listens, without its path: that may hold a secret. */
  host: string
  since: PlainDate
  today: PlainDate
  /** The endpoint in the console. */
  url: string
}

/** Tells the MSP's staff that a program of theirs has heard nothing for days, and that we no longer try. */
export function endpointStopped({ sender, locale, host, since, today, url }: EndpointStoppedFacts): Promise<Rendered> {
  const words = wordsIn(locale)
  const day = formatDay(since, locale, 'prose', today)
  const letter: Letter = {
    locale,
    subject: words('mail.endpointStopped.subject', { host }),
    preview: words('mail.endpointStopped.preview'),
    blocks: [
      { is: 'paragraph', text: words('mail.endpointStopped.intro', { host, since: day }) },
      {
        is: 'notice',
        title: words('mail.endpointStopped.whatTitle'),
        text: words('mail.endpointStopped.what'),
      },
      { is: 'button', label: words('mail.endpointStopped.button'), url },
    ],
    foot: [],
  }
  return renderLetter(letter, sender)
}
