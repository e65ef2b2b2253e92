import 'server-only'
import { actorName, mayManage } from '@/lib/access/actor'
import type { StaffActor } from '@/lib/access/require-staff'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'

/** Clients see it no more; it stays on record. @returns whether there was one that was shown, and the actor may */
export async function withdrawPaper(actor: StaffActor, id: string): Promise<boolean> {
  if (!mayManage(actor)) return false
  return withTenant(actor.tenantId, async (tx) => {
    const paper = await lockShownPaper(tx, id)
    if (paper === undefined) return false
    await tx.run(sql`
      update papers set withdrawn_at = ${now()}, withdrawn_by = ${actor.staffId}
      where tenant_id = ${tx.tenantId} and id = ${paper.id}`)
    await audit(tx, actorName(actor), 'paper.withdrawn', { kind: 'paper', id: paper.id }, { name: paper.title })
    return true
  })
}

/** Locked, so that two who replace or withdraw it at once do so one after the other, and the second finds it gone. */
export async function lockShownPaper(
  tx: Tx,
  id: string,
): Promise<{ id: string; title: string; clientId: string | null } | undefined> {
  if (!isId(id)) return undefined
  return tx.row(sql`
    select id, title, client_id from papers
    where tenant_id = ${tx.tenantId} and id = ${id} and withdrawn_at is null for update`)
}
