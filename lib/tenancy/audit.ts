import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { json, kept } from '@/lib/base/sql'

/** Writes down who did what to what. `detail` holds ids and figures, never secrets. */
export async function audit(
  tx: Tx,
  by: { kind: string; id?: string },
  action: string,
  subject: { kind: string; id: string },
  detail: object = {},
): Promise<void> {
  await tx.run(
    kept`
    insert into audit_entries (tenant_id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail)
    values (${tx.tenantId}, ${now()}, ${by.kind}, ${by.id ?? null}, ${action}, ${subject.kind}, ${subject.id}, ${json(detail)})`,
  )
}
