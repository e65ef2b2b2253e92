import { contrast, type Hex, hexOfOklch, oklchOf, shiftUntil } from './color'

/** What a tenant types; everything else is derived. */
export type TypedColors = {
  color: string
  canvas: string
  /** Large shapes wear the typed color, with dark text where white would not read; words still wear a darker one. */
  keepsTypedColor: boolean
}

/** One theme of a brand. The names are those of app/tokens.css, without `--`. */
export type BrandColors = {
  brand: Hex
  'brand-hover': Hex
  'brand-on': Hex
  'brand-text': Hex
  'brand-soft': Hex
  'brand-line': Hex
  'brand-canvas': Hex
}

/** The grounds of app/tokens.css the brand's colors stand on, and the gray that stands on the tenant's tint. */
export const grounds = {
  white: '#ffffff',
  dark: '#12161c',
  darkPage: '#0b0e13',
  /** The lightest surface of the dark theme: what reads here reads on every other. */
  darkRaised: '#1a2029',
  gray: '#626c79',
} as const satisfies Record<string, Hex>

/** A little more than the 4.5 that is required, so that white on a brand color never stands on the edge. */
const whiteNeeds = 4.6
export const textNeeds = 4.5
export const graphicNeeds = 3

/** Of the accent on dark grounds: as light as the default one. */
const accentLightness = 0.78
/** Tints and lines: the color's own hue at a fixed lightness, with a share of its chroma. */
const tints = {
  light: { soft: { lightness: 0.957, share: 0.14 }, line: { lightness: 0.865, share: 0.35 } },
  dark: { soft: { lightness: 0.24, share: 0.3 }, line: { lightness: 0.36, share: 0.45 } },
}

function tintOf(color: string, { lightness, share }: { lightness: number; share: number }): Hex {
  const { chroma, hue } = oklchOf(color)
  return hexOfOklch({ lightness, chroma: chroma * share, hue })
}

/** A canvas is within bounds when it is nearly white and gray text still reads on it. */
export function canvasFits(canvas: string): boolean {
  return oklchOf(canvas).lightness >= 0.95 && contrast(grounds.gray, canvas) >= textNeeds
}

/** The nearest tint of the same hue that is within bounds; the same when it already is. */
export function nearestCanvas(canvas: string): Hex {
  return shiftUntil(canvas as Hex, 'white', canvasFits)
}

/** The nearest color of the same hue that reads as text on white, on its own tint and on the page, and carries white. */
export function readableColor({ color, canvas }: Pick<TypedColors, 'color' | 'canvas'>): Hex {
  return shiftUntil(
    color as Hex,
    'black',
    (shifted) =>
      contrast(grounds.white, shifted) >= whiteNeeds &&
      contrast(shifted, softOf(shifted)) >= textNeeds &&
      contrast(shifted, canvas) >= textNeeds,
  )
}

export function softOf(color: string): Hex {
  return tintOf(color, tints.light.soft)
}

/** A pure function of what was typed: every pair of its result passes its floor, whatever that was. */
export function deriveColors(typed: TypedColors): { light: BrandColors; dark: BrandColors } {
  const canvas = nearestCanvas(typed.canvas)
  const text = readableColor({ color: typed.color, canvas })
  const fill = typed.keepsTypedColor ? (typed.color as Hex) : text
  const on = onColor(fill)
  return {
    light: {
      brand: fill,
      'brand-hover': hoverOf(fill, on),
      'brand-on': on,
      'brand-text': text,
      'brand-soft': softOf(text),
      'brand-line': tintOf(text, tints.light.line),
      'brand-canvas': canvas,
    },
    dark: darkColors(typed.color as Hex),
  }
}

/** White where it reads, else the darkest ink that does; one of the two always does. */
function onColor(fill: Hex): Hex {
  if (contrast(grounds.white, fill) >= textNeeds) return grounds.white
  return contrast(grounds.darkPage, fill) >= textNeeds ? grounds.darkPage : '#000000'
}

/** A step away from the color, to the side on which what stands on it reads better; of near black, to the other. */
function hoverOf(fill: Hex, on: Hex): Hex {
  const color = oklchOf(fill)
  const isNearBlack = on === grounds.white && color.lightness < 0.2
  const step = isNearBlack ? 0.18 : on === grounds.white ? -0.07 : 0.07
  return hexOfOklch({ ...color, lightness: Math.min(1, Math.max(0, color.lightness + step)) })
}

/** The same hue at the lightness of our own dark accent, paler still where that is not enough. */
function darkColors(color: Hex): BrandColors {
  const typed = oklchOf(color)
  const chroma = Math.min((typed.chroma * accentLightness) / Math.max(typed.lightness, 0.01), 0.12)
  const pale = hexOfOklch({ lightness: accentLightness, chroma, hue: typed.hue })
  const soft = (of: Hex) => tintOf(of, tints.dark.soft)
  const reads = (shifted: Hex) =>
    [grounds.darkPage, grounds.darkRaised, soft(shifted)].every((ground) => contrast(shifted, ground) >= textNeeds)
  const brand = shiftUntil(pale, 'white', reads)
  const { lightness, ...rest } = oklchOf(brand)
  return {
    brand,
    'brand-hover': hexOfOklch({ ...rest, lightness: Math.min(1, lightness + 0.06) }),
    'brand-on': grounds.darkPage,
    'brand-text': brand,
    'brand-soft': soft(brand),
    'brand-line': tintOf(brand, tints.dark.line),
    'brand-canvas': grounds.darkPage,
  }
}
