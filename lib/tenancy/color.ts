/** A color as `#rrggbb`, lower case. */
export type Hex = `#${string}`

/** Lightness 0 to 1, chroma from 0, hue in radians: equal steps look equally large (Björn Ottosson, "OKLab"). */
export type Oklch = { lightness: number; chroma: number; hue: number }

type Three = readonly [number, number, number]

function channelsOf(hex: string): Three {
  const at = (from: number) => Number.parseInt(hex.slice(from, from + 2), 16) / 255
  return [at(1), at(3), at(5)]
}

function hexOf(channels: Three): Hex {
  const digits = channels.map((value) =>
    Math.round(Math.min(1, Math.max(0, value)) * 255)
      .toString(16)
      .padStart(2, '0'),
  )
  return `#${digits.join('')}`
}

const toLinear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
const fromLinear = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055)

/** WCAG 2.2, "relative luminance". */
function luminance(hex: string): number {
  const [red, green, blue] = channelsOf(hex)
  return 0.2126 * toLinear(red) + 0.7152 * toLinear(green) + 0.0722 * toLinear(blue)
}

/** WCAG 2.2, "contrast ratio", from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

export function oklchOf(hex: string): Oklch {
  const [red, green, blue] = channelsOf(hex).map(toLinear) as [number, number, number]
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const middle = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  const lightness = 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short
  const a = 1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short
  const b = 0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short
  return { lightness, chroma: Math.hypot(a, b), hue: Math.atan2(b, a) }
}

function linearOf({ lightness, chroma, hue }: Oklch): Three {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)]
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ]
}

/** A screen shows less than the eye sees: the same hue and lightness, as colorful as a screen can make it. */
export function hexOfOklch(color: Oklch): Hex {
  const isShown = (chroma: number) =>
    linearOf({ ...color, chroma }).every((value) => value >= -0.0005 && value <= 1.0005)
  let chroma = color.chroma
  if (!isShown(chroma)) {
    let [shown, beyond] = [0, chroma]
    for (let step = 0; step < 20; step++) {
      const between = (shown + beyond) / 2
      if (isShown(between)) shown = between
      else beyond = between
    }
    chroma = shown
  }
  const [red, green, blue] = linearOf({ ...color, chroma })
  return hexOf([fromLinear(Math.max(0, red)), fromLinear(Math.max(0, green)), fromLinear(Math.max(0, blue))])
}

/**
 * The nearest color of the same hue for which `isEnough` holds, going towards black or white; the color itself when it
 * already is. A darker one is less colorful in proportion, as a shade of the same paint would be.
 * @param isEnough must hold at the end the search goes to
 */
export function shiftUntil(color: Hex, towards: 'black' | 'white', isEnough: (color: Hex) => boolean): Hex {
  if (isEnough(color)) return color
  const { lightness, chroma, hue } = oklchOf(color)
  const steps = 400
  for (let step = 1; step < steps; step++) {
    const left = 1 - step / steps
    const shifted =
      towards === 'black'
        ? { lightness: lightness * left, chroma: chroma * left, hue }
        : { lightness: 1 - (1 - lightness) * left, chroma, hue }
    const hex = hexOfOklch(shifted)
    if (isEnough(hex)) return hex
  }
  return towards === 'black' ? '#000000' : '#ffffff'
}
