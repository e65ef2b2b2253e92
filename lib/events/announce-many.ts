import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import type { News } from './news'

/** Announces many things in one statement. Each is unique by its key, as with `announce`. */
export async function announceMany(tx: Tx, announced: readonly { news: News; key: string }[]): Promise<void> {
  if (announced.length === 0) return
  const rows = announced.map(({ news: { kind, ...payload }, key }) => {
    return { id: newId(), kind, externalId: `${kind}:${key}`, payload: json(payload) }
  })
  await tx.run(sql`
    with kept as (
      insert into events (tenant_id, id, source, external_id, kind, payload, received_at)
      select ${tx.tenantId}, id, 'closeloop', external_id, kind, payload, ${now()}
      from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ externalId }) => externalId)}::text[],
        ${rows.map(({ kind }) => kind)}::text[], ${rows.map(({ payload }) => payload)}::jsonb[]) as said (id, external_id, kind, payload)
      on conflict (tenant_id, source, external_id) do nothing
      returning id)
    select enqueue_all('work', array_agg(json_build_object('tenantId', ${tx.tenantId}::text, 'eventId', id) order by id), array_agg('event:' || id order by id))
    from kept having count(*) > 0`)
}
