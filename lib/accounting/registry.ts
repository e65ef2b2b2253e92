import 'server-only'
import { Fault } from '@/lib/base/fault'
import type { Accounting } from '@/lib/connectors/contract'
import { quickbooksOnline } from './quickbooks-online/connector'

/** The accounting systems we can talk to. Each knows its own secret; the rest of the house never sees its type. */
const connectors = { 'quickbooks-online': quickbooksOnline }
export type AccountingId = keyof typeof connectors

/** Work that suits any accounting system, whatever its secret looks like. */
export type BooksWork<Result> = <Secret>(connector: Accounting<Secret>) => Promise<Result>

/** Runs `work` with the connector of this id. @throws Fault not-found */
export function withConnector<Result>(id: string, work: BooksWork<Result>): Promise<Result> {
  switch (id) {
    case 'quickbooks-online':
      return work(connectors[id])
    default:
      throw new Fault('not-found', `No accounting system ${id}`)
  }
}
