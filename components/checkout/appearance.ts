import type { Appearance, CustomFontSource } from '@stripe/stripe-js'

/**
 * The page's tokens as literal values, since a variable of ours does not reach into Stripe's frame. Read off a hidden
 * element, so that the browser has chosen between light and dark.
 */
export function readAppearance(): Appearance {
  const probe = document.createElement('i')
  probe.hidden = true
  document.body.append(probe)
  const token = (name: string) => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const [text, second, third, surface, edge] = ['text', 'text-2', 'text-3', 'surface', 'edge'].map(token)
  const [brand, focus, bad, hairline] = ['brand-text', 'focus', 'bad', 'hairline-strong'].map(token)
  // A tenant may have set one theme for everybody, whatever the reader's system prefers.
  probe.style.color = 'light-dark(#fff, #000)'
  const isDark = getComputedStyle(probe).color === 'rgb(0, 0, 0)'
  probe.remove()
  return {
    theme: isDark ? 'night' : 'stripe',
    labels: 'above',
    disableAnimations: matchMedia('(prefers-reduced-motion: reduce)').matches,
    variables: given({
      fontFamily: `${brandFont()}, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif`,
      fontSizeBase: '16px',
      spacingUnit: '4px',
      gridRowSpacing: '16px',
      borderRadius: variable('--brand-radius') || '10px',
      colorPrimary: brand,
      colorBackground: surface,
      colorText: text,
      colorTextSecondary: second,
      colorTextPlaceholder: third,
      colorDanger: bad,
      iconColor: second,
      focusOutline: `2px solid ${focus}`,
      focusBoxShadow: 'none',
    }),
    rules: {
      '.Label': given({ fontSize: '14px', fontWeight: '500', color: text }),
      '.Input': given({ border: `1px solid ${edge}`, boxShadow: 'none' }),
      '.TermsText': given({ fontSize: '13px', lineHeight: '20px', color: second }),
      '.Block': given({ border: `1px solid ${hairline}`, boxShadow: 'none' }),
    },
  }
}

/** The page's own font for Stripe's frame, which fetches it by itself. */
export function readFonts(): CustomFontSource[] {
  const file = variable('--brand-font-file').replaceAll('"', '')
  if (file === '') return []
  const src = `url(${new URL(file, location.origin).href})`
  return [{ family: brandFont().replaceAll('"', ''), src, weight: '400 700' }]
}

/** The first of the families: its stand-in for the time of loading exists on this page alone. */
function brandFont(): string {
  return variable('--brand-font').split(',')[0]?.trim() || 'Inter'
}

function variable(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}

function given(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
