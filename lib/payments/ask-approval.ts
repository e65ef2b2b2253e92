import 'server-only'
import { type Actor, actorName } from '@/lib/access/actor'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { approvalLifeDays, type SeenInvoice } from './approval'
import type { RefundOrder } from './open-refund'

/**
 * A refund waits for a second person: amount and reason are fixed from here on, and how the invoices look now is kept
 * beside them. @returns its id, which the refund will have @throws Fault invalid for whoever is not a person of the MSP's
 */
export async function askApproval(tx: Tx, actor: Actor, order: RefundOrder & { currency: string }): Promise<string> {
  if (actor.kind !== 'staff') throw new Fault('invalid', 'Only staff ask for a second person')
  const { attemptId, amountMinor, currency, reason } = order
  const [id, at] = [newId(), now()]
  const expiresAt = new Date(at.getTime() + approvalLifeDays * 86_400_000)
  const seen = json(await invoicesOf(tx, attemptId))
  await tx.run(sql`
    insert into approvals (tenant_id, id, kind, attempt_id, amount_minor, currency, reason, seen, state, asked_by, asked_at, expires_at)
    values (${tx.tenantId}, ${id}, 'refund', ${attemptId}, ${amountMinor}, ${currency}, ${reason}, ${seen}, 'waiting', ${actor.staffId}, ${at}, ${expiresAt})`)
  const detail = { approvalId: id, kind: 'refund', amountMinor, currency, reason }
  await audit(tx, actorName(actor), 'approval.asked', { kind: 'attempt', id: attemptId }, detail)
  return id
}

/** The invoices a payment paid, as they are now. */
export async function invoicesOf(tx: Tx, attemptId: string): Promise<SeenInvoice[]> {
  return tx.rows<SeenInvoice>(sql`
    select i.number, i.total_minor::text as total_minor, i.state = 'void' as is_void
    from allocations l join invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
    where l.tenant_id = ${tx.tenantId} and l.attempt_id = ${attemptId} order by i.number`)
}
