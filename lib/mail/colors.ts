import type { Brand } from '@/lib/tenancy/brand'

/** Every color of a mail, light and dark: mail programs know no variables, so each is written out. */
export type MailColors = {
  canvas: Pair
  surface: Pair
  line: Pair
  text: Pair
  text2: Pair
  text3: Pair
  brand: Pair
  onBrand: Pair
  soft: Pair
}
type Pair = { light: string; dark: string }

/** The tokens of app/tokens.css by value, and the MSP's own color with its tint. */
export function mailColors(brand: Brand): MailColors {
  return {
    canvas: { light: brand.canvas, dark: '#0b0e13' },
    surface: { light: '#ffffff', dark: '#12161c' },
    line: { light: '#e6e9ed', dark: '#232a34' },
    text: { light: '#151a21', dark: '#eef1f4' },
    text2: { light: '#4b5461', dark: '#b3bcc8' },
    text3: { light: '#626c79', dark: '#919baa' },
    brand: { light: brand.color, dark: brand.colorDark },
    onBrand: { light: '#ffffff', dark: '#0b0e13' },
    soft: { light: mix(brand.color, '#ffffff', 0.09), dark: mix(brand.colorDark, '#12161c', 0.12) },
  }
}

/** `share` of a color laid over a ground, both `#rrggbb`. */
export function mix(color: string, ground: string, share: number): string {
  const channel = (hex: string, at: number) => Number.parseInt(hex.slice(1 + at * 2, 3 + at * 2), 16)
  const mixed = [0, 1, 2].map((at) => Math.round(channel(color, at) * share + channel(ground, at) * (1 - share)))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}
