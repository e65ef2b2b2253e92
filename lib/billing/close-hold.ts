import 'server-only'
import { type Actor, actorName, mayManage } from '@/lib/access/actor'
import { now, todayIn } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { settle } from '@/lib/events/exception'
import { audit } from '@/lib/tenancy/audit'
import { getTenant } from '@/lib/tenancy/queries'
import { inOneLine } from './in-one-line'

/** Staff have answered: the amount is payable again. @returns false when it is closed already, or not theirs to close */
export async function closeHold(actor: Actor, holdId: string, answer: string): Promise<boolean> {
  if (!mayManage(actor) || !isId(holdId)) return false
  return withTenant(actor.tenantId, async (tx) => {
    const by = actorName(actor)
    const said = inOneLine(answer)
    const at = now()
    const closed = await tx.row<{ invoiceId: string; openedBy: string }>(sql`
      update invoice_holds set closed_at = ${at}, closed_by = ${by.id ?? by.kind}, answer = ${said === '' ? null : said}
      where tenant_id = ${tx.tenantId} and id = ${holdId} and closed_at is null returning invoice_id, opened_by`)
    if (closed === undefined) return false
    const { invoiceId, openedBy } = closed
    const { timeZone } = await getTenant(tx)
    const text = `${todayIn(timeZone, at)} The hold on this invoice is lifted.${said === '' ? '' : ` ${said}`}`
    await announce(tx, { kind: 'note.due', invoiceId, text }, `hold-closed:${holdId}`)
    if (openedBy !== 'staff') await announce(tx, { kind: 'question.answered', holdId }, holdId)
    const other = await tx.row(sql`
      select 1 from invoice_holds where tenant_id = ${tx.tenantId} and invoice_id = ${invoiceId} and closed_at is null limit 1`)
    if (other === undefined) await settle(tx, 'question', invoiceId, by.id)
    await audit(tx, by, 'invoice.hold_lifted', { kind: 'invoice', id: invoiceId }, { holdId })
    return true
  })
}
