import 'server-only'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { acrossTenants } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'

export type Health = {
  ok: boolean
  database: 'ok' | 'unreachable'
  /** Age of the oldest job that should have run by now. */
  queueAgeSeconds: number | null
  migrations: 'current' | 'behind' | 'unknown'
}

const queueAgeMaxSeconds = 15 * 60

/** Whether the database answers, the queue moves and the schema is the one this build expects. */
export async function checkHealth(): Promise<Health> {
  try {
    const row = await acrossTenants((tx) =>
      tx.row<{ queueAge: number | null; applied: string[] }>(sql`
        select (select extract(epoch from clock_timestamp() - min(run_at))::float8 from graphile_worker._private_jobs where locked_at is null and run_at < clock_timestamp() and attempts < max_attempts) as queue_age,
          array(select migration_name from _prisma_migrations where finished_at is not null) as applied`),
    )
    const queueAgeSeconds = row?.queueAge == null ? 0 : Math.round(row.queueAge)
    const migrations = expectedMigrations().every((name) => row?.applied.includes(name)) ? 'current' : 'behind'
    return {
      ok: migrations === 'current' && queueAgeSeconds < queueAgeMaxSeconds,
      database: 'ok',
      queueAgeSeconds,
      migrations,
    }
  } catch {
    return { ok: false, database: 'unreachable', queueAgeSeconds: null, migrations: 'unknown' }
  }
}

function expectedMigrations(): string[] {
  return readdirSync(join(process.cwd(), 'prisma/migrations')).filter((name) => /^\d{14}_/.test(name))
}
