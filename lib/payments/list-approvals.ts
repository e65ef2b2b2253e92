import 'server-only'
import type { StaffActor } from '@/lib/access/require-staff'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { money } from '@/lib/money/money'
import type { ApprovalView } from './approval'

type Row = {
  id: string
  kind: 'refund' | 'payout_account'
  reason: string
  askedBy: string
  askerName: string
  askedAt: Date
  expiresAt: Date
  attemptId: string | null
  clientName: string | null
  methodLabel: string | null
  amountMinor: bigint | null
  currency: string | null
}

/** What waits for a second person, the longest first; with `attemptId` of that payment only. At most a hundred. */
export async function listApprovals(actor: StaffActor, attemptId?: string): Promise<ApprovalView[]> {
  const rows = await withTenant(actor.tenantId, (tx) =>
    tx.rows<Row>(sql`
      select p.id, p.kind, p.reason, p.asked_by, s.name as asker_name, p.asked_at, p.expires_at, p.attempt_id, p.amount_minor, p.currency,
        c.name as client_name, a.method_label
      from approvals p join staff s on s.tenant_id = p.tenant_id and s.id = p.asked_by
      left join attempts a on a.tenant_id = p.tenant_id and a.id = p.attempt_id
      left join clients c on c.tenant_id = a.tenant_id and c.id = a.client_id
      where p.tenant_id = ${tx.tenantId} and p.state = 'waiting' and p.expires_at > ${now()}
        ${attemptId === undefined ? sql`` : sql`and p.attempt_id = ${attemptId}`}
      order by p.asked_at, p.id limit 100`),
  )
  return rows.map(({ askedBy, askerName, attemptId: of, amountMinor, currency, clientName, methodLabel, ...rest }) => ({
    ...rest,
    askedBy: { id: askedBy, name: askerName },
    ...(of === null || amountMinor === null || currency === null
      ? {}
      : {
          refund: {
            attemptId: of,
            clientName: clientName ?? '',
            methodLabel: methodLabel ?? 'the method it came from',
            amount: money(amountMinor, currency),
          },
        }),
  }))
}
