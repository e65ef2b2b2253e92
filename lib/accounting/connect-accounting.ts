import 'server-only'
import { z } from 'zod'
import { type Actor, actorName, mayManage } from '@/lib/access/actor'
import { now, type PlainDate, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { Fault } from '@/lib/base/fault'
import { log } from '@/lib/base/log'
import { seal, unseal } from '@/lib/base/secrets'
import { sql } from '@/lib/base/sql'
import { type Connection, disconnect, loadConnection, readSecret, saveConnection } from '@/lib/connectors/connection'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import type { Accounting, AccountingOauth } from '@/lib/connectors/contract'
import { planPostings, wakePostings } from '@/lib/settlement/plan-postings'
import { audit } from '@/lib/tenancy/audit'
import { getTenant } from '@/lib/tenancy/queries'
import { readBooksSettings } from './account-mapping'
import { type AccountingId, withConnector } from './registry'

/** A person at the vendor's consent page is not hurried. */
const STATE_MS = 30 * 60_000
const STATE_PLACE = 'accounting:oauth-state'

const State = z.object({ connector: z.string(), tenantId: z.string(), staffId: z.string(), until: z.iso.datetime() })

export type AccountingConnected =
  | { ok: true; connectionId: string; accountName: string }
  | { ok: false; because: 'state' | 'declined' | 'taken' | 'vendor'; reason: string }

/**
 * Where to send the browser to connect an accounting system. The state that comes back is sealed and names the tenant,
 * the member of staff and the time: nobody else's browser can finish what this one began.
 * @throws Fault not-found for actors who may not manage connections
 */
export async function beginConnect(
  actor: Actor,
  connectorId: AccountingId = 'quickbooks-online',
): Promise<{ url: string }> {
  const staffId = requireManager(actor)
  const until = new Date(now().getTime() + STATE_MS).toISOString()
  const state = seal(JSON.stringify({ connector: connectorId, tenantId: actor.tenantId, staffId, until }), STATE_PLACE)
  return withConnector(connectorId, async (connector) => ({
    url: oauthOf(connector).authorizeUrl(state, redirectUri(connectorId)),
  }))
}

/**
 * Ends what `beginConnect` began, with the query the vendor sent the browser back with: exchanges the code, asks whom we
 * talk to, reads the accounts, suggests what each is for, and saves it all. What was refused is said in words.
 * @throws Fault not-found for actors who may not manage connections
 */
export async function finishConnect(actor: Actor, query: URLSearchParams): Promise<AccountingConnected> {
  const staffId = requireManager(actor)
  const state = readState(query.get('state') ?? '')
  if (state === undefined || state.tenantId !== actor.tenantId || state.staffId !== staffId)
    return { ok: false, because: 'state', reason: 'This was not begun in this browser. Start again from Connections.' }
  if (state.until < now().toISOString())
    return { ok: false, because: 'state', reason: 'That took too long. Start again from Connections.' }
  if (query.has('error')) return { ok: false, because: 'declined', reason: 'The connection was not allowed there.' }
  try {
    return await withConnector(state.connector, (connector) => save(actor, connector, query))
  } catch (error) {
    if (error instanceof ConnectorFault) return { ok: false, because: 'vendor', reason: error.message }
    if (error instanceof Fault && error.kind === 'conflict')
      return { ok: false, because: 'taken', reason: 'Other books are connected already. Disconnect them first.' }
    throw error
  }
}

async function save<Secret>(
  actor: Actor,
  connector: Accounting<Secret>,
  query: URLSearchParams,
): Promise<AccountingConnected> {
  const secret = await oauthOf(connector).exchange(query, redirectUri(connector.id))
  const { account, accountName, missing } = await connector.check(secret)
  const accounts = await connector.pullAccounts(secret)
  const connectionId = await withTenant(actor.tenantId, async (tx) => {
    const known = await loadConnection(tx, 'accounting')
    // What a person has chosen before is kept where the account still exists.
    const chosen = known?.account === account ? readBooksSettings(known.settings).mapping : {}
    const usable = new Set(accounts.map(({ externalId }) => externalId))
    const kept = Object.fromEntries(Object.entries(chosen).filter(([, id]) => usable.has(id)))
    const mapping = { ...connector.suggestMapping(accounts), ...kept }
    const id = await saveConnection(tx, {
      kind: 'accounting',
      connector: connector.id,
      secret,
      account,
      accountName,
      missing,
      settings: { mapping, accounts, ...(await boundsOf(tx, account)) },
    })
    await audit(
      tx,
      actorName(actor),
      'connection.connected',
      { kind: 'connection', id },
      { connector: connector.id, account },
    )
    await planPostings(tx)
    await wakePostings(tx, 'connected')
    return id
  })
  log.info({ tenantId: actor.tenantId, connectionId }, 'books.connected')
  return { ok: true, connectionId, accountName }
}

/** Other books than before begin today: what is older stands in those. The first ones take up everything. */
async function boundsOf(tx: Tx, account: string): Promise<{ postFrom?: PlainDate }> {
  const before = await tx.row<{ isSame: boolean }>(sql`
    select bool_or(account = ${account}) as is_same from connections where tenant_id = ${tx.tenantId} and kind = 'accounting' having count(*) > 0`)
  if (before === undefined || before.isSame) return {}
  return { postFrom: todayIn((await getTenant(tx)).timeZone) }
}

/** Ends the connection here and at the vendor. What was posted stays in the books, and stays known here. */
export async function disconnectAccounting(actor: Actor): Promise<void> {
  requireManager(actor)
  const connection = await withTenant(actor.tenantId, (tx) => loadConnection(tx, 'accounting'))
  if (connection === undefined) return
  await revoke(actor.tenantId, connection)
  await withTenant(actor.tenantId, async (tx) => {
    await disconnect(tx, connection.id)
    await audit(tx, actorName(actor), 'connection.disconnected', { kind: 'connection', id: connection.id })
  })
}

/** A vendor that cannot be reached must not keep a person from leaving: the secret is forgotten here all the same. */
async function revoke(tenantId: string, connection: Connection): Promise<void> {
  try {
    await withConnector(connection.connector, async (connector) => {
      const secret = connector.secret.parse(await withTenant(tenantId, (tx) => readSecret(tx, connection.id)))
      await connector.oauth?.revoke(secret)
    })
  } catch (error) {
    log.warn({ tenantId, connectionId: connection.id, error }, 'books.revoke_failed')
  }
}

function requireManager(actor: Actor): string {
  if (actor.kind !== 'staff' || !mayManage(actor)) throw new Fault('not-found', 'No such page')
  return actor.staffId
}

function readState(sealed: string): z.infer<typeof State> | undefined {
  try {
    return State.parse(JSON.parse(unseal(sealed, STATE_PLACE)))
  } catch {
    return undefined // forged, cut or of another install: no difference to whoever brings it
  }
}

function oauthOf<Secret>(connector: Accounting<Secret>): AccountingOauth<Secret> {
  if (connector.oauth === undefined) throw new Fault('invalid', `${connector.name} is not connected in the browser`)
  return connector.oauth
}

function redirectUri(connectorId: string): string {
  return `${env().PUBLIC_URL}/api/oauth/${connectorId}`
}
