import type { Condition, Literal, Operator } from './condition.ts'

/** What a path leads to in a record: dates are text, or milliseconds where a getter gives them so. */
export type Found = string | number | boolean | null | undefined
export type Read<Row> = (row: Row, path: string) => Found | Found[]

/** A test of rows. A path that leads into a list matches when one of its members does. */
export function compile<Row>(condition: Condition, read: Read<Row>): (row: Row) => boolean {
  switch (condition.kind) {
    case 'all': {
      const tests = condition.terms.map((term) => compile(term, read))
      return (row) => tests.every((test) => test(row))
    }
    case 'any': {
      const tests = condition.terms.map((term) => compile(term, read))
      return (row) => tests.some((test) => test(row))
    }
    case 'not': {
      const test = compile(condition.term, read)
      return (row) => !test(row)
    }
    case 'compare': {
      const { path, operator, values } = condition
      const tests = values.map((value) => comparison(operator === 'in' ? '=' : operator, value))
      const test = (found: Found) => tests.some((one) => one(found ?? null))
      return (row) => {
        const found = read(row, path)
        return Array.isArray(found) ? found.some(test) : test(found)
      }
    }
  }
}

type Known = string | number | boolean | null

function comparison(operator: Exclude<Operator, 'in'>, value: Literal): (found: Known) => boolean {
  if (value === null) return operator === '!=' ? (found) => found !== null : (found) => found === null
  const order = orderAgainst(value)
  switch (operator) {
    case '=':
    case '!=': {
      const pattern = typeof value === 'string' && value.includes('*') ? wildcards(value, '*') : undefined
      const isEqual = (found: Known) => (pattern === undefined ? order(found) === 0 : pattern.test(String(found)))
      // As in the vendor's database, nothing is neither equal nor unequal to something.
      return operator === '=' ? isEqual : (found) => found !== null && !isEqual(found)
    }
    case '<':
      return (found) => order(found) < 0
    case '<=':
      return (found) => order(found) <= 0
    case '>':
      return (found) => order(found) > 0
    case '>=':
      return (found) => order(found) >= 0
    case 'contains': {
      const part = textOf(value).toLowerCase()
      return (found) => found !== null && String(found).toLowerCase().includes(part)
    }
    case 'like': {
      const pattern = wildcards(textOf(value), '%')
      return (found) => found !== null && pattern.test(String(found))
    }
  }
}

/** Negative, zero or positive, or NaN when the two cannot be compared. */
function orderAgainst(value: Exclude<Literal, null>): (found: Known) => number {
  if (typeof value === 'object') return (found) => timeOf(found) - value.at
  if (typeof value === 'number') return (found) => (typeof found === 'number' ? found - value : Number.NaN)
  if (typeof value === 'boolean') return (found) => (typeof found === 'boolean' ? +found - +value : Number.NaN)
  const lower = value.toLowerCase()
  return (found) => (typeof found === 'string' ? compareText(found.toLowerCase(), lower) : Number.NaN)
}

function timeOf(found: Known): number {
  if (typeof found === 'string') return Date.parse(found)
  return typeof found === 'number' ? found : Number.NaN
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function textOf(value: Exclude<Literal, null>): string {
  return typeof value === 'object' ? new Date(value.at).toISOString() : String(value)
}

function wildcards(text: string, any: '*' | '%'): RegExp {
  const literal = text.split(any).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${literal.join('.*')}$`, 'is')
}

/** What every matching row must satisfy, as far as an index can use it. */
export type Bounds = { ids?: number[]; idFrom: number; updatedFrom: number; invoiceIds?: number[] }

/** The part of a condition that indexes can answer: terms on ids and on lastUpdated that all must hold. */
export function boundsOf(condition: Condition | undefined): Bounds {
  const bounds: Bounds = { idFrom: Number.NEGATIVE_INFINITY, updatedFrom: Number.NEGATIVE_INFINITY }
  if (condition === undefined) return bounds
  for (const term of condition.kind === 'all' ? condition.terms : [condition]) {
    if (term.kind !== 'compare') continue
    const { path, operator, values } = term
    const [value] = values
    const isExact = operator === '=' || operator === 'in'
    const ids = isExact && values.every((each) => typeof each === 'number') ? values : undefined
    if (path === 'id' && ids !== undefined) bounds.ids = ids
    if (path === 'invoice/id' && ids !== undefined) bounds.invoiceIds = ids
    if (operator !== '>' && operator !== '>=') continue
    if (path === 'id' && typeof value === 'number') bounds.idFrom = Math.max(bounds.idFrom, value)
    if (path === 'lastupdated' && typeof value === 'object' && value !== null) {
      bounds.updatedFrom = Math.max(bounds.updatedFrom, value.at)
    }
  }
  return bounds
}
