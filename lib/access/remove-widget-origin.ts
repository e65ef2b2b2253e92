import 'server-only'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { type Actor, actorName, mayManage } from './actor'

/** From now on the site may not frame the widget; a page that is open stays open. @returns whether it was on the list */
export async function removeWidgetOrigin(actor: Actor, id: string): Promise<boolean> {
  if (!mayManage(actor) || !isId(id)) return false
  return withTenant(actor.tenantId, async (tx) => {
    const row = await tx.row<{ origin: string }>(sql`
      update widget_origins set removed_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${id} and removed_at is null returning origin`)
    if (row === undefined) return false
    await audit(tx, actorName(actor), 'widget.origin_removed', { kind: 'widget_origin', id }, row)
    return true
  })
}
