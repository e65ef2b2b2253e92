import type { Brand } from './brand'
import { deriveColors } from './brand-colors'
import { fontFamilies, fontPath, fontStandIn } from './brand-fonts'

/**
 * The brand as declarations of the variables in app/tokens.css, `--brand:…;--brand-hover:…`. Every value is a color, a
 * number or a name of ours: nothing a tenant typed stands in it.
 */
export function brandVariables(brand: Brand): string {
  const { light, dark } = deriveColors(brand)
  const colors = (Object.keys(light) as (keyof typeof light)[]).map(
    (name) => `--${name}:light-dark(${light[name]},${dark[name]})`,
  )
  const shape = `--brand-radius:${brand.radius}px`
  // The file too, for Stripe's frame, which has to fetch the font by itself.
  const font = `--brand-font:${fontFamilies(brand.font)};--brand-font-file:"${fontPath(brand.font, 'latin')}"`
  return [...colors, shape, font].join(';')
}

/**
 * The style of a page under a brand: its variables, the theme where the tenant has set one, and the font's stand-in. The
 * font's own rules come beside it, as the file at `fontSheetPath`.
 */
export function brandCss(brand: Brand): string {
  const scheme = brand.theme === 'auto' ? 'light dark' : brand.theme
  return `${fontStandIn(brand.font)}:root{color-scheme:${scheme};${brandVariables(brand)}}body{background:var(--brand-canvas)}`
}
