import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { faultPoint } from '@/lib/base/fault-point'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { announceMany } from '@/lib/events/announce-many'
import { type Draft, isAddress } from './message'

/**
 * Stores many mails in one statement and announces those that are new in another. Each is unique by its key, as with
 * `queueMessage`. Whoever queues the same ones at the same time gives them in the same order, so that neither waits for
 * what the other holds.
 * @throws Fault invalid when a recipient is not one plain address
 */
export async function queueMessages(tx: Tx, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return
  if (!drafts.every(({ to }) => isAddress(to))) throw new Fault('invalid', 'Not a mail address')
  const all = <Value>(value: (draft: Draft) => Value) => drafts.map(value)
  const kept = await tx.rows<{ id: string }>(sql`
    insert into messages (tenant_id, id, key, kind, to_email, locale, client_id, invoice_id, attempt_id,
      subject, text, html, state, created_at)
    select ${tx.tenantId}, d.id, d.key, d.kind, d.to_email, d.locale, d.client_id, d.invoice_id, d.attempt_id,
      d.subject, d.text, d.html, 'waiting', ${now()}
    from unnest(${all(newId)}::uuid[], ${all(({ key }) => key)}::text[], ${all(({ kind }) => kind)}::text[],
      ${all(({ to }) => to)}::text[], ${all(({ locale }) => locale)}::text[], ${all(({ clientId }) => clientId)}::uuid[],
      ${all(({ invoiceId }) => invoiceId)}::uuid[], ${all(({ attemptId }) => attemptId)}::uuid[],
      ${all(({ subject }) => subject)}::text[], ${all(({ text }) => text)}::text[], ${all(({ html }) => html)}::text[])
      with ordinality as d (id, key, kind, to_email, locale, client_id, invoice_id, attempt_id, subject, text, html, place)
    order by d.place
    on conflict (tenant_id, key) do nothing
    returning id`)
  await faultPoint('mail.queued')
  await announceMany(
    tx,
    kept.map(({ id }) => ({ news: { kind: 'mail.due', messageId: id }, key: id })),
  )
}
