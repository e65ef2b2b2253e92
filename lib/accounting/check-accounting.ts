import 'server-only'
import { type Actor, mayManage } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { loadConnection, saveCheck } from '@/lib/connectors/connection'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import { withBooks } from './open-books'

/**
 * Asks the connected books again whom we talk to and what is missing, and remembers the answer.
 * @returns false when they did not answer, or no longer accept us: what was known stands
 * @throws Fault not-found when no books are connected, or the actor may not manage connections
 */
export async function checkAccounting(actor: Actor): Promise<boolean> {
  if (!mayManage(actor)) throw new Fault('not-found', 'No such page')
  const { tenantId } = actor
  const connection = await withTenant(tenantId, (tx) => loadConnection(tx, 'accounting'))
  if (connection === undefined) throw new Fault('not-found', 'No books are connected')
  try {
    const checked = await withBooks(tenantId, connection, (connector, secret) => connector.check(secret))
    await withTenant(tenantId, (tx) => saveCheck(tx, connection.id, checked))
    return true
  } catch (error) {
    if (error instanceof ConnectorFault) return false
    throw error
  }
}
