import { type Locale, wordsIn } from '@/messages/words'

/** The words of the form that passes a link on. @param name of the MSP */
export function forwardWords(locale: Locale, name: string) {
  const words = wordsIn(locale)
  return {
    summary: words('forward.summary'),
    text: words('forward.text'),
    email: words('forward.email'),
    button: words('forward.button'),
    busy: words('forward.busy'),
    problem: {
      address: words('forward.emailWrong'),
      'too-many': words('forward.tooMany', { name }),
      'not-open': words('forward.notOpen'),
    },
  }
}
