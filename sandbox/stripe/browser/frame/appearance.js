/**
 * The Appearance API: a theme, variables and rules, laid over payment.css through the object model, which the frame's
 * content policy allows and which cannot smuggle in markup.
 */

const older = { spacingGridRow: 'gridRowSpacing', spacingGridColumn: 'gridColumnSpacing', colorIcon: 'iconColor' }
const states = 'selected|invalid|empty|focused|loading'
const pseudos = 'hover|focus|focus-visible|focus-within|active|disabled|autofill|checked|:placeholder|:selection'
const selectorShape = new RegExp(`^\\.[A-Z][A-Za-z]*(?:--(?:${states}))?(?::(?:${pseudos}))*$`)

const sheet = new CSSStyleSheet()
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]

/** Applies an appearance; says what of it cannot be used, so that the page's console can. */
export function applyAppearance(appearance = {}) {
  const { theme = 'stripe', variables = {}, rules = {}, labels = 'auto', inputs = 'spaced' } = appearance
  const root = document.documentElement
  root.dataset.theme = theme
  root.dataset.labels = labels === 'floating' ? 'floating' : 'above'
  root.toggleAttribute('data-still', appearance.disableAnimations === true)
  sheet.replaceSync('')
  const unusable = [...applyVariables(variables), ...applyRules(rules), ...(inputs === 'spaced' ? [] : ['inputs'])]
  root.style.colorScheme = schemeOf(root)
  return { unusable, scheme: root.style.colorScheme }
}

function applyVariables(variables) {
  const style = addRule(':root')
  const unusable = []
  for (const [name, value] of Object.entries(variables)) {
    const known = older[name] ?? name
    if (!/^[a-z][A-Za-z0-9]*$/.test(known) || !isUsable(known, value)) unusable.push(`variables.${name}`)
    else style.setProperty(`--${known}`, value)
  }
  return unusable
}

/** The host page's own variables do not reach into a frame, and a colour must be one by itself. */
function isUsable(name, value) {
  if (typeof value !== 'string' || value.includes('var(')) return false
  return !/^color|Color(?!.*Shadow)/.test(name) || CSS.supports('color', value)
}

function applyRules(rules) {
  const unusable = []
  for (const [selector, declarations] of Object.entries(rules)) {
    const parts = selector.split(',').map((part) => part.trim())
    if (!parts.every((part) => selectorShape.test(part))) {
      unusable.push(`rules["${selector}"]`)
      continue
    }
    const style = addRule(parts.join(', '))
    for (const [property, value] of Object.entries(declarations)) {
      const name = property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
      style.setProperty(name, value)
    }
  }
  return unusable
}

function addRule(selector) {
  const index = sheet.insertRule(`${selector} {}`, sheet.cssRules.length)
  return sheet.cssRules[index].style
}

/** Light or dark by the background, so that lists and scroll bars fit it. */
function schemeOf(root) {
  const probe = document.createElement('canvas').getContext('2d')
  if (probe === null) return 'light'
  probe.fillStyle = getComputedStyle(root).getPropertyValue('--colorBackground').trim() || '#ffffff'
  probe.fillRect(0, 0, 1, 1)
  const [red = 255, green = 255, blue = 255, alpha = 255] = probe.getImageData(0, 0, 1, 1).data
  return alpha > 0 && 0.299 * red + 0.587 * green + 0.114 * blue < 110 ? 'dark' : 'light'
}

/** Fonts of the `fonts` option: a file with a name, or a style sheet that names them. */
export function loadFonts(fonts = []) {
  for (const font of fonts) {
    if (font.cssSrc !== undefined) {
      const link = document.createElement('link')
      link.rel = 'stylesheet'
      link.href = font.cssSrc
      document.head.append(link)
    } else {
      const { family, src, style, weight, display, unicodeRange } = font
      const descriptors = { style, weight, display, unicodeRange }
      const given = Object.fromEntries(Object.entries(descriptors).filter(([, value]) => value !== undefined))
      document.fonts.add(new FontFace(family, src, given))
    }
  }
}
