import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canvasFits, deriveColors, grounds, nearestCanvas, readableColor } from './brand-colors'
import { contrast, type Hex, hexOfOklch, oklchOf } from './color'
import { contrastTable } from './contrast-table'

const hex = fc.integer({ min: 0, max: 0xffffff }).map((value): Hex => `#${value.toString(16).padStart(6, '0')}`)
const typed = fc.record({ color: hex, canvas: hex, keepsTypedColor: fc.boolean() })

/** Text and what it may stand on, by theme. Grays and surfaces are those of app/tokens.css. */
const surfaces = {
  light: { surface: '#ffffff', sunken: '#fafbfc', text: '#151a21', 'text-2': '#4b5461' },
  dark: { surface: '#12161c', sunken: '#0f1318', text: '#eef1f4', 'text-2': '#b3bcc8' },
} as const

test('whatever color is typed, every pair made of it passes its floor, in both themes', () => {
  fc.assert(
    fc.property(typed, (colors) => {
      const derived = deriveColors(colors)
      for (const theme of ['light', 'dark'] as const) {
        const of = derived[theme]
        const ground = surfaces[theme]
        const pairs: [front: string, behind: string][] = [
          [of['brand-on'], of.brand],
          [of['brand-on'], of['brand-hover']],
          ...[ground.surface, ground.sunken, of['brand-soft'], of['brand-canvas']].map((behind): [string, string] => [
            of['brand-text'],
            behind,
          ]),
          [ground.text, of['brand-soft']],
          [ground['text-2'], of['brand-soft']],
        ]
        for (const [front, behind] of pairs) expect(contrast(front, behind)).toBeGreaterThanOrEqual(4.5)
      }
      expect(contrast(grounds.gray, derived.light['brand-canvas'])).toBeGreaterThanOrEqual(4.5)
      expect(
        contrastTable({ ...colors, canvas: nearestCanvas(colors.canvas) }).every((row) => row.used >= row.needs),
      ).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test('white reads at 4.6 on the used color, which is no darker than it must be', () => {
  fc.assert(
    fc.property(hex, (color) => {
      const used = readableColor({ color, canvas: '#ffffff' })
      expect(contrast(grounds.white, used)).toBeGreaterThanOrEqual(4.6)
      if (used !== color) expect(contrast(grounds.white, used)).toBeLessThan(5.5)
    }),
    { numRuns: 1_000 },
  )
})

test('a color that reads is used as it was typed', () => {
  for (const color of ['#0e5a4a', '#5b2c83', '#1d3a8a', '#000000'])
    expect(deriveColors({ color, canvas: '#f5f7f6', keepsTypedColor: false }).light.brand).toBe(color)
})

test('a darkened color keeps its hue', () => {
  const used = readableColor({ color: '#1e9e7f', canvas: '#f5f7f6' })
  expect(used).toBe('#157c63')
  expect(oklchOf(used).hue).toBeCloseTo(oklchOf('#1e9e7f').hue, 1)
})

test('a typed color that is kept turns its text dark where white does not read', () => {
  const { light } = deriveColors({ color: '#ffe000', canvas: '#ffffff', keepsTypedColor: true })
  expect(light).toMatchObject({ brand: '#ffe000', 'brand-on': '#0b0e13' })
  expect(light['brand-text']).not.toBe('#ffe000')
})

test('the nearest tint is within bounds, and a tint within bounds is its own nearest', () => {
  fc.assert(
    fc.property(hex, (canvas) => {
      expect(canvasFits(nearestCanvas(canvas))).toBe(true)
      if (canvasFits(canvas)) expect(nearestCanvas(canvas)).toBe(canvas)
    }),
    { numRuns: 1_000 },
  )
})

test('a tint that is too dark fails its row and no other', () => {
  const failed = contrastTable({ color: '#0e5a4a', canvas: '#d0d0d0', keepsTypedColor: false }).filter(
    ({ used, needs }) => used < needs,
  )
  expect(failed.map(({ where }) => where)).toEqual(['gray-on-canvas'])
})

test('every color a screen has survives the way to lightness, chroma and hue and back', () => {
  fc.assert(
    fc.property(hex, (color) => {
      expect(hexOfOklch(oklchOf(color))).toBe(color)
    }),
  )
})
