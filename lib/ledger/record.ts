import 'server-only'
import type { Tx } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import type { Entry } from './entry'

/**
 * Writes entries to the journal in two statements, however many they are. An entry whose cause is already there is left
 * out, so reporting the same news twice records it once. Movements of zero are dropped.
 * @returns the causes that were new, as `kind id`
 */
export async function record(tx: Tx, entries: readonly Entry[]): Promise<Set<string>> {
  const worth = entries
    .map((entry) => ({ ...entry, id: newId(), movements: entry.movements.filter(({ amount }) => amount.minor !== 0n) }))
    .filter(({ movements }) => movements.length > 0)
  if (worth.length === 0) return new Set()
  const written = await tx.rows<{ id: string; causeKind: string; causeId: string }>(sql`
    insert into journal_entries (tenant_id, id, cause_kind, cause_id, happened_at, booked_on, note)
    select ${tx.tenantId}, * from unnest(
      ${worth.map(({ id }) => id)}::uuid[], ${worth.map(({ cause }) => cause.kind)}::text[], ${worth.map(({ cause }) => cause.id)}::text[],
      ${worth.map(({ happenedAt }) => happenedAt.toISOString())}::timestamptz[], ${worth.map(({ bookedOn }) => bookedOn)}::date[],
      ${worth.map(({ note }) => note ?? '')}::text[])
    on conflict (tenant_id, cause_kind, cause_id) do nothing
    returning id, cause_kind, cause_id`)
  if (written.length === 0) return new Set()
  const fresh = new Set(written.map(({ id }) => id))
  const lines = worth
    .filter(({ id }) => fresh.has(id))
    .flatMap(({ id, movements }) => movements.map((movement, position) => ({ id, position, ...movement })))
  await tx.run(sql`
    insert into journal_lines (tenant_id, entry_id, position, debit, credit, amount_minor, currency, client_id, invoice_id, attempt_id, payout_id)
    select ${tx.tenantId}, * from unnest(
      ${lines.map(({ id }) => id)}::uuid[], ${lines.map(({ position }) => position)}::smallint[],
      ${lines.map(({ debit }) => debit)}::text[], ${lines.map(({ credit }) => credit)}::text[],
      ${lines.map(({ amount }) => amount.minor)}::bigint[], ${lines.map(({ amount }) => amount.currency)}::text[],
      ${lines.map(({ clientId }) => clientId ?? null)}::uuid[], ${lines.map(({ invoiceId }) => invoiceId ?? null)}::uuid[],
      ${lines.map(({ attemptId }) => attemptId ?? null)}::uuid[], ${lines.map(({ payoutId }) => payoutId ?? null)}::uuid[])`)
  return new Set(written.map(({ causeKind, causeId }) => `${causeKind} ${causeId}`))
}
