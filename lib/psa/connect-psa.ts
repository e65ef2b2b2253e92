import 'server-only'
import { type Actor, actorName, mayManage } from '@/lib/access/actor'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { Fault } from '@/lib/base/fault'
import { sql } from '@/lib/base/sql'
import { disconnect, getConnection, loadConnection, saveCheck, saveConnection } from '@/lib/connectors/connection'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import type { Checked } from '@/lib/connectors/contract'
import { announceMany } from '@/lib/events/announce-many'
import { audit } from '@/lib/tenancy/audit'
import type { OpenPsa } from './open-psa'
import { livePsa, psaById, psaOf } from './registry'

export type PsaConnected =
  | { ok: true; connectionId: string; checked: Checked }
  | { ok: false; because: 'credentials' | 'unreachable' | 'taken'; reason: string }

/**
 * Connects a PSA: asks it who it is and what the key may do, keeps the credentials, has it call us back about changes,
 * and queues the first full sync. Connecting the same company again renews the credentials, and what waited goes on.
 * @param credentials the connector's own form, see its secret
 * @throws Fault forbidden, not-found
 */
export async function connectPsa(actor: Actor, connector: string, credentials: unknown): Promise<PsaConnected> {
  if (!mayManage(actor)) throw new Fault('forbidden', 'Only staff who may change settings connect a PSA')
  const { tenantId } = actor
  const opened = await openAndCheck(connector, credentials)
  if (!opened.ok) return opened
  const { psa, checked } = opened
  const saved = await withTenant(tenantId, async (tx) => {
    const id = await saveConnection(tx, { kind: 'psa', connector, secret: credentials, ...checked })
    await announceMany(tx, [
      { news: { kind: 'clock.sync', connectionId: id, full: true }, key: `${id}:connected:${now().toISOString()}` },
      ...(await waitingWriteBacks(tx)),
    ])
    await audit(
      tx,
      actorName(actor),
      'psa.connected',
      { kind: 'connection', id },
      { connector, account: checked.account },
    )
    return { connectionId: id }
  }).catch((fault: unknown) => {
    if (fault instanceof Fault && fault.kind === 'conflict') return undefined
    throw fault
  })
  if (saved === undefined) {
    const reason = `${checked.accountName} is connected elsewhere, or another PSA is connected here. Disconnect that one first.`
    return { ok: false, because: 'taken', reason }
  }
  await registerCallbacks(tenantId, saved.connectionId, psa, checked)
  return { ok: true, connectionId: saved.connectionId, checked }
}

/** Asks the connected PSA again who it is and what the key may do. @throws Fault, ConnectorFault */
export async function checkPsa(actor: Actor): Promise<Checked> {
  if (!mayManage(actor)) throw new Fault('forbidden', 'Only staff who may change settings check a PSA')
  const { tenantId } = actor
  const live = await withTenant(tenantId, livePsa)
  if (live === undefined) throw new Fault('not-found', 'No PSA is connected')
  const checked = await live.psa.check()
  await withTenant(tenantId, (tx) => saveCheck(tx, live.connection.id, checked))
  return checked
}

/** Takes our callbacks back as far as the PSA lets us, and forgets the credentials. What was mirrored stays. */
export async function disconnectPsa(actor: Actor): Promise<void> {
  if (!mayManage(actor)) throw new Fault('forbidden', 'Only staff who may change settings disconnect a PSA')
  const { tenantId } = actor
  const connection = await withTenant(tenantId, (tx) => loadConnection(tx, 'psa'))
  if (connection === undefined) return
  const { psa } = await withTenant(tenantId, (tx) => psaOf(tx, connection.id))
  await psa.webhooks?.unregister(callbackUrlOf(connection.id)).catch((fault: unknown) => {
    // With credentials that are no good any more nothing can be taken back; the callbacks will find nobody here.
    if (!(fault instanceof ConnectorFault)) throw fault
  })
  await withTenant(tenantId, async (tx) => {
    await disconnect(tx, connection.id)
    await audit(tx, actorName(actor), 'psa.disconnected', { kind: 'connection', id: connection.id })
  })
}

/** Queues a sync now, in full or of what changed. @returns the connection's id */
export async function resyncPsa(actor: Actor, { full }: { full: boolean }): Promise<string> {
  if (!mayManage(actor)) throw new Fault('forbidden', 'Only staff who may change settings start a sync')
  return withTenant(actor.tenantId, async (tx) => {
    const connection = await loadConnection(tx, 'psa')
    if (connection === undefined) throw new Fault('not-found', 'No PSA is connected')
    const key = `${connection.id}:by-hand:${now().toISOString()}`
    await announceMany(tx, [{ news: { kind: 'clock.sync', connectionId: connection.id, full }, key }])
    return connection.id
  })
}

/** Where the PSA calls us back. */
export function callbackUrlOf(connectionId: string): string {
  return `${env().PUBLIC_URL}/api/webhooks/psa/${connectionId}`
}

async function openAndCheck(
  connector: string,
  credentials: unknown,
): Promise<{ ok: true; psa: OpenPsa; checked: Checked } | Extract<PsaConnected, { ok: false }>> {
  try {
    const psa = psaById(connector).open(credentials)
    return { ok: true, psa, checked: await psa.check() }
  } catch (fault) {
    if (!(fault instanceof ConnectorFault)) throw fault
    const isOurs = fault.cure === 'reconnect' || fault.cure === 'skip' || fault.cure === 'stop'
    return { ok: false, because: isOurs ? 'credentials' : 'unreachable', reason: fault.message }
  }
}

/** Without callbacks everything still works, only later: a right that is missing is shown, not fatal. */
async function registerCallbacks(
  tenantId: string,
  connectionId: string,
  psa: OpenPsa,
  checked: Checked,
): Promise<void> {
  try {
    await psa.webhooks?.register(callbackUrlOf(connectionId))
  } catch (fault) {
    if (!(fault instanceof ConnectorFault)) throw fault
    const missing = [...new Set([...checked.missing, `Callbacks could not be registered: ${fault.message}`])]
    await withTenant(tenantId, async (tx) => {
      await getConnection(tx, connectionId)
      await saveCheck(tx, connectionId, { accountName: checked.accountName, missing })
    })
  }
}

async function waitingWriteBacks(tx: Tx) {
  const rows = await tx.rows<{ id: string }>(sql`
    select id from write_backs where tenant_id = ${tx.tenantId} and state in ('waiting', 'retrying', 'checking') order by id`)
  const at = now().toISOString()
  return rows.map(({ id }) => {
    return {
      news: { kind: 'write_back.due' as const, writeBackId: id, reason: 'reconnected' },
      key: `${id}:reconnected:${at}`,
    }
  })
}
