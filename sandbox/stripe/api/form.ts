/** A decoded form: text, or named values. Lists arrive as numbered names, as the official clients write them. */
export type FormValue = string | Form
export type Form = { [name: string]: FormValue }

/** Reads Stripe's nested form encoding: `a[b]=1`, `a[0]=x`, `a[]=x`. */
export function decodeForm(text: string): Form {
  const form = emptyForm()
  if (text === '') return form
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = equals < 0 ? pair : pair.slice(0, equals)
    place(form, stepsOf(decode(name)), equals < 0 ? '' : decode(pair.slice(equals + 1)))
  }
  return form
}

function emptyForm(): Form {
  return Object.create(null) // names come from outside: `__proto__` must be a name like any other
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  if (!spaced.includes('%')) return spaced
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}

function stepsOf(name: string): string[] {
  const bracket = name.indexOf('[')
  if (bracket <= 0 || !name.endsWith(']')) return [name]
  return [name.slice(0, bracket), ...name.slice(bracket + 1, -1).split('][')]
}

function place(form: Form, steps: string[], value: string): void {
  let inside = form
  for (const [depth, step] of steps.entries()) {
    const name = step === '' ? String(Object.keys(inside).length) : step
    if (depth === steps.length - 1) {
      inside[name] = value
      return
    }
    const known = inside[name]
    const next = typeof known === 'object' ? known : emptyForm()
    inside[name] = next
    inside = next
  }
}
