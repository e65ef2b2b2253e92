import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import tailwind from '@tailwindcss/postcss'
import postcss, { type AcceptedPlugin } from 'postcss'

const root = resolve(import.meta.dirname, '../..')

/**
 * A style on Tailwind, built and made small.
 * @param from the whole path of its file, by which it names others
 * @param text what stands in it
 */
export async function buildStyle(from: string, text = readFileSync(from, 'utf8')): Promise<string> {
  const plugins = [tailwind({ base: root, optimize: { minify: true } }), withoutFonts]
  const { css } = await postcss(plugins).process(text, { from })
  return css
}

/** The brand brings its own, under addresses that are the same from every page. */
const withoutFonts: AcceptedPlugin = {
  postcssPlugin: 'without-fonts',
  OnceExit: (sheet) => {
    sheet.walkAtRules('font-face', (rule) => {
      rule.remove()
    })
  },
}
