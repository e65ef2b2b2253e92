import { malformed } from './errors.ts'
import type { Form, FormValue } from './form.ts'

/** Reads one parameter or refuses it in Stripe's words; `at` is its name as the caller wrote it. */
export type Rule<T> = (value: FormValue, at: string) => T

/** A parameter that must be there. */
type Must<T> = { readonly must: Rule<T> }

type Fields = Record<string, Rule<unknown> | Must<unknown>>
type RequiredNames<F extends Fields> = { [K in keyof F]: F[K] extends Must<unknown> ? K : never }[keyof F]

/** What a table of rules reads: required parameters always, the others when they were sent. */
export type Read<F extends Fields> = {
  [K in RequiredNames<F>]: F[K] extends Must<infer T> ? T : never
} & {
  [K in Exclude<keyof F, RequiredNames<F>>]?: F[K] extends Rule<infer T> ? T : never
}

export function required<T>(rule: Rule<T>): Must<T> {
  return { must: rule }
}

/** Free text. Empty text unsets, so it reads as null. */
export const text: Rule<string | null> = (value, at) => {
  if (typeof value !== 'string') throw malformed('Invalid string: must be a string', undefined, at)
  if (value.length > 5000) throw malformed(`Invalid string: must be at most 5000 characters`, undefined, at)
  return value === '' ? null : value
}

/** Text that cannot be empty: ids, currencies, names of things. */
export const word: Rule<string> = (value, at) => {
  const read = text(value, at)
  if (read !== null) return read
  throw malformed(
    `You passed an empty string for '${at}'. We assume empty values are an attempt to unset a parameter; however '${at}' cannot be unset. You should remove '${at}' from your request or supply a non-empty value.`,
    'parameter_invalid_empty',
    at,
  )
}

export const integer: Rule<number> = (value, at) => {
  if (typeof value === 'string' && /^-?\d{1,15}$/.test(value)) return Number(value)
  throw malformed(`Invalid integer: ${typeof value === 'string' ? value : 'hash'}`, 'parameter_invalid_integer', at)
}

export const flag: Rule<boolean> = (value, at) => {
  if (value === 'true') return true
  if (value === 'false') return false
  throw malformed(`Invalid boolean: ${typeof value === 'string' ? value : 'hash'}`, undefined, at)
}

export function oneOf<const T extends string>(...allowed: T[]): Rule<T> {
  return (value, at) => {
    const found = allowed.find((each) => each === value)
    if (found !== undefined) return found
    const listed = allowed.length === 1 ? allowed[0] : `one of ${allowed.slice(0, -1).join(', ')}, or ${allowed.at(-1)}`
    throw malformed(`Invalid ${at}: must be ${listed}`, undefined, at)
  }
}

/** Empty text unsets what the rule would read. */
export function unsettable<T>(rule: Rule<T>): Rule<T | null> {
  return (value, at) => (value === '' ? null : rule(value, at))
}

export function either<A, B>(first: Rule<A>, second: Rule<B>, isFirst: (value: FormValue) => boolean): Rule<A | B> {
  return (value, at) => (isFirst(value) ? first(value, at) : second(value, at))
}

export function listOf<T>(rule: Rule<T>): Rule<T[]> {
  return (value, at) => {
    if (value === '') return []
    if (typeof value === 'string') throw malformed('Invalid array', undefined, at)
    return Object.entries(value).map(([index, each]) => {
      if (!/^\d+$/.test(index)) throw malformed('Invalid array', undefined, at)
      return rule(each, `${at}[${index}]`)
    })
  }
}

/** Taken as it is and left alone: Stripe knows it, and nothing in the sandbox depends on it. */
export const ignored: Rule<FormValue> = (value) => value

/** Changes to metadata; null unsets all of it, an empty value unsets its key. */
export const metadata: Rule<Record<string, string> | null> = (value, at) => {
  if (value === '') return null
  if (typeof value === 'string') throw malformed('Invalid object', undefined, at)
  const read: Record<string, string> = {}
  for (const [key, each] of Object.entries(value)) {
    const place = `${at}[${key}]`
    if (typeof each !== 'string')
      throw malformed('Metadata values must be strings, but for key was hash', undefined, place)
    if (key.length > 40)
      throw malformed(`Metadata keys can be up to 40 characters long, ${key.length} given`, undefined, place)
    if (each.length > 500) throw malformed('Metadata values must have 500 characters or less', undefined, place)
    read[key] = each
  }
  return read
}

/** A group of named parameters. A name that is not in the table is refused. */
export function shape<F extends Fields>(fields: F): Rule<Read<F>> {
  return (value, at) => {
    if (typeof value === 'string') throw malformed('Invalid object', undefined, at)
    return readFields(fields, value, at)
  }
}

function readFields<F extends Fields>(fields: F, form: Form, at: string): Read<F> {
  const nameOf = (name: string) => (at === '' ? name : `${at}[${name}]`)
  const read: Record<string, unknown> = {}
  for (const name of Object.keys(form)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (field === undefined)
      throw malformed(`Received unknown parameter: ${nameOf(name)}`, 'parameter_unknown', nameOf(name))
    const rule = typeof field === 'function' ? field : field.must
    read[name] = rule(form[name] ?? '', nameOf(name))
  }
  for (const [name, field] of Object.entries(fields)) {
    if (typeof field === 'function' || name in read) continue
    throw malformed(`Missing required param: ${nameOf(name)}.`, 'parameter_missing', nameOf(name))
  }
  return read as Read<F> // built name by name from the same table
}
