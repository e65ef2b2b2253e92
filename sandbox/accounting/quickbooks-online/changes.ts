import type { Books } from './books.ts'
import { QuickbooksFault } from './fault.ts'
import { pacificSecond } from './pacific-time.ts'
import { entityNames } from './schema/schemas.ts'
import { view } from './view.ts'

const reachMs = 30 * 86_400_000
const maxObjects = 1000

/** `GET /cdc`: what changed since, entity by entity; deleted records come with their id and `status: Deleted`. */
export function changedSince(books: Books, params: URLSearchParams): object {
  const names = (params.get('entities') ?? '').split(',').map((name) => name.trim())
  const since = secondOf(params.get('changedSince') ?? '')
  if (Number.isNaN(since)) {
    throw new QuickbooksFault('2020', 'Required parameter changedSince is missing in the request', 'changedSince')
  }
  if (since < books.now().getTime() - reachMs) {
    throw new QuickbooksFault('6000', 'changedSince cannot be more than 30 days ago', 'changedSince')
  }
  return { QueryResponse: names.map((name) => changesOf(books, name, since)) }
}

/** Records carry whole seconds, so a change in the second that is asked for belongs to the answer. */
function secondOf(text: string): number {
  const withZone = /T.*(Z|[+-]\d{2}:?\d{2})$/.test(text)
    ? text
    : `${text}${text.includes('T') ? '' : 'T00:00:00'}-08:00`
  return Math.floor(Date.parse(withZone) / 1000) * 1000
}

function changesOf(books: Books, name: string, since: number): object {
  const entity = entityNames.find((each) => each.toLowerCase() === name.toLowerCase())
  if (entity === undefined)
    throw new QuickbooksFault('2170', `${name} is not an entity that changes can be read of`, 'entities')
  const gone = books.deletedSince(entity, since).map(({ id, at }) => ({
    at,
    row: () => ({ Id: id, status: 'Deleted', domain: 'QBO', MetaData: { LastUpdatedTime: pacificSecond(at) } }),
  }))
  const changed = books
    .all(entity)
    .filter((stored) => stored.updatedAt >= since)
    .map((stored) => ({ at: stored.updatedAt, row: () => view(books, stored) }))
  const page = [...changed, ...gone].sort((a, b) => a.at - b.at).slice(0, maxObjects)
  if (page.length === 0) return {}
  return { [entity]: page.map(({ row }) => row()), startPosition: 1, maxResults: page.length }
}
