import type { Brand } from '@/lib/tenancy/brand'
import { deriveColors } from '@/lib/tenancy/brand-colors'

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
  const { light, dark } = deriveColors(brand)
  const derived = (name: keyof typeof light): Pair => ({ light: light[name], dark: dark[name] })
  return {
    canvas: derived('brand-canvas'),
    surface: { light: '#ffffff', dark: '#12161c' },
    line: { light: '#e6e9ed', dark: '#232a34' },
    text: { light: '#151a21', dark: '#eef1f4' },
    text2: { light: '#4b5461', dark: '#b3bcc8' },
    text3: { light: '#626c79', dark: '#919baa' },
    brand: derived('brand'),
    onBrand: derived('brand-on'),
    soft: derived('brand-soft'),
  }
}
