import 'server-only'
import { actorName, mayReadTrail } from '@/lib/access/actor'
import type { StaffActor } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { audit } from '@/lib/tenancy/audit'
import type { AuditAction } from '@/lib/tenancy/audit-actions'
import type { AuditFilter, AuditSearch } from './audit-filter'
import { type AuditKey, type AuditLine, readAuditTrail } from './audit-trail'

const batch = 500

/**
 * All that fits, newest first, read in batches while it is taken: the trail is never whole in memory. That it was
 * exported is written down before the first line, and stands in it.
 * @throws Fault not-found for whoever may not read the trail
 */
export async function exportAudit(
  actor: StaffActor,
  filter: AuditFilter,
  { asked, matching = [] }: { asked: AuditSearch; matching?: readonly AuditAction[] },
): Promise<AsyncGenerator<AuditLine[]>> {
  if (!mayReadTrail(actor)) throw new Fault('not-found', 'No such page')
  await withTenant(actor.tenantId, (tx) =>
    audit(tx, actorName(actor), 'audit.exported', { kind: 'tenant', id: tx.tenantId }, { filter: asked }),
  )
  return batches(actor, filter, matching)
}

async function* batches(actor: StaffActor, filter: AuditFilter, matching: readonly AuditAction[]) {
  let after: AuditKey | undefined
  do {
    const page = await readAuditTrail(actor, filter, {
      matching,
      count: batch,
      ...(after === undefined ? {} : { after }),
    })
    yield page.lines
    after = page.next
  } while (after !== undefined)
}
