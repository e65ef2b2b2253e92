import 'server-only'
import { type Actor, actorName, mayManage } from '@/lib/access/actor'
import { now, type PlainDate } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { settle } from '@/lib/events/exception'
import { lockPosting } from '@/lib/settlement/posting-facts'
import { audit } from '@/lib/tenancy/audit'

export type Reposted = { ok: true } | { ok: false; because: 'on-its-way' | 'date' }

/**
 * Sends a posting again that was refused, if wanted on another date, or that somebody deleted in the books. It is looked
 * up first, like every repeat: what still stands there is not posted twice.
 * @throws Fault not-found, also for actors who may not
 */
export async function repostPosting(
  actor: Actor,
  postingId: string,
  options: { on?: PlainDate } = {},
): Promise<Reposted> {
  if (!mayManage(actor) || !isId(postingId)) throw new Fault('not-found', 'No such posting')
  const { on } = options
  return withTenant(actor.tenantId, async (tx) => {
    const posting = await lockPosting(tx, postingId)
    if (posting === undefined) throw new Fault('not-found', 'No such posting')
    if (posting.state !== 'refused' && posting.state !== 'posted') return { ok: false, because: 'on-its-way' }
    if (on !== undefined && (!/^\d{4}-\d{2}-\d{2}$/.test(on) || on < posting.bookedOn))
      return { ok: false, because: 'date' }
    await tx.run(sql`
      update postings set state = 'retrying', error = null, booked_on = ${on ?? posting.bookedOn},
        tries = tries + case when state = 'posted' then 1 else 0 end
      where tenant_id = ${tx.tenantId} and id = ${postingId}`)
    await settle(tx, 'books-refused', postingId, actorName(actor).id)
    await audit(
      tx,
      actorName(actor),
      'posting.reposted',
      { kind: 'posting', id: postingId },
      on === undefined ? {} : { on },
    )
    await announce(tx, { kind: 'posting.due', postingId }, `${postingId}:again:${now().toISOString()}`)
    return { ok: true }
  })
}
