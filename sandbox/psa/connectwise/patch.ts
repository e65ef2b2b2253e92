import { z } from 'zod'
import { fieldsOf, type RecordName } from './record-fields.ts'
import { invalid, Refusal } from './refusal.ts'

const Patch = z.array(z.looseObject({ op: z.string(), path: z.string(), value: z.unknown() }))

/** The request body as JSON; the vendor's 400 when it is none. */
export function readJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new Refusal(400, 'InvalidObject', 'The request body is not valid JSON')
  }
}

/**
 * Reads the vendor's PATCH dialect: a list of operations on bare field names. Gives the new values by field, `undefined`
 * for a removed one. A path into a reference (`company/identifier`) is taken and does nothing, as at the vendor's.
 */
export function readPatch(body: string, record: RecordName, resource: string): Map<string, unknown> {
  const parsed = Patch.safeParse(readJson(body))
  if (!parsed.success) {
    throw new Refusal(400, 'InvalidObject', 'A list of operations is expected: [{ "op", "path", "value" }]')
  }
  const names = new Set(fieldsOf(record).values())
  const changes = new Map<string, unknown>()
  for (const { op, path, value } of parsed.data) {
    if (!['add', 'replace', 'remove'].includes(op)) {
      throw invalid(resource, [{ code: 'InvalidOperation', message: `Invalid patch operation ${op}`, field: path }])
    }
    const [field = '', ...inside] = path.split('/')
    if (!names.has(field) || field === '_info' || field === 'id') {
      throw invalid(resource, [{ code: 'InvalidField', message: `Could not find field ${path}`, field: path }])
    }
    if (inside.length === 0) changes.set(field, op === 'remove' ? undefined : value)
  }
  return changes
}

/** The body of a POST or PUT: an object with none but the record's own fields. */
export function readBody(body: string, record: RecordName, resource: string): Map<string, unknown> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(readJson(body))
  if (!parsed.success) throw new Refusal(400, 'InvalidObject', `${resource} object is invalid`)
  const names = new Set(fieldsOf(record).values())
  const unknown = Object.keys(parsed.data).filter((field) => !names.has(field))
  if (unknown.length > 0) {
    throw invalid(
      resource,
      unknown.map((field) => ({ code: 'InvalidField', message: `Could not find field ${field}`, field })),
    )
  }
  return new Map(Object.entries(parsed.data))
}

/** Checks values against a shape, and says what is wrong field by field. */
export function check<Shape extends z.ZodType>(
  values: ReadonlyMap<string, unknown>,
  shape: Shape,
  resource: string,
): z.infer<Shape> {
  const parsed = shape.safeParse(Object.fromEntries(values))
  if (parsed.success) return parsed.data
  throw invalid(
    resource,
    parsed.error.issues.map(({ path, message, code }) => {
      const field = String(path[0] ?? '')
      const isMissing = values.get(field) === undefined
      const word = isMissing ? 'MissingField' : code === 'too_big' ? 'MaxLength' : 'InvalidValue'
      return { code: word, message: isMissing ? `The ${field} field is required.` : `${field}: ${message}`, field }
    }),
  )
}
