import 'server-only'
import { actorName, mayManage } from '@/lib/access/actor'
import type { StaffActor } from '@/lib/access/require-staff'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import type { AuditAction } from '@/lib/tenancy/audit-actions'
import { changedInvoices, type SeenInvoice } from './approval'
import { invoicesOf } from './ask-approval'
import { openGateway } from './open-gateway'
import { lockRefundable, type OpenRefund, openRefund } from './open-refund'
import { type Refunded, sendRefund } from './refund-payment'

export type Decided =
  | { ok: true }
  | {
      ok: false
      /** `own`: another person decides. `decided`: somebody was first. `changed`: it is no longer what was asked for. */
      because: 'not-allowed' | 'unknown' | 'own' | 'decided' | 'expired' | 'changed'
      reason: string
    }
type Refusal = Extract<Decided, { ok: false }>

/**
 * The second person says yes: the amount that was asked for goes back, once, however many say so at the same moment.
 * What changed meanwhile is said, and the request goes on waiting: to be declined, and asked for anew.
 */
export async function approve(actor: StaffActor, approvalId: string): Promise<Refunded | Decided> {
  const opened = await withTenant(actor.tenantId, async (tx): Promise<OpenRefund | Refusal | { ok: true }> => {
    const asked = await lockWaiting(tx, actor, approvalId)
    if (!asked.ok) return asked
    if (asked.askedBy === actor.staffId)
      return refuse('own', 'You asked for this yourself. Another owner or finance person decides.')
    if (asked.kind === 'payout_account') return close(tx, actor, asked, 'approved')
    return openApproved(tx, actor, asked)
  })
  if (!opened.ok || !('refundId' in opened)) return opened
  const gateway = await withTenant(actor.tenantId, openGateway)
  return sendRefund(gateway, actor.tenantId, opened)
}

/** The second person says no, and why. */
export async function decline(actor: StaffActor, approvalId: string, reason: string): Promise<Decided> {
  return withTenant(actor.tenantId, async (tx) => {
    const asked = await lockWaiting(tx, actor, approvalId)
    if (!asked.ok) return asked
    if (asked.askedBy === actor.staffId)
      return refuse('own', 'You asked for this yourself. Take it back, or let another person decide.')
    return close(tx, actor, asked, 'declined', reason)
  })
}

/** Whoever asked thought better of it. */
export async function withdraw(actor: StaffActor, approvalId: string): Promise<Decided> {
  return withTenant(actor.tenantId, async (tx) => {
    const asked = await lockWaiting(tx, actor, approvalId)
    if (!asked.ok) return asked
    if (asked.askedBy !== actor.staffId) return refuse('own', 'Only whoever asked for it takes it back.')
    return close(tx, actor, asked, 'withdrawn')
  })
}

type Asked = {
  ok: true
  id: string
  kind: 'refund' | 'payout_account'
  attemptId: string | null
  amountMinor: bigint | null
  currency: string | null
  reason: string
  seen: SeenInvoice[]
  askedBy: string
}

/** Locks it: whoever comes second sees what the first decided. */
async function lockWaiting(tx: Tx, actor: StaffActor, id: string): Promise<Asked | Refusal> {
  if (!mayManage(actor)) return refuse('not-allowed', 'Your role cannot decide on this.')
  const row = isId(id)
    ? await tx.row<Asked & { state: string; expiresAt: Date }>(sql`
        select id, kind, attempt_id, amount_minor, currency, reason, seen, asked_by, state, expires_at
        from approvals where tenant_id = ${tx.tenantId} and id = ${id} for update`)
    : undefined
  if (row === undefined) return refuse('unknown', 'There is no such request.')
  if (row.state === 'expired' || (row.state === 'waiting' && row.expiresAt <= now()))
    return refuse('expired', 'It waited for 7 days and has run out. It can be asked for again.')
  if (row.state !== 'waiting')
    return refuse('decided', `It was ${row.state === 'withdrawn' ? 'taken back' : row.state} already.`)
  return { ...row, ok: true }
}

async function openApproved(tx: Tx, actor: StaffActor, asked: Asked): Promise<OpenRefund | Refusal> {
  const { id, attemptId, amountMinor, reason } = asked
  if (attemptId === null || amountMinor === null) return refuse('unknown', 'There is no such request.')
  const payment = await lockRefundable(tx, { attemptId, amountMinor, reason })
  if (!payment.ok)
    return refuse('changed', `The payment has changed since this was asked for. ${payment.reason} Decline it.`)
  const changed = changedInvoices(asked.seen, await invoicesOf(tx, attemptId))
  if (changed.length > 0)
    return refuse(
      'changed',
      `Invoice ${changed.join(', ')} was changed in the PSA since this was asked for. Decline it; it can be asked for again.`,
    )
  await close(tx, actor, asked, 'approved')
  return openRefund(tx, actor, payment, { id, amountMinor, reason })
}

type Outcome = 'approved' | 'declined' | 'withdrawn'
const acts: Record<Outcome, AuditAction> = {
  approved: 'approval.approved',
  declined: 'approval.declined',
  withdrawn: 'approval.withdrawn',
}

async function close(tx: Tx, actor: StaffActor, asked: Asked, state: Outcome, reason = ''): Promise<{ ok: true }> {
  const { id, kind, attemptId, amountMinor, currency } = asked
  const decidedBy = state === 'withdrawn' ? null : actor.staffId
  await tx.run(sql`
    update approvals set state = ${state}, decided_by = ${decidedBy}, decided_at = ${now()}, decline_reason = ${reason}
    where tenant_id = ${tx.tenantId} and id = ${id}`)
  const subject =
    attemptId === null ? ({ kind: 'tenant', id: tx.tenantId } as const) : ({ kind: 'attempt', id: attemptId } as const)
  const detail = { approvalId: id, kind, ...(amountMinor === null ? {} : { amountMinor, currency }) }
  await audit(tx, actorName(actor), acts[state], subject, { ...detail, ...(reason === '' ? {} : { reason }) })
  return { ok: true }
}

function refuse(because: Refusal['because'], reason: string): Refusal {
  return { ok: false, because, reason }
}
