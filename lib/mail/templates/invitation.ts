import { type Locale, wordsIn } from '@/messages/words'
import type { Letter, Rendered, Sender } from '../letter'
import { renderLetter } from '../render-letter'

export type InvitationFacts = { sender: Sender; locale: Locale; byName: string; email: string; url: string }

/** Tells a new colleague where to sign in. It holds no secret: their address is what lets them in. */
export function invitation({ sender, locale, byName, email, url }: InvitationFacts): Promise<Rendered> {
  const words = wordsIn(locale)
  const letter: Letter = {
    locale,
    subject: words('mail.invitation.subject', { name: sender.name }),
    preview: words('mail.invitation.preview', { email }),
    blocks: [
      { is: 'paragraph', text: words('mail.helloPlain') },
      { is: 'paragraph', text: words('mail.invitation.intro', { by: byName, name: sender.name, email }) },
      { is: 'button', label: words('mail.invitation.button'), url },
    ],
    foot: [],
  }
  return renderLetter(letter, sender)
}
