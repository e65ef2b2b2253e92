import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { faultPoint } from '@/lib/base/fault-point'
import { newId } from '@/lib/base/ids'
import { seal, unseal } from '@/lib/base/secrets'
import { json, sql } from '@/lib/base/sql'
import { raise, settle } from '@/lib/events/exception'

export type ConnectionKind = 'psa' | 'accounting' | 'payments'

/** One outside system of one tenant, without its secret. */
export type Connection = {
  id: string
  kind: ConnectionKind
  connector: string
  state: 'connected' | 'needs_reconnect' | 'disconnected'
  /** Whom we talk to: the vendor's id, and in words. */
  account: string
  accountName: string
  /** Rights the vendor's key lacks, in words. */
  missing: string[]
  settings: Record<string, unknown>
  connectedAt: Date
  checkedAt: Date
  lastFault?: string
  lastFaultAt?: Date
}

const columns = sql`id, kind, connector, state, account, account_name, missing, settings, connected_at, checked_at, last_fault, last_fault_at`

type Row = Omit<Connection, 'lastFault' | 'lastFaultAt'> & { lastFault: string | null; lastFaultAt: Date | null }

function toConnection({ lastFault, lastFaultAt, ...row }: Row): Connection {
  return { ...row, ...(lastFault === null ? {} : { lastFault }), ...(lastFaultAt === null ? {} : { lastFaultAt }) }
}

/** The live connection of a kind, if the tenant has one. */
export async function loadConnection(tx: Tx, kind: ConnectionKind): Promise<Connection | undefined> {
  const row = await tx.row<Row>(sql`
    select ${columns} from connections
    where tenant_id = ${tx.tenantId} and kind = ${kind} and state <> 'disconnected'`)
  return row && toConnection(row)
}

/** @throws Fault not-found, also for a connection that was disconnected */
export async function getConnection(tx: Tx, connectionId: string): Promise<Connection> {
  const row = await tx.row<Row>(sql`
    select ${columns} from connections
    where tenant_id = ${tx.tenantId} and id = ${connectionId} and state <> 'disconnected'`)
  if (row === undefined) throw new Fault('not-found', `No connection ${connectionId}`)
  return toConnection(row)
}

/** The secret as it was saved; parse it with the connector's own schema. @throws Fault not-found, broken */
export async function readSecret(tx: Tx, connectionId: string): Promise<unknown> {
  return open(tx.tenantId, connectionId, await readEnvelope(tx, connectionId))
}

/**
 * Saves what was checked. The same account again replaces the secret and keeps the connection's id, so that everything
 * known under it stays known, even after a disconnection.
 * @throws Fault conflict when another account of this kind is connected, or the account is another tenant's
 */
export async function saveConnection(
  tx: Tx,
  connection: {
    kind: ConnectionKind
    connector: string
    secret: unknown
    account: string
    accountName: string
    missing: string[]
    settings?: Record<string, unknown>
  },
): Promise<string> {
  const { kind, connector, account, accountName } = connection
  const known = await tx.row<{ id: string }>(sql`
    select id from connections
    where tenant_id = ${tx.tenantId} and kind = ${kind} and connector = ${connector} and account = ${account}
    order by (state <> 'disconnected') desc, connected_at desc limit 1 for update`)
  const id = known?.id ?? newId()
  const secret = seal(json(connection.secret), placeOf(tx.tenantId, id))
  try {
    await tx.run(sql`
      insert into connections (tenant_id, id, kind, connector, state, secret, account, account_name, missing, settings, connected_at, checked_at)
      values (${tx.tenantId}, ${id}, ${kind}, ${connector}, 'connected', ${secret}, ${account}, ${accountName},
        ${json(connection.missing)}, ${json(connection.settings ?? {})}, ${now()}, ${now()})
      on conflict (tenant_id, id) do update set
        state = 'connected', secret = excluded.secret, account_name = excluded.account_name, missing = excluded.missing,
        settings = connections.settings || excluded.settings, checked_at = excluded.checked_at,
        connected_at = case when connections.state = 'disconnected' then excluded.connected_at else connections.connected_at end,
        disconnected_at = null, last_fault = null, last_fault_at = null`)
  } catch (cause) {
    if (isTaken(cause)) throw new Fault('conflict', 'Another connection stands in the way of this one', { cause })
    throw cause
  }
  await settle(tx, 'reconnect', id)
  return id
}

/** Renews what a check found out. */
export async function saveCheck(
  tx: Tx,
  connectionId: string,
  checked: { accountName: string; missing: string[] },
): Promise<void> {
  await tx.run(sql`
    update connections set account_name = ${checked.accountName}, missing = ${json(checked.missing)}, checked_at = ${now()}
    where tenant_id = ${tx.tenantId} and id = ${connectionId}`)
}

/** Merges these settings into those that stand. */
export async function saveSettings(tx: Tx, connectionId: string, settings: Record<string, unknown>): Promise<void> {
  await tx.run(sql`
    update connections set settings = settings || ${json(settings)}::jsonb
    where tenant_id = ${tx.tenantId} and id = ${connectionId}`)
}

/** Forgets the secret and stops every use. What was learned through the connection stays. */
export async function disconnect(tx: Tx, connectionId: string): Promise<void> {
  await tx.run(sql`
    update connections set state = 'disconnected', secret = '', disconnected_at = ${now()}
    where tenant_id = ${tx.tenantId} and id = ${connectionId} and state <> 'disconnected'`)
  await settle(tx, 'reconnect', connectionId)
}

/** The credentials are no good: work on this connection pauses until a person connects again. */
export async function needsReconnect(tx: Tx, connectionId: string, why: string): Promise<void> {
  const row = await tx.row<{ accountName: string }>(sql`
    update connections set state = 'needs_reconnect', last_fault = ${why}, last_fault_at = ${now()}
    where tenant_id = ${tx.tenantId} and id = ${connectionId} and state <> 'disconnected'
    returning account_name`)
  if (row === undefined) return
  await raise(tx, {
    cause: 'reconnect',
    subject: { kind: 'connection', id: connectionId },
    detail: `${row.accountName} no longer accepts our credentials: ${why}`,
    nextStep: 'Connect it again with fresh credentials; what waited goes on by itself.',
  })
}

/** Remembers a fault that passes by itself, for the page that shows how the connection is doing. */
export async function noteFault(tx: Tx, connectionId: string, what: string): Promise<void> {
  await tx.run(sql`
    update connections set last_fault = ${what}, last_fault_at = ${now()}
    where tenant_id = ${tx.tenantId} and id = ${connectionId} and state <> 'disconnected'`)
}

/**
 * The secret, refreshed first when it is stale. Refreshing is the one outside call made under a row lock, on purpose: a
 * refresh token that rotates must be used by one process at a time, and its successor be stored before anybody uses it.
 * Whoever waited for the lock reads the successor.
 * @throws ConnectorFault as `refresh` does; Fault not-found
 */
export async function freshSecret<Secret>(
  tenantId: string,
  connectionId: string,
  oauth: {
    parse: (stored: unknown) => Secret
    isStale: (secret: Secret, at: Date) => boolean
    refresh: (secret: Secret) => Promise<Secret>
  },
): Promise<Secret> {
  const stored = oauth.parse(await withTenant(tenantId, (tx) => readSecret(tx, connectionId)))
  if (!oauth.isStale(stored, now())) return stored
  return withTenant(tenantId, async (tx) => {
    const locked = oauth.parse(open(tenantId, connectionId, await readEnvelope(tx, connectionId, true)))
    if (!oauth.isStale(locked, now())) return locked
    const fresh = await oauth.refresh(locked)
    await faultPoint('secret.refreshed')
    await saveSecret(tx, connectionId, fresh)
    return fresh
  })
}

/** Replaces the secret, sealed with the current key. */
export async function saveSecret(tx: Tx, connectionId: string, secret: unknown): Promise<void> {
  await tx.run(sql`
    update connections set secret = ${seal(json(secret), placeOf(tx.tenantId, connectionId))}
    where tenant_id = ${tx.tenantId} and id = ${connectionId} and state <> 'disconnected'`)
}

async function readEnvelope(tx: Tx, connectionId: string, lock = false): Promise<string> {
  const row = await tx.row<{ secret: string }>(sql`
    select secret from connections
    where tenant_id = ${tx.tenantId} and id = ${connectionId} and state <> 'disconnected' ${lock ? sql`for update` : sql``}`)
  if (row === undefined) throw new Fault('not-found', `No connection ${connectionId}`)
  return row.secret
}

function open(tenantId: string, connectionId: string, envelope: string): unknown {
  return JSON.parse(unseal(envelope, placeOf(tenantId, connectionId)))
}

/** What an envelope is bound to: it opens for this tenant's connection only. */
export function placeOf(tenantId: string, connectionId: string): string {
  return `${tenantId}:${connectionId}`
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505'
}
