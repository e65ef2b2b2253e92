import 'server-only'
import { now, type PlainDate, todayIn } from '@/lib/base/clock'
import type { BulkTx, Tx } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import type { PulledInvoice, Rejected } from '@/lib/connectors/contract'
import type { Saved } from '@/lib/connectors/sync-run'
import { announceMany } from '@/lib/events/announce-many'
import type { News } from '@/lib/events/news'
import { record } from '@/lib/ledger/record'
import { getTenant } from '@/lib/tenancy/queries'
import { type Hashed, hashed, invoiceCells, invoiceColumns, lineCells, lineColumns, type Placed } from './invoice-rows'
import { type Locked, lockInvoices } from './mirrored-invoices'
import { localIds, nameRefs } from './name-refs'
import { raiseExcess, raiseLost } from './raise-findings'
import { saveRecorded } from './save-recorded'
import { type Settlement, settleInvoice } from './settle-invoice'
import { stage } from './stage'
import { withdrawCredit } from './withdraw-credit'

/**
 * Brings our mirror in line with what the PSA said: the one funnel for invoices, whether a page of a sync or one that
 * was asked for. New content is a new version, and every change of money a journal entry. What has not changed is not
 * written. Everything is set-based: the number of statements does not depend on the number of invoices.
 * @param readAt when the snapshot was asked for; what we have learned since outranks it
 */
export async function saveInvoices(
  tx: BulkTx,
  connectionId: string,
  invoices: readonly PulledInvoice[],
  readAt: Date,
): Promise<Saved> {
  const rejected: Rejected[] = []
  const { differing, names } = await findDiffering(tx, connectionId, invoices.map(hashed))
  if (differing.length === 0) return { changed: 0, rejected }
  const known = await lockInvoices(tx, connectionId, [...names.known.values()], readAt)
  const placed = await place(tx, connectionId, differing, names, known, readAt, rejected)
  const credits = await creditIds(tx, connectionId, placed)
  const at = now()
  const today = todayIn((await getTenant(tx)).timeZone, at)
  const settled = placed.map((one) => settle(one, known.get(one.id), credits, at, today))
  await write(tx, connectionId, placed, settled)
  await tell(tx, placed, settled, known)
  await withdrawCredit(
    tx,
    placed.flatMap(({ id, clientId }) => [clientId, known.get(id)?.clientId ?? clientId]),
  )
  await faultPoint('invoices.saved')
  return { changed: placed.length, rejected }
}

type Names = {
  /** Invoices we have. */ known: Map<string, string> /** Names given ahead, to credit memos. */
  reserved: Map<string, string>
}

async function findDiffering(
  tx: Tx,
  connectionId: string,
  all: readonly Hashed[],
): Promise<{ differing: Hashed[]; names: Names }> {
  // Two look-ups by key rather than a join: on tables the planner knows nothing of yet, a join may be read row by row.
  const externalIds = all.map(({ invoice }) => invoice.externalId)
  const localIdOf = await localIds(tx, connectionId, 'invoice', externalIds)
  const kept = await tx.rows<{ id: string; sourceHash: string }>(sql`
    select id, source_hash from invoices where tenant_id = ${tx.tenantId} and id = any(${[...localIdOf.values()]}::uuid[])`)
  const hashOfOurs = new Map(kept.map(({ id, sourceHash }) => [id, sourceHash]))
  const names: Names = { known: new Map(), reserved: new Map() }
  const differing = all.filter(({ invoice: { externalId }, sourceHash }) => {
    const id = localIdOf.get(externalId)
    if (id === undefined) return true
    const ours = hashOfOurs.get(id)
    if (ours === sourceHash) return false
    ;(ours === undefined ? names.reserved : names.known).set(externalId, id)
    return true
  })
  return { differing, names }
}

/** Finds each invoice its client and version; what cannot be placed is rejected with the reason. */
async function place(
  tx: Tx,
  connectionId: string,
  differing: readonly Hashed[],
  names: Names,
  known: ReadonlyMap<string, Locked>,
  readAt: Date,
  rejected: Rejected[],
): Promise<Placed[]> {
  const clients = await localIds(
    tx,
    connectionId,
    'client',
    differing.map(({ invoice }) => invoice.clientExternalId),
  )
  const agreements = await localIds(
    tx,
    connectionId,
    'agreement',
    differing.flatMap(({ invoice }) => invoice.agreementExternalId ?? []),
  )
  return differing.flatMap((one): Placed[] => {
    const { invoice, contentHash } = one
    const { externalId, clientExternalId, agreementExternalId, kind, total, source } = invoice
    const clientId = clients.get(clientExternalId)
    const mirrored = known.get(names.known.get(externalId) ?? '')
    const refuse = (reason: string): Placed[] => {
      rejected.push({ externalId, reason, raw: source })
      return []
    }
    if (clientId === undefined) return refuse(`Its company ${clientExternalId} is not among the clients`)
    const agreementId = agreements.get(agreementExternalId ?? '')
    const where = { clientId, agreementId }
    if (mirrored === undefined) {
      const id = names.reserved.get(externalId) ?? newId()
      return [{ ...one, ...where, id, isNew: true, version: 1, isNewVersion: true }]
    }
    if (mirrored.kind !== kind) return refuse(`It was ${words[mirrored.kind]} and is now ${words[kind]}`)
    if (mirrored.currency !== total.currency)
      return refuse(`It was in ${mirrored.currency} and is now in ${total.currency}`)
    const isNewVersion = mirrored.contentHash !== contentHash || mirrored.state === 'void'
    // A version written after this snapshot was asked for is newer than it.
    if (isNewVersion && mirrored.seenAt >= readAt) return []
    const version = mirrored.version + (isNewVersion ? 1 : 0)
    return [{ ...one, ...where, id: mirrored.id, isNew: false, version, isNewVersion }]
  })
}

const words = { invoice: 'an invoice', credit_memo: 'a credit memo' }

/** Our ids of the credit memos that were applied. One that has not come yet gets its name ahead. */
async function creditIds(tx: Tx, connectionId: string, placed: readonly Placed[]): Promise<Map<string, string>> {
  const wanted = placed.flatMap(({ invoice }) =>
    invoice.payments.flatMap(({ creditExternalId }) => creditExternalId ?? []),
  )
  const ids = new Map(placed.map(({ invoice, id }) => [invoice.externalId, id]))
  const unknown = [...new Set(wanted.filter((externalId) => !ids.has(externalId)))]
  if (unknown.length === 0) return ids
  await tx.run(sql`
    insert into external_refs (tenant_id, connection_id, kind, external_id, local_id)
    select ${tx.tenantId}, ${connectionId}, 'invoice', external_id, uuid_v7() from unnest(${unknown}::text[]) as wanted (external_id)
    on conflict do nothing`)
  for (const [externalId, id] of await localIds(tx, connectionId, 'invoice', unknown)) ids.set(externalId, id)
  return ids
}

function settle(
  { id, version, clientId, invoice }: Placed,
  mirrored: Locked | undefined,
  credits: ReadonlyMap<string, string>,
  at: Date,
  today: PlainDate,
): Settlement {
  const { kind, total, issuedOn } = invoice
  const payments = invoice.payments.map(({ externalId, amount, paidOn, creditExternalId }) => {
    const creditInvoiceId = credits.get(creditExternalId ?? '')
    return { externalId, amount, paidOn, ...(creditInvoiceId === undefined ? {} : { creditInvoiceId }) }
  })
  const { currency, minor: totalMinor } = total
  const unfinished = mirrored?.unfinished ?? []
  const snapshot = { id, version, clientId, kind, currency, issuedOn, totalMinor, payments, unfinished }
  return settleInvoice(mirrored, snapshot, at, today)
}

async function write(
  tx: BulkTx,
  connectionId: string,
  placed: readonly Placed[],
  settled: readonly Settlement[],
): Promise<void> {
  const cells = settled.map((settlement, at) => {
    const one = placed[at] as Placed
    // Without a hash it differs from whatever comes next, and is looked at again.
    return invoiceCells(settlement.isHeld ? { ...one, sourceHash: '' } : one, settlement)
  })
  await stage(tx, 'incoming_invoices', invoiceColumns, cells)
  await stage(tx, 'incoming_lines', lineColumns, placed.filter(({ isNewVersion }) => isNewVersion).flatMap(lineCells))
  await nameRefs(tx, connectionId, 'invoice', sql`incoming_invoices`)
  await refuseTwins(tx, connectionId, placed)
  await record(
    tx,
    settled.flatMap(({ before }) => before),
  )
  await tx.run(sql`
    insert into invoices (tenant_id, id, client_id, agreement_id, kind, number, state, psa_type, psa_status, issued_on, due_on, currency, tax_minor, total_minor, psa_balance_minor, settled_minor, settled_at, version, source_hash, created_at)
    select ${tx.tenantId}, id, client_id, agreement_id, kind, number, 'open', psa_type, psa_status, issued_on, due_on, currency, tax_minor, total_minor, psa_balance_minor, settled_minor, settled_at, version, source_hash, ${now()}
    from incoming_invoices where is_new order by id`)
  const known = placed.filter(({ isNew }) => !isNew).map(({ id }) => id)
  if (known.length > 0)
    await tx.run(sql`
    update invoices i
    set client_id = s.client_id, agreement_id = s.agreement_id, number = s.number, state = 'open', voided_at = null,
      psa_type = s.psa_type, psa_status = s.psa_status, issued_on = s.issued_on, due_on = s.due_on, tax_minor = s.tax_minor,
      total_minor = s.total_minor, psa_balance_minor = s.psa_balance_minor, version = s.version, source_hash = s.source_hash,
      settled_at = case when i.settled_minor < s.total_minor then null else coalesce(i.settled_at, ${now()}) end
    from incoming_invoices s where not s.is_new and i.tenant_id = ${tx.tenantId} and i.id = s.id and i.id = any(${known}::uuid[])`)
  await tx.run(sql`
    insert into invoice_versions (tenant_id, invoice_id, version, total_minor, source_hash, source, seen_at)
    select ${tx.tenantId}, id, version, total_minor, content_hash, source, ${now()} from incoming_invoices where is_new_version order by id`)
  await tx.run(sql`
    insert into invoice_lines (tenant_id, invoice_id, version, position, kind, heading, description, quantity, unit_price_minor, amount_minor, taxable)
    select ${tx.tenantId}, invoice_id, version, position, kind, heading, description, quantity, unit_price_minor, amount_minor, taxable
    from incoming_lines order by invoice_id, version, position`)
  await record(
    tx,
    settled.flatMap(({ after }) => after),
  )
  await saveRecorded(tx, connectionId, settled)
}

/** Two runs met at the same new invoice and the other was first: this one gives way and reads it again. */
async function refuseTwins(tx: Tx, connectionId: string, placed: readonly Placed[]): Promise<void> {
  const externalIds = placed.map(({ invoice }) => invoice.externalId)
  const named = await localIds(tx, connectionId, 'invoice', externalIds)
  if (placed.some(({ invoice, id }) => named.get(invoice.externalId) !== id))
    throw new ConnectorFault('retry', 'Another run was saving the same invoice')
}

async function tell(
  tx: Tx,
  placed: readonly Placed[],
  settled: readonly Settlement[],
  known: ReadonlyMap<string, Locked>,
): Promise<void> {
  await announceMany(
    tx,
    placed.flatMap(({ id, isNew, isNewVersion, version, invoice, sourceHash }): { news: News; key: string }[] => {
      // Nobody acts on an invoice that came to us already paid.
      if (isNew && invoice.kind === 'invoice' && invoice.balance.minor > 0n)
        return [{ news: { kind: 'invoice.appeared', invoiceId: id }, key: id }]
      const changed: { news: News; key: string }[] =
        isNew || !isNewVersion
          ? []
          : [{ news: { kind: 'invoice.changed', invoiceId: id, version }, key: `${id}:${version}` }]
      const before = known.get(id)
      const wasOpen = before?.state === 'open' && before.settledMinor < before.totalMinor
      const isSettled = invoice.kind === 'invoice' && invoice.balance.minor <= 0n && wasOpen
      return isSettled
        ? [...changed, { news: { kind: 'invoice.settled', invoiceId: id }, key: `${id}:${sourceHash}` }]
        : changed
    }),
  )
  await raiseLost(
    tx,
    settled.flatMap(({ lost }) => lost),
  )
  for (const [at, one] of placed.entries()) {
    const excess = settled[at]?.excessMinor ?? 0n
    if (excess > 0n && known.has(one.id)) await raiseExcess(tx, one, excess)
  }
}
