import { z } from 'zod'
import type { Tx } from '@/lib/base/db'
import { type Sql, sql } from '@/lib/base/sql'
import { invalid } from './api-error'
import { Id, type Named, named } from './named'

/** The two parameters every list takes. Lists go from the newest to the oldest and do not shift while they are read. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('How many at most, 1 to 100.'),
  starting_after: Id.optional().describe('The id of the last one you have: the next page begins after it.'),
}

export function listOf<Item extends z.ZodType>(item: Item, { id, description }: Pick<Named, 'id' | 'description'>) {
  return z
    .strictObject({
      object: z.literal('list'),
      data: z.array(item),
      has_more: z.boolean().describe('Whether there is a page after this one.'),
    })
    .register(named, { id, description })
}

/** One row more was read than was asked for: whether it came says whether there are more. */
export function pageOf<Row>(rows: readonly Row[], limit: number): { rows: Row[]; has_more: boolean } {
  return { rows: rows.slice(0, limit), has_more: rows.length > limit }
}

/**
 * What comes after the row named, newest first by `at`. An id that names nothing here is refused: the list would begin
 * anew without a word.
 * @param table the rows it must be among; `at` is what they are ordered by before their id, if anything
 */
export async function after(
  tx: Tx,
  what: string,
  { table, alias, at }: { table: Sql; alias: Sql; at?: Sql },
  id: string | undefined,
): Promise<Sql> {
  if (id === undefined) return sql``
  const found = await tx.row(sql`select 1 from ${table} where tenant_id = ${tx.tenantId} and id = ${id}`)
  if (found === undefined)
    throw invalid('parameter_invalid', `starting_after: no such ${what}: ${id}.`, 'starting_after')
  if (at === undefined) return sql`and ${alias}.id < ${id}`
  return sql`and (${alias}.${at}, ${alias}.id) < (select ${at}, id from ${table} where tenant_id = ${tx.tenantId} and id = ${id})`
}
