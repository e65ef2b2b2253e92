import type { z } from 'zod'
import { type ApiError, invalid } from './api-error'

/** The first thing that is wrong with what was asked, by name and with what would be right. */
export function problemOf(error: z.ZodError, taken: readonly string[]): ApiError {
  const [issue] = error.issues
  if (issue === undefined) return invalid('parameter_invalid', 'The request does not hold together.')
  const path = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    const name = [path, issue.keys[0] ?? ''].filter((part) => part !== '').join('.')
    const known = taken.length === 0 ? 'This takes none.' : `This takes ${taken.join(', ')}.`
    return invalid(
      'parameter_unknown',
      `Unknown parameter: ${name.slice(0, 80)}. ${path === '' ? known : ''}`.trim(),
      name.slice(0, 80),
    )
  }
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return invalid('parameter_missing', `Missing: ${path}.`, path)
  return invalid('parameter_invalid', `${path}: ${issue.message}.`.replace('..', '.'), path)
}
