import 'server-only'
import { type Tx, withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { loseContacts } from '@/lib/billing/lose-contacts'
import { markBillingContacts } from '@/lib/billing/save-contacts'
import { mapBounded } from '@/lib/connectors/map-bounded'
import type { OpenPsa } from './open-psa'
import { orPause } from './or-pause'
import { psaOf } from './registry'
import { distrust, doubtOf } from './sweep-deleted'

const CALLS_AT_ONCE = 4

/**
 * Notices people who were deleted in the PSA, which no list of changes tells: they get no more mail and lose their way in.
 * The list is believed no more than that of the invoices is.
 * @returns how many there were, or `doubtful` when the list is not believed
 */
export async function sweepContacts(
  tenantId: string,
  connectionId: string,
  psa: OpenPsa,
): Promise<number | 'doubtful'> {
  const known = await withTenant(tenantId, (tx) => knownContacts(tx, connectionId))
  const { ids, claimedCount } = await psa.listContactIds()
  const there = new Set(ids)
  const vanished = known.filter((externalId) => !there.has(externalId))
  const counts = { listed: there.size, claimed: claimedCount, known: known.length, vanished: vanished.length }
  const doubt = doubtOf(counts, 'contacts')
  if (doubt !== undefined) {
    await distrust(tenantId, connectionId, psa, {
      doubt: `${doubt} Nobody lost their way in.`,
      nextStep: 'Whoever should not enter any more can be taken out of the portal by an owner of their company.',
    })
    return 'doubtful'
  }
  const asked = await mapBounded(vanished, CALLS_AT_ONCE, async (externalId) => {
    return { externalId, isThere: await psa.hasContact(externalId) }
  })
  const gone = asked.filter(({ isThere }) => !isThere).map(({ externalId }) => externalId)
  return withTenant(tenantId, (tx) => lose(tx, connectionId, gone))
}

/** Something hinted that this person is no more. The hint is not believed: the PSA is asked. */
export async function dropContact(tenantId: string, connectionId: string, externalId: string): Promise<void> {
  const { connection, psa } = await withTenant(tenantId, (tx) => psaOf(tx, connectionId))
  if (connection.state !== 'connected') return
  await orPause(tenantId, connectionId, async () => {
    if (!(await psa.hasContact(externalId))) await withTenant(tenantId, (tx) => lose(tx, connectionId, [externalId]))
  })
}

async function lose(tx: Tx, connectionId: string, externalIds: readonly string[]): Promise<number> {
  const lost = await loseContacts(tx, connectionId, externalIds)
  // Somebody else gets the invoices now.
  if (lost > 0) await markBillingContacts(tx, connectionId)
  return lost
}

async function knownContacts(tx: Tx, connectionId: string): Promise<string[]> {
  const rows = await tx.rows<{ externalId: string }>(sql`
    select r.external_id from external_refs r
    join contacts p on p.tenant_id = ${tx.tenantId} and p.id = r.local_id
    where r.tenant_id = ${tx.tenantId} and r.connection_id = ${connectionId} and r.kind = 'contact' and p.gone_at is null`)
  return rows.map(({ externalId }) => externalId)
}
