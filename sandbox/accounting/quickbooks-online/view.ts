import type { Books } from './books.ts'
import { kinds } from './kinds/kinds.ts'
import { pacificSecond } from './pacific-time.ts'
import type { EntityName } from './schema/schemas.ts'
import { contentOf, type Stored } from './stored.ts'

/** A record as it is answered. */
export function view<E extends EntityName>(books: Books, stored: Stored<E>): Record<string, unknown> {
  const content = contentOf(stored)
  return {
    ...content,
    ...kinds[stored.entity].derived?.(books, stored, content),
    domain: 'QBO',
    sparse: false,
    Id: stored.id,
    SyncToken: String(stored.syncToken),
    MetaData: { CreateTime: pacificSecond(stored.createdAt), LastUpdatedTime: pacificSecond(stored.updatedAt) },
  }
}
