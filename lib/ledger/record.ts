import 'server-only'
import type { Tx } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { kept, sql } from '@/lib/base/sql'
import type { Entry } from './entry'

/**
 * Writes entries to the journal in one statement, however many they are. An entry whose cause is already there is left
 * out, so reporting the same news twice records it once. Movements of zero are dropped.
 * @returns the causes that were new, as `kind id`
 */
export async function record(tx: Tx, entries: readonly Entry[]): Promise<Set<string>> {
  const worth = entries
    .map((entry) => ({ ...entry, id: newId(), movements: entry.movements.filter(({ amount }) => amount.minor !== 0n) }))
    .filter(({ movements }) => movements.length > 0)
  if (worth.length === 0) return new Set()
  const lines = worth.flatMap(({ id, movements }) =>
    movements.map((movement, position) => ({ id, position, ...movement })),
  )
  // The plan for one entry, a payment's, would not do for a page of a sync.
  const tag = worth.length === 1 ? kept : sql
  const written = await tx.rows<{ causeKind: string; causeId: string }>(tag`
    with written as (
      insert into journal_entries (tenant_id, id, cause_kind, cause_id, happened_at, booked_on, note)
      select ${tx.tenantId}, * from unnest(
        ${worth.map(({ id }) => id)}::uuid[], ${worth.map(({ cause }) => cause.kind)}::text[], ${worth.map(({ cause }) => cause.id)}::text[],
        ${worth.map(({ happenedAt }) => happenedAt)}::timestamptz[], ${worth.map(({ bookedOn }) => bookedOn)}::date[],
        ${worth.map(({ note }) => note ?? '')}::text[])
      on conflict (tenant_id, cause_kind, cause_id) do nothing
      returning id, cause_kind, cause_id),
    moved as (
      insert into journal_lines (tenant_id, entry_id, position, debit, credit, amount_minor, currency, client_id, invoice_id, attempt_id, payout_id)
      select ${tx.tenantId}, line.* from unnest(
        ${lines.map(({ id }) => id)}::uuid[], ${lines.map(({ position }) => position)}::smallint[],
        ${lines.map(({ debit }) => debit)}::text[], ${lines.map(({ credit }) => credit)}::text[],
        ${lines.map(({ amount }) => amount.minor)}::bigint[], ${lines.map(({ amount }) => amount.currency)}::text[],
        ${lines.map(({ clientId }) => clientId)}::uuid[], ${lines.map(({ invoiceId }) => invoiceId)}::uuid[],
        ${lines.map(({ attemptId }) => attemptId)}::uuid[], ${lines.map(({ payoutId }) => payoutId)}::uuid[])
        as line (entry_id, position, debit, credit, amount_minor, currency, client_id, invoice_id, attempt_id, payout_id)
      join written on written.id = line.entry_id)
    select cause_kind, cause_id from written`)
  return new Set(written.map(({ causeKind, causeId }) => `${causeKind} ${causeId}`))
}
