import { createTranslator, type _Translator as Translator } from 'use-intl/core'
import english from './en.json'
import french from './fr-CA.json'

/** The languages the product speaks to clients, as BCP 47 tags. */
export type Locale = 'en-US' | 'fr-CA'
export type Words = Translator<typeof english>

const translators = new Map<Locale, Words>()

/** The first wish that names a language we speak, else English: what the address asks for, the client's, the MSP's. */
export function localeOf(...wishes: (string | null | undefined)[]): Locale {
  for (const wish of wishes) {
    const language = wish?.slice(0, 2).toLowerCase()
    if (language === 'fr') return 'fr-CA'
    if (language === 'en') return 'en-US'
  }
  return 'en-US'
}

/** All words of a language. A key or a value that is missing throws: half a sentence must not reach a client. */
export function wordsIn(locale: Locale): Words {
  let known = translators.get(locale)
  if (known === undefined) {
    // Both files have the same keys; words.test.ts keeps it so.
    const messages: typeof english = locale === 'fr-CA' ? french : english
    known = createTranslator({
      locale,
      messages,
      timeZone: 'UTC',
      onError: (error) => {
        throw error
      },
    })
    translators.set(locale, known)
  }
  return known
}

/** `20397, 20409 and 20418` */
export function listOf(items: readonly string[], locale: Locale): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(items)
}
