import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Brand } from './brand'
import { brandCss } from './brand-css'
import { brandFonts, fontFaces, fontIds, fontParts, fontPath } from './brand-fonts'

const hostile = [
  '}body{display:none',
  'url(//evil.example/x)',
  '@import "//evil.example"',
  '</style><script>alert(1)</script>',
  'red;x:y',
  '#0e5a4a}',
  'expression(1)',
]

test('a color is six digits and nothing else, however it was typed', () => {
  expect(Brand.parse({ color: ' 1E9E7F ' }).color).toBe('#1e9e7f')
  expect(Brand.parse({ color: '#ABC' }).color).toBe('#aabbcc')
  for (const text of [...hostile, '', '#12', '#12345g', 'rgb(0,0,0)'])
    for (const field of ['color', 'canvas', 'font', 'theme', 'radius'])
      expect(Brand.safeParse({ [field]: text }).success, `${field} ${text}`).toBe(false)
})

test('no line of a brand can begin another line, or turn its own around', () => {
  const breaks = fc.constantFrom('\r\n', '\n', '\r', '\u2028', '\u0000', '\u202e', '\t')
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 10 }),
      breaks,
      fc.string({ minLength: 1, maxLength: 10 }),
      (before, mark, after) => {
        fc.pre(before.trim() !== '' && after.trim() !== '')
        for (const field of ['senderName', 'postalAddress', 'supportPhone', 'payByCheck'])
          expect(Brand.safeParse({ [field]: `x${before}${mark}${after}x` }).success).toBe(false)
      },
    ),
  )
  for (const address of ['a@b.example, c@d.example', 'Name <a@b.example>', 'a@b.example\r\nBcc: x@y.example', 'nobody'])
    expect(Brand.safeParse({ replyTo: address }).success, address).toBe(false)
})

test('the style of any brand is made of colors, numbers and names of ours', () => {
  const brand = fc.record({
    color: fc.integer({ min: 0, max: 0xffffff }).map((value) => value.toString(16).padStart(6, '0')),
    radius: fc.integer({ min: 0, max: 14 }),
    font: fc.constantFrom(...fontIds),
    theme: fc.constantFrom('auto', 'light', 'dark'),
    ...{ senderName: fc.constantFrom(...hostile), postalAddress: fc.constantFrom(...hostile) },
  })
  fc.assert(
    fc.property(brand, (tokens) => {
      const css = brandCss(Brand.parse(tokens))
      const rest = css
        .replace(/light-dark\(#[0-9a-f]{6},#[0-9a-f]{6}\)/g, 'color')
        .replace(/^@font-face\{font-family:"[A-Z][\w -]+ stand-in";src:local\("[A-Z][\w -]+"\)(;[\w-]+:[\d.]+%)+\}/, '')
        .replace(/"[A-Z][\w -]+"/g, 'name')
        .replace(/"\/fonts\/[\w.-]+\.woff2"/g, 'file')
      expect(rest).toMatch(
        /^:root\{color-scheme:(light dark|light|dark);(--[\w-]+:(color|\d+px|name,name|file);?)+\}body\{background:var\(--brand-canvas\)\}$/,
      )
    }),
  )
})

test('the rules of a font name its files and no other, and the page’s own style names none: it would give the page away', () => {
  for (const id of fontIds) {
    const faces = fontFaces(id)
    expect(faces.replace(/@font-face\{[^{}]*\}/g, '')).toBe('')
    expect([...faces.matchAll(/url\("([^"]*)"\)/g)].map(([, url]) => url)).toEqual(
      fontParts.map((part) => fontPath(id, part)),
    )
    expect(brandCss(Brand.parse({ font: id }))).not.toContain('url(')
  }
})

test('an address names the very version of the font that is installed, under a licence that lets us serve it', () => {
  for (const id of fontIds) {
    const about = JSON.parse(readFileSync(`node_modules/@fontsource-variable/${id}/package.json`, 'utf8'))
    expect(about).toMatchObject({ version: brandFonts[id].version, license: 'OFL-1.1' })
  }
})
