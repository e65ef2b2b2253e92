import type { Shelf } from '../state/shelf.ts'
import { malformed, missingReference } from './errors.ts'
import type { TimeRange } from './shared-params.ts'

export type PageAsk = { limit?: number; starting_after?: string; ending_before?: string }

export type Page = { object: 'list'; data: object[]; has_more: boolean; url: string }

const limitDefault = 10

/**
 * A page of a list, newest first. `keep` narrows the list; `members` is the list when it is a group of the shelf, and
 * `render` turns what is kept into what is shown.
 */
export function page<T extends { id: string }>(
  shelf: Shelf<T>,
  ask: PageAsk,
  options: {
    url: string
    kind: string
    keep?: (item: T) => boolean
    members?: readonly T[]
    render?: (item: T) => object
  },
): Page {
  const { url, kind, keep = () => true, members, render = (item) => item } = options
  const limit = limitOf(ask)
  const cursor = ask.starting_after ?? ask.ending_before
  const known = (id: string) => (members === undefined ? shelf.get(id) : members.find((item) => item.id === id))
  if (cursor !== undefined && known(cursor) === undefined) {
    throw missingReference(kind, cursor, ask.starting_after === undefined ? 'ending_before' : 'starting_after')
  }
  const isBackwards = ask.starting_after === undefined && ask.ending_before !== undefined
  const direction = isBackwards ? 'newer' : 'older'
  const walked = members === undefined ? shelf.walk(direction, cursor) : walk(members, direction, cursor)
  const found: T[] = []
  for (const item of walked) {
    if (!keep(item)) continue
    found.push(item)
    if (found.length > limit) break
  }
  const shown = found.slice(0, limit)
  if (isBackwards) shown.reverse()
  return { object: 'list', data: shown.map(render), has_more: found.length > limit, url }
}

export function limitOf({ limit }: PageAsk): number {
  if (limit === undefined) return limitDefault
  if (limit >= 1 && limit <= 100) return limit
  throw malformed(
    limit < 1
      ? `This value must be greater than or equal to 1.`
      : `This value must be less than or equal to 100 (it currently is '${limit}').`,
    'parameter_invalid_integer',
    'limit',
  )
}

export function within(range: TimeRange | undefined, second: number): boolean {
  if (range === undefined) return true
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range
  return second > gt && second >= gte && second < lt && second <= lte
}

function walk<T extends { id: string }>(members: readonly T[], direction: 'older' | 'newer', from?: string): T[] {
  const ordered = direction === 'older' ? members.toReversed() : [...members]
  return from === undefined ? ordered : ordered.slice(ordered.findIndex((item) => item.id === from) + 1)
}
