import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(`${import.meta.dirname}/../../app/tokens.css`, 'utf8')
const themes = ['light', 'dark'] as const
type Theme = (typeof themes)[number]

/** `--text: light-dark(#151a21, #eef1f4)` → one color per theme. */
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
)

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** WCAG 2.2, "contrast ratio". */
function contrast(front: string, behind: string, theme: Theme): number {
  const [a, b] = [front, behind].map((name) => {
    const pair = tokens.get(name)
    if (pair === undefined) throw new Error(`No token --${name}`)
    return luminance(pair[theme])
  }) as [number, number]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

const surfaces = ['page', 'surface', 'raised', 'sunken', 'hover', 'selected']
const tones = ['good', 'move', 'warn', 'bad', 'talk']

const texts: [front: string, behind: string][] = [
  ...['text', 'text-2', 'text-3', 'link'].flatMap((front) =>
    surfaces.map((behind) => [front, behind] as [string, string]),
  ),
  ['text-on-ink', 'ink'],
  ['text-on-ink', 'ink-hover'],
  ...tones.flatMap((tone) => [tone, 'text'].map((front) => [front, `${tone}-bg`] as [string, string])),
  ...tones.map((tone) => [tone, 'surface'] as [string, string]),
  ['brand-on', 'brand'],
  ['brand-text', 'brand-soft'],
]
const graphics: [front: string, behind: string][] = [
  ...['edge', 'focus'].flatMap((front) =>
    ['page', 'surface', 'sunken'].map((behind) => [front, behind] as [string, string]),
  ),
  ...tones.map((tone) => [`${tone}-solid`, 'surface'] as [string, string]),
  ...['age-1', 'age-2', 'age-3', 'age-4'].map((front) => [front, 'surface'] as [string, string]),
]

test.for(themes)('every text reads at 4.5:1 on whatever it may stand on, %s', (theme) => {
  const poor = texts.filter(([front, behind]) => contrast(front, behind, theme) < 4.5)
  expect(poor.map(([front, behind]) => `${front} on ${behind} ${contrast(front, behind, theme).toFixed(2)}`)).toEqual(
    [],
  )
})

test.for(themes)('every control and graphic shows at 3:1, %s', (theme) => {
  const poor = graphics.filter(([front, behind]) => contrast(front, behind, theme) < 3)
  expect(poor.map(([front, behind]) => `${front} on ${behind} ${contrast(front, behind, theme).toFixed(2)}`)).toEqual(
    [],
  )
})
