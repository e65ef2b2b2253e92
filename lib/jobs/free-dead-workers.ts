import 'server-only'
import pg from 'pg'
import { env } from '@/lib/base/env'
import { log } from '@/lib/base/log'

const roundEveryMs = 2_500
/** A worker that has just begun may take a job before it is known to live. */
const graceSeconds = 2

/**
 * A worker that was killed leaves its jobs and queues locked, and to the queue alone it looks alive for four hours.
 * Each worker therefore holds a lock in a session of its own, which the database lets go the moment the process is
 * gone, and frees whatever is locked by somebody without one.
 */
export function freeDeadWorkers(ownId: string): { stop: () => Promise<void> } {
  let session: Promise<pg.Client> | undefined
  const round = async () => {
    try {
      session ??= open(ownId)
      await free(await session, ownId)
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
