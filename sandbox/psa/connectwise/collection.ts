import { type Condition, parseCondition } from './condition.ts'
import { type Bounds, boundsOf, compile, type Found } from './match.ts'
import { fieldsOf, type RecordName } from './record-fields.ts'
import type { Json } from './references.ts'
import { Refusal } from './refusal.ts'

/** A list the vendor offers: where its rows come from and how each is told. */
export type Collection<Row> = {
  record: RecordName
  idOf: (row: Row) => number
  /** In order of id, and at least all that satisfy the bounds. */
  rows: (bounds: Bounds) => Iterable<Row>
  /** Changes whenever any row may have. */
  version: () => number
  render: (row: Row) => Json
  /** Ways to fields that conditions often name, without telling the whole row. Paths in lower case. */
  getters?: Readonly<Record<string, (row: Row) => Found>>
}

export type ListQuery = {
  condition: Condition | undefined
  childCondition: Condition | undefined
  orderBy: { path: string; isDescending: boolean }[]
  /** As asked, for caching. */
  text: string
}

/** Reads the parameters that choose and order rows; a 400 when they make no sense. */
export function readListQuery(params: URLSearchParams, record: RecordName): ListQuery {
  const known = fieldsOf(record)
  const names = new Set(known.keys())
  const parse = (name: string) => {
    const text = params.get(name)?.trim() ?? ''
    return text === '' ? undefined : parseCondition(text, names)
  }
  const text = ['conditions', 'childConditions', 'orderBy'].map((name) => params.get(name) ?? '').join('\n')
  return {
    condition: parse('conditions'),
    childCondition: parse('childConditions'),
    orderBy: readOrder(params.get('orderBy') ?? '', names),
    text,
  }
}

function readOrder(text: string, known: ReadonlySet<string>): ListQuery['orderBy'] {
  if (text.trim() === '') return []
  return text.split(',').map((part) => {
    const [path = '', direction = 'asc', ...rest] = part.trim().toLowerCase().split(/\s+/)
    const isKnown = known.has(path.split('/')[0] ?? '') && ['asc', 'desc'].includes(direction) && rest.length === 0
    if (!isKnown) throw new Refusal(400, 'InvalidParameter', `orderBy parameter is invalid: ${part.trim()}`)
    return { path, isDescending: direction === 'desc' }
  })
}

/** The rows that match, in order of id, after `afterId`. */
export function* matching<Row>(collection: Collection<Row>, query: ListQuery, afterId?: number): Generator<Row> {
  const bounds = boundsOf(query.condition)
  if (afterId !== undefined) bounds.idFrom = Math.max(bounds.idFrom, afterId + 1)
  const read = (row: Row, path: string) => valueAt(collection, row, path)
  const test = query.condition === undefined ? undefined : compile(query.condition, read)
  const childTest = query.childCondition === undefined ? undefined : compile(query.childCondition, read)
  for (const row of collection.rows(bounds)) {
    if (afterId !== undefined && collection.idOf(row) <= afterId) continue
    if (test !== undefined && !test(row)) continue
    if (childTest !== undefined && !childTest(row)) continue
    yield row
  }
}

/** All rows that match, in the order asked for. */
export function matchingInOrder<Row>(collection: Collection<Row>, query: ListQuery): Row[] {
  const rows = [...matching(collection, query)]
  if (query.orderBy.length === 0) return rows
  const keys = new Map(
    rows.map((row) => [row, query.orderBy.map(({ path }) => firstOf(valueAt(collection, row, path)))]),
  )
  return rows.sort((a, b) => {
    for (const [i, { isDescending }] of query.orderBy.entries()) {
      const order = compareFound(keys.get(a)?.[i], keys.get(b)?.[i])
      if (order !== 0) return isDescending ? -order : order
    }
    return collection.idOf(a) - collection.idOf(b)
  })
}

function valueAt<Row>(collection: Collection<Row>, row: Row, path: string): Found | Found[] {
  const getter = collection.getters?.[path]
  if (getter !== undefined) return getter(row)
  const steps = path === 'lastupdated' ? ['_info', 'lastupdated'] : path.split('/')
  return follow(collection.render(row), steps)
}

function follow(value: Json[string], steps: readonly string[]): Found | Found[] {
  if (Array.isArray(value)) return value.flatMap((each: Json[string]) => follow(each, steps))
  const [step, ...rest] = steps
  if (typeof value !== 'object' || value === null) return step === undefined ? value : undefined
  if (step === undefined) return follow(value, ['id']) // a reference by itself is there, or is null
  const name = Object.keys(value).find((key) => key.toLowerCase() === step)
  return name === undefined ? undefined : follow(value[name], rest)
}

function firstOf(found: Found | Found[]): Found {
  return Array.isArray(found) ? found[0] : found
}

function compareFound(a: Found, b: Found): number {
  if (a === b) return 0
  if (a === undefined || a === null) return -1
  if (b === undefined || b === null) return 1
  return a < b ? -1 : 1
}
