/**
 * Makes an element. Attributes are set as written (`true` sets an empty one, false and undefined none), `on…` functions
 * listen; there is no way to pass markup, so nothing here can be injected into.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    if (typeof value === 'function') element.addEventListener(name.slice(2).toLowerCase(), value)
    else element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== ''))
  return element
}

const svgSpace = 'http://www.w3.org/2000/svg'

/** A drawing of icons.svg. Without a label it is decoration. */
export function icon(name, { className = 'Icon', label } = {}) {
  const svg = document.createElementNS(svgSpace, 'svg')
  svg.setAttribute('class', className)
  svg.setAttribute('focusable', 'false')
  if (label === undefined) {
    svg.setAttribute('aria-hidden', 'true')
  } else {
    svg.setAttribute('role', 'img')
    svg.setAttribute('aria-label', label)
  }
  const use = document.createElementNS(svgSpace, 'use')
  use.setAttribute('href', `/elements/icons.svg#${name}`)
  svg.append(use)
  return svg
}
