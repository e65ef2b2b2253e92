import type { Brand } from '@/lib/tenancy/brand'
import { PageStyle } from './page-style'

/**
 * The MSP's tokens, written over ours. Hover, tint, line and the whole dark set are derived here, never typed in. Every
 * value has passed the brand's schema, so nothing but a color or a number can stand in this style.
 */
export function BrandStyle({ brand, nonce }: { brand: Brand; nonce: string | undefined }) {
  const { color, colorDark, canvas, radius } = brand
  const pair = (light: string, dark: string) => `light-dark(${light}, ${dark})`
  const mixed = (of: string, share: number, ground: string) => `color-mix(in srgb, ${of} ${share}%, ${ground})`
  const tokens = {
    '--brand': pair(color, colorDark),
    '--brand-hover': pair(mixed(color, 82, '#000'), mixed(colorDark, 78, '#fff')),
    '--brand-on': pair('#fff', '#0b0e13'),
    '--brand-text': pair(color, colorDark),
    '--brand-soft': pair(mixed(color, 9, '#fff'), mixed(colorDark, 12, '#12161c')),
    '--brand-line': pair(mixed(color, 28, '#fff'), mixed(colorDark, 30, '#12161c')),
    '--brand-canvas': pair(canvas, '#0b0e13'),
    '--brand-radius': `${radius}px`,
  }
  const body = Object.entries(tokens)
    .map(([name, value]) => `${name}:${value}`)
    .join(';')
  return <PageStyle css={`:root{${body}}body{background:var(--brand-canvas)}`} nonce={nonce} />
}
