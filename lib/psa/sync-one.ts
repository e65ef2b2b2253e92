import 'server-only'
import { now } from '@/lib/base/clock'
import { withTenant, withTenantInBulk } from '@/lib/base/db'
import { saveInvoices } from '@/lib/billing/save-invoices'
import { voidInvoices } from '@/lib/billing/void-invoices'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import { keepRejected, resolveRejected } from '@/lib/connectors/sync-run'
import { orPause } from './or-pause'
import { psaOf } from './registry'

export type SyncedInvoice = 'saved' | 'gone' | 'rejected' | 'paused'

/**
 * Reads one invoice again, because something hinted that it changed. The hint is not believed: what the PSA says now is
 * what counts, and goes through the same funnel as a page of a sync.
 * @param options.voids false when the caller looks at many, and voids them only if they are not suspiciously many
 * @throws ConnectorFault retry
 */
export async function syncInvoice(
  tenantId: string,
  connectionId: string,
  externalId: string,
  { voids = true }: { voids?: boolean } = {},
): Promise<SyncedInvoice> {
  const { connection, psa } = await withTenant(tenantId, (tx) => psaOf(tx, connectionId))
  if (connection.state !== 'connected') return 'paused'
  return orPause(tenantId, connectionId, async () => {
    const readAt = now()
    const found = await psa.fetchInvoice(externalId).catch((fault: unknown) => {
      if (fault instanceof ConnectorFault && fault.cure === 'skip') return { unreadable: fault.message }
      throw fault
    })
    return withTenantInBulk(tenantId, async (tx): Promise<SyncedInvoice> => {
      if (found === 'gone') {
        if (voids) await voidInvoices(tx, connectionId, [externalId])
        await resolveRejected(tx, connectionId, 'invoices', [externalId])
        return 'gone'
      }
      const rejected =
        'unreadable' in found
          ? [{ externalId, reason: found.unreadable, raw: null }]
          : (await saveInvoices(tx, connectionId, [found], readAt)).rejected
      if (rejected.length === 0) {
        await resolveRejected(tx, connectionId, 'invoices', [externalId])
        return 'saved'
      }
      await keepRejected(tx, connectionId, 'invoices', rejected)
      return 'rejected'
    })
  })
}
