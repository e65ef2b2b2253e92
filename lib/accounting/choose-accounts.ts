import 'server-only'
import { type Actor, actorName, mayManage } from '@/lib/access/actor'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { type Connection, loadConnection, saveSettings } from '@/lib/connectors/connection'
import type { AccountMapping, AccountRole, GlAccount } from '@/lib/connectors/contract'
import { wakePostings } from '@/lib/settlement/plan-postings'
import { readCurrencies } from '@/lib/settlement/tie-out-facts'
import { audit } from '@/lib/tenancy/audit'
import { getTenant } from '@/lib/tenancy/queries'
import { accountRoles, bankAccountsIn, missingRoles, readBooksSettings } from './account-mapping'
import { withBooks } from './open-books'

export type AccountChoice = {
  accounts: GlAccount[]
  mapping: AccountMapping
  suggested: AccountMapping
  missing: AccountRole[]
  /** Where payouts in the MSP's other currencies may arrive, for those the books keep. */
  banksIn: { currency: string; accounts: GlAccount[]; chosen?: string; suggested?: string }[]
}

/**
 * The chart of accounts as it stands in the books now, what is chosen, and what we would choose.
 * @throws Fault not-found without books; ConnectorFault
 */
export async function readAccountChoice(actor: Actor): Promise<AccountChoice> {
  const connection = await requireBooks(actor)
  const { mapping, bankIn } = readBooksSettings(connection.settings)
  const others = await withTenant(actor.tenantId, async (tx) => {
    const { currency: own } = await getTenant(tx)
    return (await readCurrencies(tx)).filter((currency) => currency !== own)
  })
  const { accounts, suggested, banksIn } = await withBooks(actor.tenantId, connection, async (connector, secret) => {
    const found = await connector.pullAccounts(secret)
    const kept = await Promise.all(others.map((currency) => connector.currencyOf?.(secret, currency)))
    const isAbroad = (currency: string, at: number) => kept[at]?.isKept === true && kept[at].home !== currency
    return {
      ...{ accounts: found, suggested: connector.suggestMapping(found) },
      banksIn: others.filter(isAbroad).map((currency) => ({
        ...{ currency, accounts: bankAccountsIn(found, currency) },
        ...asChosen(bankIn[currency], connector.suggestMapping(found, currency).bank),
      })),
    }
  })
  await withTenant(actor.tenantId, (tx) => saveSettings(tx, connection.id, { accounts }))
  return { accounts, mapping, suggested, missing: missingRoles(mapping, accounts), banksIn }
}

/**
 * Saves which account plays which role; what waited for it is posted by itself.
 * @param banks where payouts in other currencies arrive, by currency; of those not named nothing changes
 * @throws Fault invalid for an account the books do not have, or not in that currency
 */
export async function chooseAccounts(
  actor: Actor,
  mapping: AccountMapping,
  banks: Record<string, string> = {},
): Promise<{ missing: AccountRole[] }> {
  if (!mayManage(actor)) throw new Fault('not-found', 'No such page')
  const connection = await requireBooks(actor)
  const { accounts, bankIn } = readBooksSettings(connection.settings)
  const usable = new Set(accounts.filter(({ active }) => active).map(({ externalId }) => externalId))
  for (const { role, label } of accountRoles) {
    const id = mapping[role]
    if (id !== undefined && !usable.has(id)) throw new Fault('invalid', `${label}: there is no such account`)
  }
  for (const [currency, id] of Object.entries(banks))
    if (bankAccountsIn(accounts, currency).every(({ externalId }) => externalId !== id))
      throw new Fault('invalid', `Bank account in ${currency}: there is no such account`)
  await withTenant(actor.tenantId, async (tx) => {
    await saveSettings(tx, connection.id, { mapping, bankIn: { ...bankIn, ...banks } })
    const detail = Object.keys(banks).length === 0 ? mapping : { ...mapping, bankIn: banks }
    await audit(tx, actorName(actor), 'books.accounts_chosen', { kind: 'connection', id: connection.id }, detail)
    await wakePostings(tx, 'accounts')
  })
  return { missing: missingRoles(mapping, accounts) }
}

function asChosen(chosen: string | undefined, suggested: string | undefined) {
  return { ...(chosen !== undefined && { chosen }), ...(suggested !== undefined && { suggested }) }
}

async function requireBooks(actor: Actor): Promise<Connection> {
  if (actor.kind !== 'staff') throw new Fault('not-found', 'No such page')
  const connection = await withTenant(actor.tenantId, (tx) => loadConnection(tx, 'accounting'))
  if (connection === undefined) throw new Fault('not-found', 'No books are connected')
  return connection
}
