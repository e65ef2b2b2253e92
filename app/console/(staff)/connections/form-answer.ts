import type { z } from 'zod'

/** What is wrong, by field: the first thing about each. */
export function problemsOf(error: z.ZodError): Record<string, string> {
  return Object.fromEntries(error.issues.toReversed().map(({ path, message }) => [String(path[0]), message]))
}

/** What was typed into these fields, to be shown again. */
export function typedIn(form: FormData, names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, String(form.get(name) ?? '').slice(0, 300)]))
}
