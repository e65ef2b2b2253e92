import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { buildStyle } from './build-style'

const folder = 'app/m/[msp]/pay'
const sheet = join(folder, 'pay.css.inline')

test('the style of the pay pages knows every class of all they are made of', async () => {
  const path = join(process.cwd(), sheet)
  const text = readFileSync(path, 'utf8')
  const parts = partsOf(readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
  expect(parts).toContain('components/checkout/stripe-fields.tsx')
  const sources = parts.map((part) => `@source "${relative(folder, part)}";`)
  const exact = await buildStyle(path, text.replace(/^@source .*\n/gm, '') + sources.join('\n'))
  const known = classesOf(await buildStyle(path, text))
  expect(known).toContain('.fields-room')
  expect([...classesOf(exact)].filter((name) => !known.has(name))).toEqual([])
})

/** The files, and all they import of what is drawn, also what they import only when it is needed. */
function partsOf(files: readonly string[]): string[] {
  const parts = new Set<string>()
  const take = (path: string) => {
    if (parts.has(path) || !/\.tsx?$/.test(path) || path.includes('.test.')) return
    parts.add(path)
    const imports = readFileSync(path, 'utf8').matchAll(
      /(?:\sfrom\s+|\bimport\()'(@\/(?:app|components)\/|\.{1,2}\/)([^']+)'/g,
    )
    for (const [, start = '', rest = ''] of imports) {
      const to = start.startsWith('@/') ? join(start.slice(2), rest) : join(dirname(path), start, rest)
      for (const end of ['.tsx', '.ts']) if (existsSync(`${to}${end}`)) take(`${to}${end}`)
    }
  }
  files.forEach(take)
  return [...parts].sort()
}

function classesOf(css: string): Set<string> {
  return new Set(css.match(/\.(?:\\.|[\w-])+/g))
}
