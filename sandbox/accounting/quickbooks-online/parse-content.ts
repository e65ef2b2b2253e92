import type { z } from 'zod'
import { QuickbooksFault } from './fault.ts'
import { type Content, type EntityName, schemas } from './schema/schemas.ts'

const parsers: { [E in EntityName]: z.ZodType<Content<E>> } = schemas

/** Reads what a client sent for an entity; what the interface does not take is refused with the vendor's code. */
export function parseContent<E extends EntityName>(entity: E, sent: unknown): Content<E> {
  const read = parsers[entity].safeParse(sent)
  if (read.success) return read.data
  const [issue] = read.error.issues
  if (issue === undefined) throw new QuickbooksFault('2010', 'The request cannot be read')
  throw refusalOf(issue, valueAt(sent, issue.path))
}

function refusalOf(issue: z.core.$ZodIssue, found: unknown): QuickbooksFault {
  const element = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    const name = issue.keys[0] ?? ''
    return new QuickbooksFault('2010', `Property Name:${name} specified is unsupported or invalid`, name)
  }
  if (found === undefined) {
    return new QuickbooksFault('2020', `Required parameter ${element} is missing in the request`, element)
  }
  if (issue.code === 'invalid_value') {
    return new QuickbooksFault('2170', `${element} cannot be ${JSON.stringify(found)}`, element)
  }
  return new QuickbooksFault(
    '2010',
    `Property Name:${element} specified is unsupported or invalid: ${issue.message}`,
    element,
  )
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    value,
  )
}
