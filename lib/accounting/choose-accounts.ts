import 'server-only'
import { type Actor, actorName, mayManage } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { type Connection, loadConnection, saveSettings } from '@/lib/connectors/connection'
import type { AccountMapping, AccountRole, GlAccount } from '@/lib/connectors/contract'
import { wakePostings } from '@/lib/settlement/plan-postings'
import { audit } from '@/lib/tenancy/audit'
import { accountRoles, missingRoles, readBooksSettings } from './account-mapping'
import { withBooks } from './open-books'

export type AccountChoice = {
  accounts: GlAccount[]
  mapping: AccountMapping
  suggested: AccountMapping
  missing: AccountRole[]
}

/**
 * The chart of accounts as it stands in the books now, what is chosen, and what we would choose.
 * @throws Fault not-found without books; ConnectorFault
 */
export async function readAccountChoice(actor: Actor): Promise<AccountChoice> {
  const connection = await requireBooks(actor)
  const { accounts, suggested } = await withBooks(actor.tenantId, connection, async (connector, secret) => {
    const found = await connector.pullAccounts(secret)
    return { accounts: found, suggested: connector.suggestMapping(found) }
  })
  await withTenant(actor.tenantId, (tx) => saveSettings(tx, connection.id, { accounts }))
  const { mapping } = readBooksSettings(connection.settings)
  return { accounts, mapping, suggested, missing: missingRoles(mapping, accounts) }
}

/**
 * Saves which account plays which role; what waited for it is posted by itself.
 * @throws Fault invalid for an account the books do not have
 */
export async function chooseAccounts(actor: Actor, mapping: AccountMapping): Promise<{ missing: AccountRole[] }> {
  if (!mayManage(actor)) throw new Fault('not-found', 'No such page')
  const connection = await requireBooks(actor)
  const { accounts } = readBooksSettings(connection.settings)
  const usable = new Set(accounts.filter(({ active }) => active).map(({ externalId }) => externalId))
  for (const { role, label } of accountRoles) {
    const id = mapping[role]
    if (id !== undefined && !usable.has(id)) throw new Fault('invalid', `${label}: there is no such account`)
  }
  await withTenant(actor.tenantId, async (tx) => {
    await saveSettings(tx, connection.id, { mapping })
    await audit(tx, actorName(actor), 'books.accounts_chosen', { kind: 'connection', id: connection.id }, mapping)
    await wakePostings(tx, 'accounts')
  })
  return { missing: missingRoles(mapping, accounts) }
}

async function requireBooks(actor: Actor): Promise<Connection> {
  if (actor.kind !== 'staff') throw new Fault('not-found', 'No such page')
  const connection = await withTenant(actor.tenantId, (tx) => loadConnection(tx, 'accounting'))
  if (connection === undefined) throw new Fault('not-found', 'No books are connected')
  return connection
}
