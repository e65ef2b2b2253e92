import type { Books } from '../books.ts'
import type { LedgerLine } from '../ledger.ts'
import type { Link } from '../link-table.ts'
import type { Content, EntityName } from '../schema/schemas.ts'
import type { Stored } from '../stored.ts'

/** What a record does to others: its ledger lines, what it pays (payments), what it takes to the bank (deposits). */
export type Footprint = { ledger: LedgerLine[]; applies: Link[]; deposits: Link[] }

/** The rules of one entity. Everything it computes follows from the content alone, so that it can be undone later. */
export type Kind<E extends EntityName> = {
  /** Completes what was sent (defaults, totals, names) and refuses what the books do not allow. */
  accept: (books: Books, content: Content<E>, previous: Stored<E> | undefined) => Content<E>
  footprint?: (content: Content<E>) => Footprint
  /** Properties that others have changed since: balances, links. */
  derived?: (books: Books, stored: Stored<E>, content: Content<E>) => object
}

export const noFootprint: Footprint = { ledger: [], applies: [], deposits: [] }
