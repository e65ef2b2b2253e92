import { type Locale, wordsIn } from '@/messages/words'
import type { Letter, Rendered, Sender } from '../letter'
import { renderLetter } from '../render-letter'

export type ContactInvitationFacts = {
  sender: Sender
  locale: Locale
  byName: string
  company: string
  email: string
  url: string
}

/** Tells a client's new colleague where to sign in. It holds no secret: their address is what lets them in. */
export function contactInvitation(facts: ContactInvitationFacts): Promise<Rendered> {
  const { sender, locale, byName, company, email, url } = facts
  const words = wordsIn(locale)
  const letter: Letter = {
    locale,
    subject: words('mail.contactInvitation.subject', { company, name: sender.name }),
    preview: words('mail.contactInvitation.preview', { email }),
    blocks: [
      { is: 'paragraph', text: words('mail.helloPlain') },
      {
        is: 'paragraph',
        text: words('mail.contactInvitation.intro', { by: byName, company, name: sender.name, email }),
      },
      { is: 'button', label: words('mail.contactInvitation.button'), url },
    ],
    foot: [words('mail.contactInvitation.foot', { by: byName })],
  }
  return renderLetter(letter, sender)
}
