import 'server-only'
import { acrossTenants } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'

const batch = 10_000
/** Counts and leases are judged by clocks of several machines: what ran out just now may still be read. */
const restMs = 3_600_000

/** Lets go of counts that have run out: each network and address that ever asked would otherwise keep its row. @returns how many */
export async function forgetThrottles(): Promise<number> {
  for (let total = 0; ; ) {
    const count = await acrossTenants((tx) =>
      tx.run(sql`
        delete from rate_limits where key in (
          select key from rate_limits where expire < ${Date.now() - restMs} limit ${batch} for update skip locked)`),
    )
    total += count
    if (count < batch) return total
  }
}
