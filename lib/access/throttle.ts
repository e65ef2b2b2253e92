import 'server-only'
import { createHash } from 'node:crypto'
import { acrossTenants } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'

export type Throttled = { ok: true } | { ok: false; retryAfterSeconds: number }

/** How often one key may do a thing: `points` within `seconds`. */
export const throttles = {
  signIn: { points: 5, seconds: 600 },
  confirm: { points: 20, seconds: 600 },
  pay: { points: 20, seconds: 600 },
  payLink: { points: 120, seconds: 60 },
  resend: { points: 3, seconds: 3600 },
} as const

/** Counts one use, shared by all webs. Keys are hashed: the table holds no addresses. */
export async function throttle(what: keyof typeof throttles, ...key: string[]): Promise<Throttled> {
  const { points, seconds } = throttles[what]
  const hash = `${what}:${createHash('sha256').update(key.join('\n')).digest('base64url')}`
  const at = Date.now()
  const row = await acrossTenants((tx) =>
    tx.row<{ points: number; expire: bigint }>(sql`
      insert into rate_limits (key, points, expire) values (${hash}, 1, ${at + seconds * 1000})
      on conflict (key) do update set
        points = case when rate_limits.expire <= ${at} then 1 else rate_limits.points + 1 end,
        expire = case when rate_limits.expire <= ${at} then ${at + seconds * 1000} else rate_limits.expire end
      returning points, expire`),
  )
  if (row === undefined || row.points <= points) return { ok: true }
  return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil((Number(row.expire) - at) / 1000)) }
}
