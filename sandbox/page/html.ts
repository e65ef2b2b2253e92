/** Markup that may be sent as it is. */
export type Html = { markup: string }

/** Markup with everything put into it escaped; markup made here before is taken as it is. */
export function html(parts: TemplateStringsArray, ...values: (Html | Html[] | string | number)[]): Html {
  return { markup: parts.reduce((markup, part, at) => markup + (at === 0 ? '' : rendered(values[at - 1])) + part, '') }
}

export const nothing: Html = { markup: '' }

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}

function rendered(value: Html | Html[] | string | number | undefined): string {
  if (value === undefined) return ''
  if (Array.isArray(value)) return value.map((each) => each.markup).join('')
  return typeof value === 'object' ? value.markup : escapeHtml(String(value))
}
