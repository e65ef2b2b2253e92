import 'server-only'
import { createHash } from 'node:crypto'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { log } from '@/lib/base/log'
import { sql } from '@/lib/base/sql'

const LEASE_MS = 15_000
const RENEW_MS = 5_000

/**
 * Does work that no two processes may do at once for the same thing, where a row lock will not do because the work is a
 * call to the outside. The lease is renewed while the work goes on; whoever dies holding it loses it within fifteen
 * seconds. Time is the database's, the same for all.
 * @returns `busy` when somebody else holds it
 */
export async function withLease<Result>(
  tenantId: string,
  thing: string,
  work: () => Promise<Result>,
): Promise<Result | 'busy'> {
  const key = `lease:${createHash('sha256').update(`${tenantId} ${thing}`).digest('base64url')}`
  const holder = Number.parseInt(newId().slice(-7), 16) // fits the column; two rarely alike, and then not at once
  if (!(await take(tenantId, key, holder))) return 'busy'
  const renewal = setInterval(() => {
    take(tenantId, key, holder).catch((error: unknown) => log.warn({ tenantId, error }, 'lease.not_renewed'))
  }, RENEW_MS)
  try {
    return await work()
  } finally {
    clearInterval(renewal)
    await withTenant(tenantId, (tx) => tx.run(sql`delete from rate_limits where key = ${key} and points = ${holder}`))
  }
}

async function take(tenantId: string, key: string, holder: number): Promise<boolean> {
  const taken = await withTenant(tenantId, (tx) =>
    tx.run(sql`
      insert into rate_limits as held (key, points, expire) values (${key}, ${holder}, ${clock} + ${LEASE_MS})
      on conflict (key) do update set points = excluded.points, expire = excluded.expire
      where held.points = excluded.points or held.expire < ${clock}`),
  )
  return taken > 0
}

const clock = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`
