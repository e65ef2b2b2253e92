import 'server-only'
import { withTenant } from '@/lib/base/db'
import { needsReconnect, noteFault } from '@/lib/connectors/connection'
import { ConnectorFault } from '@/lib/connectors/connector-fault'

/**
 * Runs work that talks to a PSA. Credentials that are no good pause the connection and answer `paused`: nothing is tried
 * again before a person connected it anew. Every other fault is noted for the page that shows how the PSA is doing, and
 * thrown on to whoever decides when to try again.
 */
export async function orPause<Result>(
  tenantId: string,
  connectionId: string,
  work: () => Promise<Result>,
): Promise<Result | 'paused'> {
  try {
    return await work()
  } catch (fault) {
    if (!(fault instanceof ConnectorFault)) throw fault
    const { cure, message } = fault
    await withTenant(tenantId, (tx) =>
      cure === 'reconnect' ? needsReconnect(tx, connectionId, message) : noteFault(tx, connectionId, message),
    )
    if (cure === 'reconnect') return 'paused'
    throw fault
  }
}
