import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import type { Sql } from '@/lib/base/sql'
import type { Invariant } from './violation'

/** A promise as a question to the database: it answers with the rows that break it. */
export type InsideCheck = {
  invariant: Invariant
  says: string
  /** Selects kind, id, expected, actual: all text. */
  find: (tx: Tx) => Sql
}

const minute = 60_000

/** Work that follows a payment (its receipt, its write-back) may take this long before it counts as missing. */
export const followUpMs = 15 * minute

export function ago(ms: number): Date {
  return new Date(now().getTime() - ms)
}
