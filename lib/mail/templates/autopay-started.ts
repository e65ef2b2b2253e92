import { methodName } from '@/messages/method-name'
import { wordsIn } from '@/messages/words'
import type { Letter, Rendered } from '../letter'
import { renderLetter } from '../render-letter'
import { greeting, type MailFacts, question } from './facts'
import { inOwnWords, valuesOfConsent } from './own-words'

export type AutopayStartedFacts = MailFacts & {
  clientName: string
  methodLabel: string
  consent: string
  /** The agreement whose invoices alone it is for. */
  agreement?: string
  url: string
}

/** A standing consent was given: its copy, word for word, and where to withdraw it. */
export function autopayStarted(facts: AutopayStartedFacts): Promise<Rendered> {
  const { sender, locale, methodLabel, consent, agreement, url } = facts
  const words = wordsIn(locale)
  const named = { name: sender.name, method: methodName(methodLabel, locale) }
  const own = inOwnWords(facts, 'autopay_started', valuesOfConsent(facts))
  const letter: Letter = {
    locale,
    subject: words('mail.autopay.startedSubject', { name: sender.name }),
    preview: words('mail.autopay.startedPreview'),
    blocks: [
      ...greeting(facts),
      ...own.opening(
        agreement === undefined
          ? words('mail.autopay.startedIntro', named)
          : words('mail.autopay.startedIntroAgreement', { ...named, agreement }),
      ),
      { is: 'notice', title: words('mail.autopay.startedTitle'), text: consent },
      { is: 'button', label: words('mail.autopay.startedButton'), url },
      ...own.closing,
      { is: 'paragraph', text: question(facts) },
    ],
    foot: [words('mail.autopay.startedFoot')],
  }
  return renderLetter(letter, sender)
}
