import 'server-only'
import { createHash } from 'node:crypto'
import { actorName, mayManage } from '@/lib/access/actor'
import type { StaffActor } from '@/lib/access/require-staff'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { isId, newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { checkPdf } from './check-pdf'
import type { PdfRefusal } from './paper'
import { lockShownPaper } from './withdraw-paper'

/** What is to be handed out: to one client, or to all; and in whose place, if it takes one. */
export type NewPaper = { title: string; year?: number; clientId?: string; replaces?: string; pdf: Buffer }

export type PaperAdded =
  | { ok: true; id: string }
  /** `gone`: the client, or the paper it was to replace, is not there any more. */
  | { ok: false; because: PdfRefusal | 'may-not' | 'gone' }

/**
 * From now on clients can read this paper. One that takes another's place is for whomever that one was for, and the other
 * is no longer shown: both in one step, so that there is never none and never two.
 */
export async function addPaper(actor: StaffActor, paper: NewPaper): Promise<PaperAdded> {
  if (!mayManage(actor)) return { ok: false, because: 'may-not' }
  const refusal = checkPdf(paper.pdf)
  if (refusal !== undefined) return { ok: false, because: refusal }
  return withTenant(actor.tenantId, async (tx): Promise<PaperAdded> => {
    const { replaces } = paper
    const before = replaces === undefined ? undefined : await lockShownPaper(tx, replaces)
    if (replaces !== undefined && before === undefined) return { ok: false, because: 'gone' }
    const clientId = before === undefined ? (paper.clientId ?? null) : before.clientId
    if (clientId !== null && !(await isClient(tx, clientId))) return { ok: false, because: 'gone' }
    const id = newId()
    const { title, year, pdf } = paper
    const sha256 = createHash('sha256').update(pdf).digest('hex')
    await tx.run(sql`
      insert into papers (tenant_id, id, client_id, title, year, pdf, sha256, added_by, created_at)
      values (${tx.tenantId}, ${id}, ${clientId}, ${title}, ${year ?? null}, ${pdf}, ${sha256}, ${actor.staffId}, ${now()})`)
    const said = { name: title, ...(year !== undefined && { year }), sha256, ...(clientId !== null && { clientId }) }
    if (before === undefined) await audit(tx, actorName(actor), 'paper.added', { kind: 'paper', id }, said)
    else {
      await tx.run(sql`
        update papers set withdrawn_at = ${now()}, withdrawn_by = ${actor.staffId}, replaced_by = ${id}
        where tenant_id = ${tx.tenantId} and id = ${before.id}`)
      await audit(tx, actorName(actor), 'paper.replaced', { kind: 'paper', id }, { ...said, replaces: before.id })
    }
    return { ok: true, id }
  })
}

async function isClient(tx: Tx, id: string): Promise<boolean> {
  if (!isId(id)) return false
  return (await tx.row(sql`select 1 from clients where tenant_id = ${tx.tenantId} and id = ${id}`)) !== undefined
}
