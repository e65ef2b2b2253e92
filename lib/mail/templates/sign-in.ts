import { type Locale, wordsIn } from '@/messages/words'
import type { Letter, Rendered, Sender } from '../letter'
import { renderLetter } from '../render-letter'

export type SignInFacts = { sender: Sender; locale: Locale; url: string; minutes: number }

/**
 * A client's way into the portal. It names nobody, since the address may have been mistyped; only where the address is
 * known at several companies does it say for which of them it is.
 */
export function signIn(facts: SignInFacts & { company: string | null }): Promise<Rendered> {
  return tellLink(facts, 'signIn')
}

/** A staff member's way into the console. */
export function staffSignIn(facts: SignInFacts): Promise<Rendered> {
  return tellLink(facts, 'staffSignIn')
}

function tellLink(
  { sender, locale, url, minutes, company = null }: SignInFacts & { company?: string | null },
  what: 'signIn' | 'staffSignIn',
): Promise<Rendered> {
  const words = wordsIn(locale)
  const letter: Letter = {
    locale,
    subject: words(`mail.${what}.subject`, { name: sender.name }),
    preview: words(`mail.${what}.preview`, { minutes }),
    blocks: [
      { is: 'paragraph', text: words('mail.helloPlain') },
      { is: 'paragraph', text: words(`mail.${what}.intro`, { name: sender.name, minutes }) },
      ...(company === null ? [] : [{ is: 'paragraph' as const, text: words('mail.signIn.company', { company }) }]),
      { is: 'button', label: words(`mail.${what}.button`), url },
    ],
    foot: [words(`mail.${what}.foot`)],
  }
  return renderLetter(letter, sender)
}
