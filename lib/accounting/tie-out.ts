import 'server-only'
import { withTenant } from '@/lib/base/db'
import { loadConnection } from '@/lib/connectors/connection'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import { mapBounded } from '@/lib/connectors/map-bounded'
import { systemName } from '@/lib/connectors/system-name'
import { sweepPostings } from '@/lib/settlement/plan-postings'
import { type BooksDoor, tieOut as tieOutWith } from '@/lib/settlement/tie-out'
import type { TieOut } from '@/lib/settlement/tie-out-figures'
import { readBooksSettings } from './account-mapping'
import { withBooks } from './open-books'

const AT_ONCE = 4

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
  const { mapping } = readBooksSettings(connection.settings)
  return {
    system,
    balances: (known) =>
      withBooks(tenantId, connection, (connector, secret) => connector.balances(secret, mapping, known)),
    findInvoices: (numbers) =>
      withBooks(tenantId, connection, async (connector, secret) =>
        (await mapBounded(numbers, AT_ONCE, (number) => connector.findInvoices(secret, number))).flat(),
      ),
  }
}

/** Books that wait to be connected again cannot be asked; that is not the same as having none. */
function closedDoor(system: string): BooksDoor {
  const refuse = async () => {
    throw new ConnectorFault('reconnect', `${system} waits to be connected again.`)
  }
  return { system, balances: refuse, findInvoices: refuse }
}
