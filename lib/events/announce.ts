import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { newId } from '@/lib/base/ids'
import { json, kept } from '@/lib/base/sql'
import type { News } from './news'

/**
 * Says that something happened, in the transaction where it did: the row and the job that works it commit together or
 * not at all. `key` makes it unique: said twice, worked once.
 * @param options.after not to be worked before this time
 */
export async function announce(tx: Tx, news: News, key: string, options: { after?: Date } = {}): Promise<void> {
  const { kind, ...payload } = news
  await keep(tx, { source: 'closeloop', externalId: `${kind}:${key}`, kind, payload, ...options })
}

/** Stores something that arrived from outside, unique by source and the sender's id. Answers false when it was known. */
export async function receive(tx: Tx, source: string, externalId: string, news: News): Promise<boolean> {
  const { kind, ...payload } = news
  return keep(tx, { source, externalId, kind, payload })
}

async function keep(
  tx: Tx,
  event: { source: string; externalId: string; kind: string; payload: object; after?: Date },
): Promise<boolean> {
  const id = newId()
  // The queue's clock is the machine's, whatever the simulated world's says.
  const runAt = event.after === undefined ? null : new Date(Date.now() + event.after.getTime() - now().getTime())
  // The id is new, so no job can have its key yet: the mode that looks for none is as safe, and half the work.
  const count = await tx.run(kept`
    with kept as (
      insert into events (tenant_id, id, source, external_id, kind, payload, received_at)
      values (${tx.tenantId}, ${id}, ${event.source}, ${event.externalId}, ${event.kind}, ${json(event.payload)}, ${now()})
      on conflict (tenant_id, source, external_id) do nothing
      returning id)
    select enqueue('work', ${json({ tenantId: tx.tenantId, eventId: id })}::json, ${`event:${id}`}, ${runAt}, null, null, 'unsafe_dedupe')
    from kept`)
  await faultPoint('event.kept')
  return count > 0
}
