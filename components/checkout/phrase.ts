/** A sentence with its figures set apart: plain data, so that it can cross from server to page as it is. */
export type Phrase = (string | { strong: string })[]

/** Two characters that no text of ours, and no name, holds. */
const [open, close] = ['\uE000', '\uE001']

/** The tags of a message: `words.markup(key, { ...values, ...strong })` is then cut up by `phraseOf`. */
export const strong = { b: (chunks: string) => `${open}${chunks}${close}` }

export function phraseOf(...sentences: string[]): Phrase {
  return sentences
    .join(' ')
    .split(/(\uE000[^\uE001]*\uE001)/)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith(open) ? { strong: part.slice(1, -1) } : part))
}
