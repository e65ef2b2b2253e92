import 'server-only'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(process.cwd(), 'lib/documents/fonts')

/** Inter comes in parts by alphabet; the first holds what nearly every document needs. */
const parts = ['latin', 'latin-ext'] as const
type FontPart = (typeof parts)[number]
const fontWeights = [400, 600] as const
type FontWeight = (typeof fontWeights)[number]
export type FontName = `${FontPart}-${FontWeight}`

/** Every file of the font, by name. */
export const fontNames: FontName[] = parts.flatMap((part) => fontWeights.map((weight): FontName => `${part}-${weight}`))

/** Letters of the second part, after the font’s own `unicode-range`. */
const extended = /[\u0100-\u0130\u0132-\u0151\u0154-\u02ba\u1e00-\u1e9f\u1ef2-\u1eff\u20a0-\u20ab\u20ad-\u20c0]/

const loaded = new Map<FontName, Buffer>()

/** A file of the font, read once. Documents embed it: a reader's own fonts must not change what a receipt looks like. */
export function fontFile(name: FontName): Buffer {
  let font = loaded.get(name)
  if (font === undefined) {
    font = readFileSync(join(folder, `inter-${name}.woff`))
    loaded.set(name, font)
  }
  return font
}

/** A text cut where the part of the font changes. The narrow no-break space of some locales is not in the font. */
export function runsOf(text: string): { part: FontPart; text: string }[] {
  const runs: { part: FontPart; text: string }[] = []
  for (const letter of text.replaceAll('\u202f', '\u00a0')) {
    const part = extended.test(letter) ? 'latin-ext' : 'latin'
    const last = runs.at(-1)
    if (last?.part === part) last.text += letter
    else runs.push({ part, text: letter })
  }
  return runs
}
