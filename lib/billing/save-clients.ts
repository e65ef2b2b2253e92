import 'server-only'
import { now } from '@/lib/base/clock'
import type { BulkTx } from '@/lib/base/db'
import { hashOf, newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import type { PulledClient } from '@/lib/connectors/contract'
import { sourceText } from '@/lib/connectors/source-text'
import type { Saved } from '@/lib/connectors/sync-run'
import { languageAt } from './client-language'
import { nameRefs } from './name-refs'
import { stage } from './stage'

const columns = {
  id: 'uuid',
  external_id: 'text',
  name: 'text',
  identifier: 'text',
  billing_email: 'text',
  phone: 'text',
  address: 'jsonb',
  terms_days: 'int',
  currency: 'char(3)',
  locale: 'text',
  gone: 'boolean',
  source_hash: 'text',
  source: 'jsonb',
}

/** Mirrors companies, each in the language that its address asks for. What has not changed is not written. */
export async function saveClients(tx: BulkTx, connectionId: string, clients: readonly PulledClient[]): Promise<Saved> {
  const rows = clients.map((client) => {
    const { externalId, name, identifier, phone, address, gone } = client
    const { billingEmail, billingContactId, termsDays, currency } = client
    const locale = languageAt(address)
    // Told with the others, so that clients mirrored before it was asked are written once more.
    const facts = {
      name,
      identifier,
      phone,
      address,
      gone,
      billingEmail,
      billingContactId,
      termsDays,
      currency,
      locale,
    }
    return [
      newId(),
      ...[externalId, name, identifier, billingEmail, phone, json(address), termsDays, currency, locale, gone],
      hashOf(json(facts)),
      sourceText(client),
    ]
  })
  await stage(tx, 'incoming_clients', columns, rows)
  await nameRefs(tx, connectionId, 'client', sql`incoming_clients`)
  const changed = await tx.run(sql`
    insert into clients (tenant_id, id, name, identifier, billing_email, phone, address, terms_days, currency, locale, gone_at, source_hash, source)
    select ${tx.tenantId}, r.local_id, s.name, s.identifier, s.billing_email, s.phone, s.address, s.terms_days,
      coalesce(s.currency, t.currency), coalesce(s.locale, t.locale), case when s.gone then ${now()}::timestamptz end, s.source_hash, s.source
    from incoming_clients s
    join tenants t on t.id = ${tx.tenantId}
    join external_refs r on r.tenant_id = ${tx.tenantId} and r.connection_id = ${connectionId} and r.kind = 'client' and r.external_id = s.external_id
    left join clients c on c.tenant_id = ${tx.tenantId} and c.id = r.local_id
    where c.source_hash is distinct from s.source_hash
    on conflict (tenant_id, id) do update set
      name = excluded.name, identifier = excluded.identifier, billing_email = excluded.billing_email, phone = excluded.phone,
      address = excluded.address, terms_days = excluded.terms_days, currency = excluded.currency, locale = excluded.locale,
      gone_at = case when excluded.gone_at is null then null else coalesce(clients.gone_at, excluded.gone_at) end,
      source_hash = excluded.source_hash, source = excluded.source`)
  return { changed, rejected: [] }
}
