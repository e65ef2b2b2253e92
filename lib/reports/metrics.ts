import 'server-only'
import { now } from '@/lib/base/clock'
import { acrossTenants, poolFigures } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'

type Sample = { labels?: Record<string, string>; value: number }
type Metric = { name: string; help: string; samples: Sample[] }

/** What an operator watches, as Prometheus text: the queue, attempts by state, sync lag, postings waiting, the gap. */
export async function readMetrics(): Promise<string> {
  const at = now()
  const metrics = await acrossTenants(async (tx): Promise<Metric[]> => {
    const queue = await tx.row<{ depth: bigint; age: number | null }>(sql`
      select count(*) as depth, extract(epoch from clock_timestamp() - min(run_at) filter (where run_at < clock_timestamp() and locked_at is null))::float8 as age
      from graphile_worker._private_jobs where attempts < max_attempts`)
    const attempts = await tx.rows<{ state: string; count: bigint }>(
      sql`select state, count(*) from attempts group by state order by state`,
    )
    const sync = await tx.rows<{ kind: string; lag: number }>(sql`
      select c.kind, extract(epoch from ${at}::timestamptz - max(s.finished_at))::float8 as lag
      from connections c join sync_streams s on s.tenant_id = c.tenant_id and s.connection_id = c.id
      where c.state = 'connected' group by c.tenant_id, c.kind having max(s.finished_at) is not null`)
    const waiting = await tx.row<{ postings: bigint; writeBacks: bigint; exceptions: bigint; dead: bigint }>(sql`
      select (select count(*) from postings where state in ('waiting', 'retrying', 'checking')) as postings,
        (select count(*) from write_backs where state in ('waiting', 'retrying', 'checking')) as write_backs,
        (select count(*) from exceptions where closed_at is null) as exceptions,
        (select count(*) from events where state = 'dead') as dead`)
    // Rows of when one currency was compared have the gap of that one only.
    const gaps = await tx.rows<{ currency: string; minor: bigint }>(sql`
      select g ->> 'currency' as currency, sum(abs((g ->> 'minor')::bigint))::bigint as minor
      from (select distinct on (tenant_id) figures, gap_minor from tie_outs order by tenant_id, at desc) latest
      cross join lateral jsonb_array_elements(coalesce(figures -> 'gaps',
        jsonb_build_array(jsonb_build_object('currency', figures ->> 'currency', 'minor', gap_minor::text)))) g
      group by 1 order by 1`)
    return [
      {
        name: 'closeloop_queue_depth',
        help: 'Jobs waiting or running',
        samples: [{ value: Number(queue?.depth ?? 0n) }],
      },
      {
        name: 'closeloop_queue_age_seconds',
        help: 'Age of the oldest job that is due',
        samples: [{ value: Math.max(0, queue?.age ?? 0) }],
      },
      {
        name: 'closeloop_attempts',
        help: 'Payment attempts by state',
        samples: attempts.map(({ state, count }) => ({ labels: { state }, value: Number(count) })),
      },
      {
        name: 'closeloop_sync_lag_seconds',
        help: 'Time since the last finished sync, worst connection of each kind',
        samples: worst(sync),
      },
      {
        name: 'closeloop_postings_waiting',
        help: 'Postings not yet in the books',
        samples: [{ value: Number(waiting?.postings ?? 0n) }],
      },
      {
        name: 'closeloop_write_backs_waiting',
        help: 'Payments not yet in the PSA',
        samples: [{ value: Number(waiting?.writeBacks ?? 0n) }],
      },
      {
        name: 'closeloop_exceptions_open',
        help: 'Matters waiting for a person',
        samples: [{ value: Number(waiting?.exceptions ?? 0n) }],
      },
      {
        name: 'closeloop_events_dead',
        help: 'News that no handler could work off',
        samples: [{ value: Number(waiting?.dead ?? 0n) }],
      },
      {
        name: 'closeloop_tie_out_gap_minor',
        help: 'Sum of the latest tie-out gaps in a currency, in minor units',
        samples: gaps.map(({ currency, minor }) => ({ labels: { currency }, value: Number(minor) })),
      },
    ]
  })
  const { total, idle, waiting } = poolFigures()
  const pool: Metric = {
    name: 'closeloop_database_connections',
    help: 'Connections of this process',
    samples: [
      { labels: { state: 'busy' }, value: total - idle },
      { labels: { state: 'idle' }, value: idle },
      { labels: { state: 'wanted' }, value: waiting },
    ],
  }
  return [...metrics, pool].map(write).join('')
}

function worst(lags: { kind: string; lag: number }[]): Sample[] {
  const byKind = new Map<string, number>()
  for (const { kind, lag } of lags) byKind.set(kind, Math.max(lag, byKind.get(kind) ?? 0))
  return [...byKind].map(([kind, value]) => ({ labels: { kind }, value }))
}

function write({ name, help, samples }: Metric): string {
  const lines = samples.map(({ labels = {}, value }) => {
    const inner = Object.entries(labels)
      .map(([key, text]) => `${key}="${text}"`)
      .join(',')
    return `${name}${inner === '' ? '' : `{${inner}}`} ${value}\n`
  })
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join('')}`
}
