import type pg from 'pg'

export type Statements = { perRequest: number; buffersPerRequest: number; transactionsPerRequest: number }

/** What the database was asked while `work` made so many requests. Beginning and ending a transaction is no question. */
export async function statementsOf(
  owner: pg.Client,
  requests: number,
  work: () => Promise<unknown>,
): Promise<Statements> {
  await owner.query('select pg_stat_statements_reset()')
  await work()
  const { rows } = await owner.query<{ asked: string; begun: string; buffers: string }>(`
    select coalesce(sum(calls) filter (where query !~* '^(begin|commit|set|rollback)'), 0)::text as asked,
      coalesce(sum(calls) filter (where query ~* '^begin'), 0)::text as begun,
      coalesce(sum(shared_blks_hit + shared_blks_read), 0)::text as buffers
    from pg_stat_statements where toplevel and query !~ 'pg_stat_statements'`)
  const [row] = rows
  const per = (total: string | undefined) => Number(total ?? 0) / requests
  return { perRequest: per(row?.asked), buffersPerRequest: per(row?.buffers), transactionsPerRequest: per(row?.begun) }
}
