import { z } from 'zod'
import type { Books } from './books.ts'
import { companyInfo, preferences } from './company.ts'
import { QuickbooksFault } from './fault.ts'
import { type Comparison, type Condition, parseQuery, type Query } from './query.ts'
import { type EntityName, isTransaction, schemas } from './schema/schemas.ts'
import type { Stored } from './stored.ts'
import { view } from './view.ts'

type Row = Record<string, unknown>

/** Answers a statement with what stands in `QueryResponse`. */
export function runQuery(books: Books, statement: string): object {
  const query = parseQuery(statement)
  const { entity, fields, startPosition, maxResults } = query
  if (entity === 'CompanyInfo') return { CompanyInfo: [companyInfo(books)], maxResults: 1 }
  if (entity === 'Preferences') return { Preferences: [preferences(books)], maxResults: 1 }
  refuseUnknownFields(entity, query)
  const rows = matching(books, entity, query)
  if (fields === 'count') return { totalCount: rows.length }
  const page = rows.slice(startPosition - 1, startPosition - 1 + maxResults).map((row) => row())
  if (page.length === 0) return {}
  const shown = fields === undefined ? page : page.map((row) => project(row, fields))
  return { [entity]: shown, startPosition, maxResults: shown.length }
}

/** Records are written out only where a condition or an order needs to look at them, or when they are on the page. */
function matching(books: Books, entity: EntityName, { where, orderBy }: Query): (() => Row)[] {
  const conditions = [...where]
  const isList = !isTransaction(entity)
  if (isList && !where.some(({ field }) => field === 'Active')) {
    conditions.push({ field: 'Active', compare: '=', values: ['true'] }) // the vendor hides inactive entries unless asked
  }
  const candidates = candidatesFor(books, entity, where)
  if (conditions.length === 0 && orderBy.length === 0) return candidates.map((stored) => () => view(books, stored))
  const rows = candidates
    .map((stored) => view(books, stored))
    .filter((row) => conditions.every((condition) => meets(valueAt(row, condition.field), condition)))
  return sorted(rows, orderBy).map((row) => () => row)
}

/** Looking up by number or id does not need to walk through everything. */
function candidatesFor(books: Books, entity: EntityName, where: Condition[]): Stored[] {
  for (const { field, compare, values } of where) {
    if (compare !== '=' && compare !== 'in') continue
    if (field === 'Id') return values.flatMap((id) => books.find(entity, id) ?? [])
    if (field === 'DocNumber' && isTransaction(entity)) {
      return values.flatMap((number) => books.find(entity, books.idByKey(entity, number) ?? '') ?? [])
    }
  }
  return books.all(entity)
}

function meets(found: unknown, { compare, values: [first = '', ...more] }: Condition): boolean {
  if (found === undefined) return false
  if (compare === 'in') return [first, ...more].some((value) => order(found, value) === 0)
  if (compare === 'like') return likePattern(first).test(String(found))
  return isOrdered(order(found, first), compare)
}

function isOrdered(difference: number, compare: Exclude<Comparison, 'in' | 'like'>): boolean {
  switch (compare) {
    case '=':
      return difference === 0
    case '<':
      return difference < 0
    case '>':
      return difference > 0
    case '<=':
      return difference <= 0
    case '>=':
      return difference >= 0
  }
}

/** Compares as the field's type asks: numbers as numbers, times as instants, everything else as text. */
function order(found: unknown, value: unknown): number {
  if (typeof found === 'number') return found - Number(value)
  const a = String(found)
  const b = String(value)
  if (/^\d{4}-\d{2}-\d{2}T/.test(a) && /^\d{4}-\d{2}-\d{2}/.test(b)) return Date.parse(a) - instantOf(b)
  return a === b ? 0 : a < b ? -1 : 1
}

/** A time without an offset is meant in the vendor's own zone. */
function instantOf(text: string): number {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Date.parse(`${text}T00:00:00-08:00`)
  return Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}-08:00`)
}

function likePattern(pattern: string): RegExp {
  const escaped = pattern.split('%').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(`^${escaped.join('.*')}$`, 'is')
}

function sorted(rows: Row[], orderBy: Query['orderBy']): Row[] {
  return rows.sort((a, b) => {
    for (const { field, descending } of orderBy) {
      const difference = order(valueAt(a, field) ?? '', valueAt(b, field) ?? '')
      if (difference !== 0) return descending ? -difference : difference
    }
    return 0
  })
}

/** The value of a field; a reference stands for its id. */
function valueAt(row: Row, path: string): unknown {
  const found = path.split('.').reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), row)
  return isObject(found) && 'value' in found ? found.value : found
}

function project(row: Row, fields: string[]): Row {
  const kept = new Set(fields.map((field) => field.split('.')[0]))
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => kept.has(name) || name === 'domain' || name === 'sparse'),
  )
}

function isObject(value: unknown): value is Row {
  return typeof value === 'object' && value !== null
}

// Nothing can be found by these, though they can be selected.
const unsearchable = new Set([
  'PrivateNote',
  'Line',
  'LinkedTxn',
  'TxnTaxDetail',
  'CustomField',
  'CustomerMemo',
  'CashBack',
])
const unnumbered = new Set<EntityName>(['Payment', 'Deposit', 'Transfer'])

function refuseUnknownFields(entity: EntityName, { fields, where, orderBy }: Query): void {
  const searched = [...where, ...orderBy].map(({ field }) => field)
  for (const field of searched) {
    const isSearchable =
      !unsearchable.has(field.split('.')[0] ?? '') && !(field === 'DocNumber' && unnumbered.has(entity))
    if (!isSearchable) throw new QuickbooksFault('4001', `Invalid query : property '${field}' is not queryable`)
  }
  for (const field of [...searched, ...(Array.isArray(fields) ? fields : [])]) {
    if (!hasField(schemas[entity], field.split('.'))) {
      throw new QuickbooksFault('4001', `Invalid query : Property ${field} not found for Entity ${entity}`)
    }
  }
}

function hasField(schema: unknown, [name, ...rest]: string[]): boolean {
  if (name === undefined) return true
  if (schema instanceof z.ZodOptional) return hasField(schema.unwrap(), [name, ...rest])
  if (schema instanceof z.ZodArray) return hasField(schema.element, [name, ...rest])
  return schema instanceof z.ZodObject && name in schema.shape && hasField(schema.shape[name], rest)
}
