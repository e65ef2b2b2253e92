import type { ContactRole } from '@/lib/access/people'
import { wordsIn } from '@/messages/words'
import type { Letter, Rendered, Sender } from '../letter'
import { renderLetter } from '../render-letter'
import { greeting, type MailFacts, question } from './facts'

export type RoleChangedFacts = Omit<MailFacts, 'wording' | 'today'> & {
  /** Who changed it: `Dana Whitfield`, `Renee Okafor of Larkfield IT`. */
  byName: string
  company: string
  role: ContactRole
  /** What they were before; none for somebody who had been taken out and is let in again. */
  before?: ContactRole
  url: string
}

/** What somebody may do at a client has changed: who did it, what they may do now, and how to object. */
export function roleChanged(facts: RoleChangedFacts): Promise<Rendered> {
  const { sender, locale, byName, company, role, before, url } = facts
  const words = wordsIn(locale)
  const named = { by: byName, company, name: sender.name, role: words(`people.roles.${role}`) }
  const letter: Letter = {
    locale,
    subject: words('mail.roleChanged.subject', named),
    preview: words('mail.roleChanged.preview', named),
    blocks: [
      ...greeting(facts),
      {
        is: 'paragraph',
        text:
          before === undefined
            ? words('mail.roleChanged.again', named)
            : words('mail.roleChanged.intro', { ...named, before: words(`people.roles.${before}`) }),
      },
      { is: 'notice', title: named.role, text: words(`people.may.${role}`) },
      { is: 'paragraph', text: words('mail.roleChanged.object', { by: byName, contact: contactOf(sender) }) },
      { is: 'button', label: words('mail.roleChanged.button'), url },
      { is: 'paragraph', text: question(facts) },
    ],
    foot: [words('mail.roleChanged.foot')],
  }
  return renderLetter(letter, sender)
}

function contactOf({ brand, name }: Sender): string {
  return brand.supportEmail || brand.supportPhone || name
}
