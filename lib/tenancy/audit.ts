import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { json, kept } from '@/lib/base/sql'
import type { AuditAction, AuditBy, AuditSubject } from './audit-actions'

/**
 * Writes down who did what to what. `detail` holds ids and figures, never secrets; a change stands in it as `before` and
 * `after` (changes.ts).
 */
export async function audit(
  tx: Tx,
  by: AuditBy,
  action: AuditAction,
  subject: { kind: AuditSubject; id: string },
  detail: object = {},
): Promise<void> {
  await tx.run(
    kept`
    insert into audit_entries (tenant_id, at, actor_kind, actor_id, session_id, action, subject_kind, subject_id, detail)
    values (${tx.tenantId}, ${now()}, ${by.kind}, ${by.id ?? null}, ${by.sessionId ?? null}, ${action}, ${subject.kind}, ${subject.id}, ${json(detail)})`,
  )
}
