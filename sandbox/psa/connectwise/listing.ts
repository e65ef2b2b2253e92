import type { Answer, Asked } from '../../kernel/service.ts'
import { type Collection, type ListQuery, matching, matchingInOrder, readListQuery } from './collection.ts'
import { fieldsOf, type RecordName } from './record-fields.ts'
import type { Json } from './references.ts'
import { Refusal } from './refusal.ts'

const pageSizeDefault = 25
const pageSizeMax = 1000

/** The last result of a collection, kept while nothing changes: pages 2, 3, … of one list do not search again. */
const kept = new WeakMap<object, { text: string; version: number; rows: unknown[] }>()

/** Answers a list: navigable by `page`, or forward-only by `pageId`. */
export function list<Row>(asked: Asked, collection: Collection<Row>): Answer {
  const query = readListQuery(asked.params, collection.record)
  const pick = readFields(asked.params, collection.record)
  const pageSize = Math.min(readNumber(asked.params, 'pageSize') ?? pageSizeDefault, pageSizeMax)
  const told = (rows: Row[]) => rows.map((row) => pick(collection.render(row)))

  if (asked.headers['pagination-type'] === 'forward-only') {
    if (query.orderBy.length > 0) {
      throw new Refusal(400, 'InvalidParameter', 'orderBy is not allowed with forward-only pagination')
    }
    const rows = take(matching(collection, query, readNumber(asked.params, 'pageId', 0) ?? 0), pageSize)
    const last = rows.at(-1)
    const next = last === undefined ? undefined : linkTo(asked, { pageId: collection.idOf(last) })
    return { status: 200, headers: next === undefined ? {} : { link: `<${next}>; rel="next"` }, body: told(rows) }
  }
  const page = readNumber(asked.params, 'page') ?? 1
  const rows = allRows(collection, query)
  const links = pageLinks(asked, page, Math.max(1, Math.ceil(rows.length / pageSize)))
  return {
    status: 200,
    headers: links === '' ? {} : { link: links },
    body: told(rows.slice((page - 1) * pageSize, page * pageSize)),
  }
}

export function count<Row>(asked: Asked, collection: Collection<Row>): Answer {
  return { status: 200, body: { count: allRows(collection, readListQuery(asked.params, collection.record)).length } }
}

/** One record, with only some of its fields when asked so. */
export function one(asked: Asked, record: RecordName, rendered: Json): Answer {
  return { status: 200, body: readFields(asked.params, record)(rendered) }
}

function allRows<Row>(collection: Collection<Row>, query: ListQuery): Row[] {
  const version = collection.version()
  const found = kept.get(collection)
  // What is kept under a collection are that collection's rows.
  if (found !== undefined && found.text === query.text && found.version === version) return found.rows as Row[]
  const rows = matchingInOrder(collection, query)
  kept.set(collection, { text: query.text, version, rows })
  return rows
}

/** `fields=a,b/c` keeps just these, and drops `_info` unless it is among them. */
function readFields(params: URLSearchParams, record: RecordName): (rendered: Json) => Json {
  const text = params.get('fields')?.trim() ?? ''
  if (text === '') return (rendered) => rendered
  const known = fieldsOf(record)
  const paths = text.split(',').map((field) => {
    const [first = '', ...rest] = field.trim().split('/')
    const name = known.get(first.toLowerCase())
    if (name === undefined) throw new Refusal(400, 'InvalidParameter', `fields parameter is invalid: ${field.trim()}`)
    return [name, ...rest]
  })
  return (rendered) => {
    const picked: Json = {}
    for (const path of paths) copy(rendered, picked, path)
    return picked
  }
}

function copy(from: Json, to: Json, [name = '', ...rest]: string[]): void {
  const value = from[name]
  if (value === undefined) return
  if (rest.length === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) {
    to[name] = value
    return
  }
  const inner = to[name]
  const into: Json = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : {}
  to[name] = into
  copy(value, into, rest)
}

function readNumber(params: URLSearchParams, name: string, least = 1): number | undefined {
  const text = params.get(name)
  if (text === null || text === '') return undefined
  const value = Number(text)
  if (Number.isInteger(value) && value >= least) return value
  throw new Refusal(400, 'InvalidObject', `${name} object is invalid`, [
    { code: 'OutOfRange', message: `The field ${name} must be at least ${least}.`, resource: name, field: name },
  ])
}

function take<Row>(rows: Iterable<Row>, most: number): Row[] {
  const taken: Row[] = []
  for (const row of rows) {
    taken.push(row)
    if (taken.length === most) break
  }
  return taken
}

function pageLinks(asked: Asked, page: number, last: number): string {
  const links: string[] = []
  const add = (rel: string, to: number) => links.push(`<${linkTo(asked, { page: to })}>; rel="${rel}"`)
  if (page < last) add('next', page + 1)
  if (page > 1) add('prev', Math.min(page - 1, last))
  if (page > 1) add('first', 1)
  if (last > 1) add('last', last)
  return links.join(', ')
}

function linkTo(asked: Asked, change: Record<string, number>): string {
  const params = new URLSearchParams(asked.query)
  for (const [name, value] of Object.entries(change)) params.set(name, String(value))
  return `http://${asked.headers.host ?? 'localhost'}${asked.path}?${params}`
}
