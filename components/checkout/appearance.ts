import type { Appearance } from '@stripe/stripe-js'

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
  const radius = getComputedStyle(document.documentElement).getPropertyValue('--brand-radius').trim() || '10px'
  const [text, second, third, surface, edge] = ['text', 'text-2', 'text-3', 'surface', 'edge'].map(token)
  const [brand, focus, bad, hairline] = ['brand', 'focus', 'bad', 'hairline-strong'].map(token)
  probe.remove()
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches
  return {
    theme: isDark ? 'night' : 'stripe',
    labels: 'above',
    disableAnimations: matchMedia('(prefers-reduced-motion: reduce)').matches,
    variables: given({
      fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
      fontSizeBase: '16px',
      spacingUnit: '4px',
      gridRowSpacing: '16px',
      borderRadius: radius,
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

function given(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
