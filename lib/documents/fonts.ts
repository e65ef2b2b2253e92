import 'server-only'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(process.cwd(), 'node_modules/@fontsource-variable/inter/files')

/** Inter comes in parts by alphabet; the first holds what nearly every document needs. */
export const fontParts = ['latin', 'latin-ext', 'cyrillic', 'greek'] as const
export type FontPart = (typeof fontParts)[number]

/** Letters of each part, after the package's own `unicode-range`. */
const alphabets: Record<Exclude<FontPart, 'latin'>, RegExp> = {
  'latin-ext': /[\u0100-\u0130\u0132-\u0151\u0154-\u02ba\u1e00-\u1e9f\u1ef2-\u1eff\u20a0-\u20ab\u20ad-\u20c0]/,
  cyrillic: /[\u0400-\u045f\u0490\u0491\u2116]/,
  greek: /[\u0370-\u03ff]/,
}

const loaded = new Map<FontPart, Buffer>()

/** A part of the font, read once. Documents embed it: a reader's own fonts must not change what a receipt looks like. */
export function fontPart(part: FontPart): Buffer {
  let font = loaded.get(part)
  if (font === undefined) {
    font = readFileSync(join(folder, `inter-${part}-wght-normal.woff2`))
    loaded.set(part, font)
  }
  return font
}

/** A text cut where the part of the font changes. The narrow no-break space of some locales is not in the font. */
export function runsOf(text: string): { part: FontPart; text: string }[] {
  const runs: { part: FontPart; text: string }[] = []
  for (const letter of text.replaceAll('\u202f', '\u00a0')) {
    const part = fontParts.find((name) => name !== 'latin' && alphabets[name].test(letter)) ?? 'latin'
    const last = runs.at(-1)
    if (last?.part === part) last.text += letter
    else runs.push({ part, text: letter })
  }
  return runs
}
