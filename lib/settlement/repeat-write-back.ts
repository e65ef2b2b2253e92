import 'server-only'
import { type Actor, actorName, mayManage } from '@/lib/access/actor'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { settle } from '@/lib/events/exception'
import { audit } from '@/lib/tenancy/audit'

/**
 * Sends a payment to the PSA again after a person put right what stood in its way. It is looked for there first, like
 * every repeat, so pressing twice writes once.
 * @returns false when nobody has to do anything about it
 * @throws Fault not-found, also for actors who may not
 */
export async function repeatWriteBack(actor: Actor, writeBackId: string): Promise<boolean> {
  if (!mayManage(actor) || !isId(writeBackId)) throw new Fault('not-found', 'No such write-back')
  return withTenant(actor.tenantId, async (tx) => {
    const row = await tx.row<{ state: string }>(sql`
      select state from write_backs where tenant_id = ${tx.tenantId} and id = ${writeBackId} for update`)
    if (row === undefined) throw new Fault('not-found', 'No such write-back')
    if (row.state !== 'needs_you') return false
    await tx.run(sql`
      update write_backs set state = 'retrying', error = null where tenant_id = ${tx.tenantId} and id = ${writeBackId}`)
    const by = actorName(actor)
    await settle(tx, 'psa-refused', writeBackId, by.id)
    await audit(tx, by, 'write_back.repeated', { kind: 'write_back', id: writeBackId })
    const key = `${writeBackId}:again:${now().toISOString()}`
    await announce(tx, { kind: 'write_back.due', writeBackId, reason: 'sent again by hand' }, key)
    return true
  })
}
