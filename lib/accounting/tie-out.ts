import 'server-only'
import { withTenant } from '@/lib/base/db'
import { loadConnection } from '@/lib/connectors/connection'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import { systemName } from '@/lib/connectors/system-name'
import { sweepPostings } from '@/lib/settlement/plan-postings'
import { type BooksDoor, tieOut as tieOutWith } from '@/lib/settlement/tie-out'
import type { TieOut } from '@/lib/settlement/tie-out-figures'
import { withBooks } from './open-books'

/** The tie-out with the books of this tenant. Postings nobody is working on are looked after first. */
export async function tieOut(tenantId: string): Promise<TieOut> {
  await withTenant(tenantId, sweepPostings)
  return tieOutWith(tenantId, openDoor)
}

async function openDoor(tenantId: string): Promise<BooksDoor | undefined> {
  const connection = await withTenant(tenantId, (tx) => loadConnection(tx, 'accounting'))
  if (connection === undefined) return undefined
  const system = systemName(connection)
  if (connection.state !== 'connected') return closedDoor(system)
  return {
    system,
    balances: (known) => withBooks(tenantId, connection, (connector, secret) => connector.balances(secret, known)),
    findInvoices: (numbers) =>
      withBooks(tenantId, connection, (connector, secret) => connector.findInvoices(secret, numbers)),
  }
}

/** Books that wait to be connected again cannot be asked; that is not the same as having none. */
function closedDoor(system: string): BooksDoor {
  const refuse = async () => {
    throw new ConnectorFault('reconnect', `${system} waits to be connected again.`)
  }
  return { system, balances: refuse, findInvoices: refuse }
}
