import 'server-only'
import { type Tx, withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { localIds } from '@/lib/billing/name-refs'
import { saveAgreements } from '@/lib/billing/save-agreements'
import { saveClients } from '@/lib/billing/save-clients'
import { markBillingContacts, saveContacts } from '@/lib/billing/save-contacts'
import { saveInvoices } from '@/lib/billing/save-invoices'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import { withLease } from '@/lib/connectors/lease'
import { mapBounded } from '@/lib/connectors/map-bounded'
import { openRejected, runStream, type Saved, type StreamReport } from '@/lib/connectors/sync-run'
import { raise, settle } from '@/lib/events/exception'
import type { OpenPsa } from './open-psa'
import { orPause } from './or-pause'
import { psaOf } from './registry'
import { sweepContacts } from './sweep-contacts'
import { sweepDeleted, voidGone } from './sweep-deleted'
import { syncInvoice } from './sync-one'

export type SyncReport = Record<'clients' | 'contacts' | 'agreements' | 'invoices', StreamReport> & {
  /** Invoices that were asked for one by one: open balances that moved, rows that could not be read before. */
  askedAgain: number
  voided: number
}

const CALLS_AT_ONCE = 6
const REJECTED_TRIES_MAX = 50

/**
 * Reads from the PSA what changed, or with `full` everything, and then what no change tells: balances that moved without
 * the invoice being touched, and (with `full`) people and invoices that are no more.
 * @returns `paused` when the credentials are no good: staff were told, and nothing goes on before they connect again
 * @throws ConnectorFault retry (with `retryAfterMs` if the PSA asked for it), stop; where it stood is remembered
 */
export async function syncPsa(
  tenantId: string,
  connectionId: string,
  { full }: { full: boolean },
): Promise<SyncReport | 'paused'> {
  const { connection, psa } = await withTenant(tenantId, (tx) => psaOf(tx, connectionId))
  if (connection.state !== 'connected') return 'paused'
  // Two runs at once would do the same work twice, and each tell the other's cursor where it stands.
  const done = await withLease(tenantId, `sync ${connectionId}`, () =>
    orPause(tenantId, connectionId, () => readAll(tenantId, connectionId, psa, full)),
  )
  if (done !== 'busy') return done
  throw new ConnectorFault('retry', 'Another sync of this connection is under way', { retryAfterMs: 10_000 })
}

async function readAll(tenantId: string, connectionId: string, psa: OpenPsa, full: boolean): Promise<SyncReport> {
  const streams = await readStreams(tenantId, connectionId, psa, full)
  const doubtful = await withTenant(tenantId, (tx) => rejectedInvoices(tx, connectionId))
  const moved = await movedBalances(tenantId, connectionId, psa)
  const again = [...new Set([...doubtful, ...moved])]
  const found = await mapBounded(again, CALLS_AT_ONCE, (externalId) =>
    syncInvoice(tenantId, connectionId, externalId, { voids: false }),
  )
  const gone = again.filter((_, at) => found[at] === 'gone')
  const lost = full ? await sweepContacts(tenantId, connectionId, psa) : 0
  const voided = full
    ? await sweepDeleted(tenantId, connectionId, psa, { settles: lost !== 'doubtful' })
    : await voidGone(tenantId, connectionId, psa, gone)
  await withTenant(tenantId, (tx) => tellRejected(tx, connectionId, psa.name))
  return { ...streams, askedAgain: again.length, voided }
}

async function readStreams(tenantId: string, connectionId: string, psa: OpenPsa, full: boolean) {
  const shared = { tenantId, connectionId, full }
  const idOf = ({ externalId }: { externalId: string }) => externalId
  const clients = await runStream({
    ...shared,
    stream: 'clients',
    pull: psa.pullClients,
    idOf,
    save: (tx, items) => saveClients(tx, connectionId, items),
  })
  const contacts = await runStream({
    ...shared,
    stream: 'contacts',
    pull: psa.pullContacts,
    idOf,
    save: (tx, items) => saveContacts(tx, connectionId, items),
  })
  // The company may name another contact while no contact changed.
  if (clients.changed + contacts.changed > 0) await withTenant(tenantId, (tx) => markBillingContacts(tx, connectionId))
  const agreements = await runStream({
    ...shared,
    stream: 'agreements',
    pull: psa.pullAgreements,
    idOf,
    save: (tx, items) => saveAgreements(tx, connectionId, items),
  })
  const invoices = await runStream({
    ...shared,
    stream: 'invoices',
    pull: psa.pullInvoices,
    idOf,
    save: (tx, items, readAt): Promise<Saved> => saveInvoices(tx, connectionId, items, readAt),
  })
  return { clients, contacts, agreements, invoices }
}

/** Invoices that were rejected: their company may be there by now, or somebody mended them without touching them. */
async function rejectedInvoices(tx: Tx, connectionId: string): Promise<string[]> {
  const rows = await openRejected(tx, connectionId, 'invoices')
  return rows
    .map(({ externalId }) => externalId)
    .filter((id) => /^\d+$/.test(id))
    .slice(0, REJECTED_TRIES_MAX)
}

/** Invoices whose open balance is another in the PSA than when we last read them. */
async function movedBalances(tenantId: string, connectionId: string, psa: OpenPsa): Promise<string[]> {
  if (psa.listOpenBalances === undefined) return []
  const there = await psa.listOpenBalances()
  return withTenant(tenantId, async (tx) => {
    const ours = await tx.rows<{ externalId: string; psaBalanceMinor: bigint }>(sql`
      select r.external_id, i.psa_balance_minor from invoices i
      join external_refs r on r.tenant_id = ${tx.tenantId} and r.connection_id = ${connectionId} and r.kind = 'invoice' and r.local_id = i.id
      where i.tenant_id = ${tx.tenantId} and i.psa_balance_minor <> 0 and i.state = 'open'`)
    const openHere = new Map(ours.map(({ externalId, psaBalanceMinor }) => [externalId, psaBalanceMinor]))
    const openThere = new Map(there.map(({ externalId, balance }) => [externalId, balance.minor]))
    const differing = [
      ...there.filter(({ externalId, balance }) => openHere.get(externalId) !== balance.minor),
      ...ours.filter(({ externalId }) => !openThere.has(externalId)),
    ].map(({ externalId }) => externalId)
    // One we have never seen and that is not new there was rejected; those are asked for on their own account.
    const known = await localIds(tx, connectionId, 'invoice', differing)
    return differing.filter((externalId) => known.has(externalId))
  })
}

async function tellRejected(tx: Tx, connectionId: string, psaName: string): Promise<void> {
  const rows = await openRejected(tx, connectionId)
  const [first] = rows
  if (first === undefined) return settle(tx, 'rows-rejected', connectionId)
  const count = rows.length === 1 ? 'One row' : `${rows.length} rows`
  await raise(tx, {
    cause: 'rows-rejected',
    subject: { kind: 'connection', id: connectionId },
    detail: `${count} from ${psaName} could not be read. The latest: ${first.stream} ${first.externalId}: ${first.reason}`,
    nextStep: `Correct them in ${psaName}; they are read again by themselves.`,
  })
}
