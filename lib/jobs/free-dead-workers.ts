import 'server-only'
import pg from 'pg'
import { env } from '@/lib/base/env'
import { log } from '@/lib/base/log'
import type { JobsAtHand } from './jobs-at-hand'

const roundEveryMs = 2_500
/** A worker that has just begun may take a job before it is known to live, and one that lives may not have heard yet. */
const graceSeconds = 2

/**
 * A worker that was killed leaves its jobs and queues locked, and to the queue alone it looks alive for four hours.
 * Each worker therefore holds a lock in a session of its own, which the database lets go the moment the process is
 * gone, and frees whatever is locked by somebody without one. It also frees what it holds itself without knowing: the
 * database gave it a job, and died before the answer came.
 */
export function freeDeadWorkers(ownId: string, atHand: JobsAtHand): { stop: () => Promise<void> } {
  let session: Promise<pg.Client> | undefined
  let unknown: string[] = []
  const round = async () => {
    try {
      session ??= open(ownId)
      await free(await session, ownId)
      // One that is unknown in two rounds running is not on its way to us any more.
      const held = (await heldBy(await session, ownId)).filter((id) => !atHand.has(id))
      const lost = held.filter((id) => unknown.includes(id))
      unknown = held
      if (lost.length > 0) await release(await session, ownId, lost)
    } catch (error) {
      // The next round begins with a session of its own.
      log.warn({ error }, 'queue.watch_failed')
      const lost = session
      session = undefined
      await (await lost?.catch(() => undefined))?.end().catch(() => {})
    }
  }
  let running = round()
  const timer = setInterval(() => {
    running = running.then(round)
  }, roundEveryMs)
  timer.unref()
  return {
    stop: async () => {
      clearInterval(timer)
      await running
      await (await session)?.end()
    },
  }
}

async function open(ownId: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL, application_name: 'closeloop-worker-alive' })
  client.on('error', (error) => log.warn({ error }, 'database.connection_lost'))
  await client.connect()
  await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [ownId])
  return client
}

async function free(client: pg.Client, ownId: string): Promise<void> {
  const { rows } = await client.query<{ dead: string[] }>(
    `with holders as (
       select locked_by from graphile_worker._private_jobs where locked_at < now() - make_interval(secs => $2)
       union select locked_by from graphile_worker._private_job_queues where locked_at < now() - make_interval(secs => $2)),
     dead as materialized (
       select locked_by from holders where locked_by <> $1 and pg_try_advisory_xact_lock(hashtextextended(locked_by, 0)))
     select array_agg(locked_by) as dead, graphile_worker.force_unlock_workers(array_agg(locked_by)),
       pg_notify('jobs:insert', '{"count":10}') from dead having count(*) > 0`,
    [ownId, graceSeconds],
  )
  for (const { dead } of rows) log.warn({ dead }, 'queue.dead_workers_freed')
}

async function heldBy(client: pg.Client, ownId: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id::text from graphile_worker._private_jobs where locked_by = $1 and locked_at < now() - make_interval(secs => $2)`,
    [ownId, graceSeconds],
  )
  return rows.map(({ id }) => id)
}

/** Back into the queue, as if never taken: nobody has tried them. */
async function release(client: pg.Client, ownId: string, lost: string[]): Promise<void> {
  await client.query(
    `with freed as (
       update graphile_worker._private_jobs set locked_by = null, locked_at = null, attempts = greatest(attempts - 1, 0)
       where id = any($2::bigint[]) and locked_by = $1 returning job_queue_id),
     queues as (
       update graphile_worker._private_job_queues set locked_by = null, locked_at = null
       where locked_by = $1 and id in (select job_queue_id from freed))
     select pg_notify('jobs:insert', '{"count":10}') from freed having count(*) > 0`,
    [ownId, lost],
  )
  log.warn({ lost }, 'queue.lost_jobs_freed')
}
