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

export type Reposted = { ok: true } | { ok: false; because: 'not-refused' | 'date' }

/**
 * Sends a refused posting again, if wanted on another date. It is looked up first, like every repeat.
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
    if (posting.state !== 'refused') return { ok: false, because: 'not-refused' }
    if (on !== undefined && (!/^\d{4}-\d{2}-\d{2}$/.test(on) || on < posting.bookedOn))
      return { ok: false, because: 'date' }
    await tx.run(sql`
      update postings set state = 'retrying', error = null, booked_on = ${on ?? posting.bookedOn}
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
