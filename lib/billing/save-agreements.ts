import 'server-only'
import type { BulkTx } from '@/lib/base/db'
import { hashOf, newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import type { PulledAgreement, Rejected } from '@/lib/connectors/contract'
import { sourceText } from '@/lib/connectors/source-text'
import type { Saved } from '@/lib/connectors/sync-run'
import { localIds, nameRefs } from './name-refs'
import { stage } from './stage'

const columns = {
  id: 'uuid',
  external_id: 'text',
  client_id: 'uuid',
  name: 'text',
  status: 'text',
  starts_on: 'date',
  ends_on: 'date',
  source_hash: 'text',
  source: 'jsonb',
}
const additionColumns = {
  agreement: 'text',
  external_id: 'text',
  description: 'text',
  quantity: 'numeric(18,6)',
  unit_price_minor: 'bigint',
  effective_on: 'date',
  cancelled_on: 'date',
}

/** Mirrors agreements. The additions of one that changed are replaced whole. */
export async function saveAgreements(
  tx: BulkTx,
  connectionId: string,
  agreements: readonly PulledAgreement[],
): Promise<Saved> {
  const clients = await localIds(
    tx,
    connectionId,
    'client',
    agreements.map(({ clientExternalId }) => clientExternalId),
  )
  const rejected: Rejected[] = []
  const known = agreements.flatMap((agreement) => {
    const clientId = clients.get(agreement.clientExternalId)
    if (clientId !== undefined) return [{ agreement, clientId }]
    const reason = `Its company ${agreement.clientExternalId} is not among the clients`
    rejected.push({ externalId: agreement.externalId, reason, raw: agreement.source })
    return []
  })
  const rows = known.map(({ agreement, clientId }) => {
    const { externalId, clientExternalId, name, status, startsOn, endsOn, additions, source } = agreement
    const facts = { clientExternalId, name, status, startsOn, endsOn, additions }
    return [newId(), externalId, clientId, name, status, startsOn, endsOn, hashOf(json(facts)), sourceText(source)]
  })
  await stage(tx, 'incoming_agreements', columns, rows)
  await nameRefs(tx, connectionId, 'agreement', sql`incoming_agreements`)
  const changed = await tx.rows<{ externalId: string }>(sql`
    with changed as (
      insert into agreements (tenant_id, id, client_id, name, status, starts_on, ends_on, source_hash, source)
      select ${tx.tenantId}, r.local_id, s.client_id, s.name, s.status, s.starts_on, s.ends_on, s.source_hash, s.source
      from incoming_agreements s
      join external_refs r on r.tenant_id = ${tx.tenantId} and r.connection_id = ${connectionId} and r.kind = 'agreement' and r.external_id = s.external_id
      left join agreements a on a.tenant_id = ${tx.tenantId} and a.id = r.local_id
      where a.source_hash is distinct from s.source_hash
      on conflict (tenant_id, id) do update set
        client_id = excluded.client_id, name = excluded.name, status = excluded.status, starts_on = excluded.starts_on,
        ends_on = excluded.ends_on, gone_at = null, source_hash = excluded.source_hash, source = excluded.source
      returning id)
    select r.external_id from changed
    join external_refs r on r.tenant_id = ${tx.tenantId} and r.connection_id = ${connectionId} and r.kind = 'agreement' and r.local_id = changed.id`)
  const ids = new Set(changed.map(({ externalId }) => externalId))
  await replaceAdditions(
    tx,
    connectionId,
    known.map(({ agreement }) => agreement).filter(({ externalId }) => ids.has(externalId)),
  )
  return { changed: ids.size, rejected }
}

async function replaceAdditions(
  tx: BulkTx,
  connectionId: string,
  agreements: readonly PulledAgreement[],
): Promise<void> {
  if (agreements.length === 0) return
  const rows = agreements.flatMap(({ externalId: agreement, additions }) =>
    additions.map(({ externalId, description, quantity, unitPrice, effectiveOn, cancelledOn }) => {
      return [agreement, externalId, description, quantity, unitPrice.minor, effectiveOn, cancelledOn]
    }),
  )
  const ids = await localIds(
    tx,
    connectionId,
    'agreement',
    agreements.map(({ externalId }) => externalId),
  )
  await tx.run(sql`
    delete from agreement_additions where tenant_id = ${tx.tenantId} and agreement_id = any(${[...ids.values()]}::uuid[])`)
  await stage(tx, 'incoming_additions', additionColumns, rows)
  await tx.run(sql`
    insert into agreement_additions (tenant_id, agreement_id, external_id, description, quantity, unit_price_minor, effective_on, cancelled_on)
    select distinct on (r.local_id, s.external_id) ${tx.tenantId}, r.local_id, s.external_id, s.description, s.quantity,
      s.unit_price_minor, s.effective_on, s.cancelled_on
    from incoming_additions s
    join external_refs r on r.tenant_id = ${tx.tenantId} and r.connection_id = ${connectionId} and r.kind = 'agreement' and r.external_id = s.agreement`)
}
