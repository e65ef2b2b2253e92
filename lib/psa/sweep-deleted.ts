import 'server-only'
import { type Tx, withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { voidInvoices } from '@/lib/billing/void-invoices'
import { mapBounded } from '@/lib/connectors/map-bounded'
import { raise, settle } from '@/lib/events/exception'
import type { OpenPsa } from './open-psa'

/**
 * More than this share of what we know missing at once is a fault of the list until a person says otherwise. With a client
 * go all its people, and its invoices stay.
 */
const VANISHED_SHARE_MAX = { invoices: 0.05, contacts: 0.25 }
const VANISHED_FEW = 3
const CALLS_AT_ONCE = 4

/**
 * Notices invoices that were deleted, which no list of changes tells. A list is not believed by itself: it must be as
 * long as the PSA says it is, must not miss too many at once, and each one missing is asked for again before it is voided.
 * @param options.settles false while another list of the same run is in doubt: that stays before staff
 * @returns how many were voided
 */
export async function sweepDeleted(
  tenantId: string,
  connectionId: string,
  psa: OpenPsa,
  { settles = true }: { settles?: boolean } = {},
): Promise<number> {
  const before = await withTenant(tenantId, (tx) => knownInvoices(tx, connectionId))
  const { ids, claimedCount } = await psa.listInvoiceIds()
  const there = new Set(ids)
  const vanished = before.filter((externalId) => !there.has(externalId))
  const doubt = doubtOf({ listed: there.size, claimed: claimedCount, known: before.length, vanished: vanished.length })
  if (doubt !== undefined) return distrust(tenantId, connectionId, psa, nothingVoided(doubt))
  const asked = await mapBounded(vanished, CALLS_AT_ONCE, async (externalId) => {
    return { externalId, isGone: (await psa.fetchInvoice(externalId)) === 'gone' }
  })
  const gone = asked.filter(({ isGone }) => isGone).map(({ externalId }) => externalId)
  return withTenant(tenantId, async (tx) => {
    if (settles) await settle(tx, 'sync-suspicious', connectionId)
    return voidInvoices(tx, connectionId, gone)
  })
}

/** Voids invoices that were asked for and are gone, unless they are suspiciously many. @returns how many were voided */
export async function voidGone(
  tenantId: string,
  connectionId: string,
  psa: OpenPsa,
  gone: readonly string[],
): Promise<number> {
  if (gone.length === 0) return 0
  const known = await withTenant(tenantId, (tx) => knownInvoices(tx, connectionId))
  const doubt = doubtOf({ listed: 0, claimed: 0, known: known.length, vanished: gone.length })
  if (doubt !== undefined) return distrust(tenantId, connectionId, psa, nothingVoided(doubt))
  return withTenant(tenantId, (tx) => voidInvoices(tx, connectionId, gone))
}

function nothingVoided(doubt: string) {
  return {
    doubt: `${doubt} Nothing was voided.`,
    nextStep: 'If an invoice is gone, read it again from its page here; if none is, nothing needs to be done.',
  }
}

/** Puts it before staff that a list of the PSA is not believed. */
export async function distrust(
  tenantId: string,
  connectionId: string,
  psa: OpenPsa,
  { doubt, nextStep }: { doubt: string; nextStep: string },
): Promise<0> {
  await withTenant(tenantId, (tx) =>
    raise(tx, {
      cause: 'sync-suspicious',
      subject: { kind: 'connection', id: connectionId },
      detail: `${psa.name} ${doubt}`,
      nextStep: `Look in ${psa.name} whether they are gone, and whether the API member may still see all of them. ${nextStep}`,
    }),
  )
  return 0
}

/** Why a list of the PSA should not be believed, in words; undefined when it may. */
export function doubtOf(
  counts: { listed: number; claimed: number; known: number; vanished: number },
  what: 'invoices' | 'contacts' = 'invoices',
): string | undefined {
  const { listed, claimed, known, vanished } = counts
  // Some may come or go between the two questions, but not many.
  if (Math.abs(listed - claimed) > Math.max(VANISHED_FEW, claimed * 0.01))
    return `lists ${listed} ${what} but counts ${claimed}.`
  if (vanished > Math.max(VANISHED_FEW, known * VANISHED_SHARE_MAX[what]))
    return `no longer lists ${vanished} of the ${known} ${what} we know.`
  return undefined
}

async function knownInvoices(tx: Tx, connectionId: string): Promise<string[]> {
  const rows = await tx.rows<{ externalId: string }>(sql`
    select r.external_id from external_refs r
    join invoices i on i.tenant_id = ${tx.tenantId} and i.id = r.local_id
    where r.tenant_id = ${tx.tenantId} and r.connection_id = ${connectionId} and r.kind = 'invoice' and i.state = 'open'`)
  return rows.map(({ externalId }) => externalId)
}
