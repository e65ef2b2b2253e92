import en from './words-en.js'
import fr from './words-fr.js'

/** The dictionary for a locale as Elements takes it: 'auto' asks the browser, what is not known is English. */
export function wordsFor(locale = 'auto') {
  const tag = locale === 'auto' ? navigator.language : locale
  return /^fr\b/i.test(tag) ? { ...fr, tag: tag.length === 2 ? 'fr-CA' : tag } : { ...en, tag: tagOf(tag) }
}

function tagOf(tag) {
  return /^en\b/i.test(tag) && tag.length > 2 ? tag : 'en-US'
}

/** Fills `{name}` in a phrase. */
export function fill(phrase, values) {
  return phrase.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''))
}
