import 'server-only'
import { createHash } from 'node:crypto'
import { acrossTenants } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'

export type Throttled = { ok: true; left: number; resetSeconds: number } | { ok: false; retryAfterSeconds: number }

/** How often one key may do a thing: `points` within `seconds`. */
export const throttles = {
  signIn: { points: 5, seconds: 600 },
  /** Asking for a link and confirming it, from one network: an office begins its Monday behind one address. */
  enter: { points: 60, seconds: 600 },
  confirm: { points: 20, seconds: 600 },
  /** Second factors of one person. */
  factor: { points: 10, seconds: 600 },
  pay: { points: 20, seconds: 600 },
  logo: { points: 20, seconds: 600 },
  paper: { points: 30, seconds: 600 },
  /** Copies of what is kept about one person. */
  personalData: { points: 10, seconds: 3600 },
  /** Samples of its own mails that one member of staff has sent to themselves. */
  sample: { points: 20, seconds: 3600 },
  /** Questions to the name servers of the sender's domain. */
  senderCheck: { points: 20, seconds: 600 },
  /** Addresses of pay links that lead nowhere. Those that lead somewhere are never counted, nor held up. */
  payLink: { points: 60, seconds: 60 },
  question: { points: 10, seconds: 3600 },
  resend: { points: 3, seconds: 3600 },
  forward: { points: 3, seconds: 3600 },
  /** Mails to colleagues that one company sets off. */
  invite: { points: 20, seconds: 3600 },
  api: { points: 120, seconds: 60 },
  /** Wrong look-ups of one network. */
  lookUp: { points: 10, seconds: 600 },
  /** Wrong look-ups of one invoice number, from wherever. */
  lookUpNumber: { points: 30, seconds: 86_400 },
} as const

type What = keyof typeof throttles

// Next loads this file once for its pages and once for proxy.ts: both must know who has had too many.
const shared = globalThis as { closeloopHeldUntil?: Map<string, number> }
shared.closeloopHeldUntil ??= new Map()
const heldUntil = shared.closeloopHeldUntil
const heldMax = 10_000

/** Seconds for which this process knows the key to be over its limit; 0 when it knows of none. Asks nobody. */
export function heldFor(what: What, ...key: string[]): number {
  const left = (heldUntil.get(hashOf(what, key)) ?? 0) - Date.now()
  return Math.max(0, Math.ceil(left / 1000))
}

function hashOf(what: What, key: string[]): string {
  return `${what}:${createHash('sha256').update(key.join('\n')).digest('base64url')}`
}

/** Counts one use, shared by all webs. Keys are hashed: the table holds no addresses. */
export async function throttle(what: What, ...key: string[]): Promise<Throttled> {
  const { points, seconds } = throttles[what]
  const hash = hashOf(what, key)
  const at = Date.now()
  const row = await acrossTenants((tx) =>
    tx.row<{ points: number; expire: bigint }>(sql`
      insert into rate_limits (key, points, expire) values (${hash}, 1, ${at + seconds * 1000})
      on conflict (key) do update set
        points = case when rate_limits.expire <= ${at} then 1 else rate_limits.points + 1 end,
        expire = case when rate_limits.expire <= ${at} then ${at + seconds * 1000} else rate_limits.expire end
      returning points, expire`),
  )
  const untilSeconds = Math.max(1, Math.ceil((Number(row?.expire ?? at) - at) / 1000))
  const used = row?.points ?? 1
  if (row === undefined || used <= points) return { ok: true, left: points - used, resetSeconds: untilSeconds }
  if (heldUntil.size >= heldMax) heldUntil.clear()
  heldUntil.set(hash, Number(row.expire))
  return { ok: false, retryAfterSeconds: untilSeconds }
}

/** Takes one use back: it turned out to be rightful. */
export async function forgive(what: What, ...key: string[]): Promise<void> {
  await acrossTenants((tx) =>
    tx.run(sql`update rate_limits set points = greatest(points - 1, 0) where key = ${hashOf(what, key)}`),
  )
}
