import 'server-only'
import { now } from '@/lib/base/clock'
import type { BulkTx, Tx } from '@/lib/base/db'
import { hashOf, newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import type { PulledContact, Rejected } from '@/lib/connectors/contract'
import { sourceText } from '@/lib/connectors/source-text'
import type { Saved } from '@/lib/connectors/sync-run'
import { localIds, nameRefs } from './name-refs'
import { stage } from './stage'

const columns = {
  id: 'uuid',
  external_id: 'text',
  client_id: 'uuid',
  name: 'text',
  email: 'text',
  title: 'text',
  gone: 'boolean',
  source_hash: 'text',
  source: 'jsonb',
}

/**
 * Mirrors people. Who of them gets the invoices is decided afterwards, see `markBillingContacts`. Whoever was erased at
 * their own wish stays so, whatever the PSA still says of them.
 */
export async function saveContacts(
  tx: BulkTx,
  connectionId: string,
  contacts: readonly PulledContact[],
): Promise<Saved> {
  const clients = await localIds(
    tx,
    connectionId,
    'client',
    contacts.map(({ clientExternalId }) => clientExternalId),
  )
  const rejected: Rejected[] = []
  const rows = contacts.flatMap((contact) => {
    const { externalId, clientExternalId, name, email, title, isBilling, isDefault, gone, source } = contact
    const clientId = clients.get(clientExternalId)
    if (clientId === undefined) {
      rejected.push({ externalId, reason: `Its company ${clientExternalId} is not among the clients`, raw: source })
      return []
    }
    const facts = { clientExternalId, name, email, title, isBilling, isDefault, gone }
    return [
      [
        newId(),
        externalId,
        clientId,
        name,
        email?.toLowerCase(),
        title,
        gone,
        hashOf(json(facts)),
        sourceText(contact),
      ],
    ]
  })
  await stage(tx, 'incoming_contacts', columns, rows)
  await nameRefs(tx, connectionId, 'contact', sql`incoming_contacts`)
  const changed = await tx.run(sql`
    insert into contacts (tenant_id, id, client_id, name, email, title, is_billing, gone_at, source_hash, source)
    select ${tx.tenantId}, r.local_id, s.client_id, s.name, s.email, s.title, false,
      case when s.gone then ${now()}::timestamptz end, s.source_hash, s.source
    from incoming_contacts s
    join external_refs r on r.tenant_id = ${tx.tenantId} and r.connection_id = ${connectionId} and r.kind = 'contact' and r.external_id = s.external_id
    left join contacts c on c.tenant_id = ${tx.tenantId} and c.id = r.local_id
    where c.source_hash is distinct from s.source_hash and c.erased_at is null
    on conflict (tenant_id, id) do update set
      client_id = excluded.client_id, name = excluded.name, email = excluded.email, title = excluded.title,
      gone_at = case when excluded.gone_at is null then null else coalesce(contacts.gone_at, excluded.gone_at) end,
      source_hash = excluded.source_hash, source = excluded.source
    where contacts.erased_at is null`)
  return { changed, rejected }
}

/**
 * Decides who gets each client's invoices: the contact the company names, else the one marked for billing, else nobody
 * when the company gives a mere address, else its first contact. A person who becomes the billing contact may pay; a role
 * that a person gave is left alone.
 * @returns how many contacts changed
 */
export async function markBillingContacts(tx: Tx, connectionId: string): Promise<number> {
  return tx.run(sql`
    with candidates as (
      select c.id, c.client_id,
        case
          when r.external_id = k.source->>'billingContactId' then 1
          when (c.source->>'isBilling')::boolean then 2
          when k.billing_email is null and (c.source->>'isDefault')::boolean then 3
        end as place
      from contacts c
      join clients k on k.tenant_id = ${tx.tenantId} and k.id = c.client_id
      join external_refs r on r.tenant_id = ${tx.tenantId} and r.connection_id = ${connectionId} and r.kind = 'contact' and r.local_id = c.id
      where c.tenant_id = ${tx.tenantId} and c.gone_at is null and c.email is not null),
    chosen as (
      select distinct on (client_id) id from candidates where place is not null order by client_id, place, id)
    update contacts c
    set is_billing = (h.id is not null), role = case when h.id is not null and c.role = 'viewer' and c.role_set_at is null then 'owner' else c.role end
    from contacts o left join chosen h on h.id = o.id
    where c.tenant_id = ${tx.tenantId} and o.tenant_id = ${tx.tenantId} and o.id = c.id and c.is_billing <> (h.id is not null)`)
}
