import 'server-only'
import { actorName } from '@/lib/access/actor'
import type { StaffActor } from '@/lib/access/require-staff'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { getTenant } from '@/lib/tenancy/queries'
import { approvalLifeDays } from './approval'

export type PayoutChange =
  | { ok: true; approvalId?: string }
  /** A request waits now, if none did before. */
  | { ok: false; because: 'waiting'; reason: string }

const dayMs = 86_400_000
const waits =
  'Where payouts go is changed by two: an owner or finance person other than you approves it on Today. Then come back within a day.'

/**
 * Whether this person may let go of the Stripe account payouts come from, or take another: where the MSP has a
 * second-person rule, only within a day of somebody else's approval. Without one it is asked for.
 */
export async function allowPayoutChange(tx: Tx, actor: StaffActor): Promise<PayoutChange> {
  const { settings } = await getTenant(tx)
  if (settings.secondPersonAboveMinor === undefined) return { ok: true }
  const at = now()
  const approved = await tx.row<{ id: string }>(sql`
    select id from approvals
    where tenant_id = ${tx.tenantId} and kind = 'payout_account' and state = 'approved' and asked_by = ${actor.staffId}
      and used_at is null and decided_at > ${new Date(at.getTime() - dayMs)}
    order by decided_at desc limit 1 for update`)
  if (approved !== undefined) return { ok: true, approvalId: approved.id }
  const id = newId()
  const expiresAt = new Date(at.getTime() + approvalLifeDays * dayMs)
  const asked = await tx.run(sql`
    insert into approvals (tenant_id, id, kind, reason, state, asked_by, asked_at, expires_at)
    select ${tx.tenantId}::uuid, ${id}::uuid, 'payout_account', 'Another Stripe account', 'waiting', ${actor.staffId}::uuid, ${at}, ${expiresAt}::timestamptz
    where not exists (select from approvals where tenant_id = ${tx.tenantId} and kind = 'payout_account' and state = 'waiting' and asked_by = ${actor.staffId} and expires_at > ${at})`)
  const detail = { approvalId: id, kind: 'payout_account' }
  if (asked > 0) await audit(tx, actorName(actor), 'approval.asked', { kind: 'tenant', id: tx.tenantId }, detail)
  return { ok: false, because: 'waiting', reason: waits }
}

/** The same for connecting this account: the first one, and the one that was here last, are no change. */
export async function allowAccount(tx: Tx, actor: StaffActor, account: string | undefined): Promise<PayoutChange> {
  const last = await tx.row<{ account: string }>(sql`
    select account from connections where tenant_id = ${tx.tenantId} and kind = 'payments'
    order by (state <> 'disconnected') desc, connected_at desc limit 1`)
  return last === undefined || last.account === account ? { ok: true } : allowPayoutChange(tx, actor)
}

/** An approval is good for one other account. */
export async function useApproval(tx: Tx, { approvalId }: { approvalId?: string }): Promise<void> {
  if (approvalId !== undefined)
    await tx.run(sql`update approvals set used_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${approvalId}`)
}
