import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { Settlement } from './settle-invoice'

/** Writes down which payment rows stand in the PSA. Their money is in the journal already, by the same settlement. */
export async function saveRecorded(tx: Tx, connectionId: string, settled: readonly Settlement[]): Promise<void> {
  const added = settled.flatMap((one) => one.added)
  if (added.length > 0)
    await tx.run(sql`
      insert into recorded_payments (tenant_id, connection_id, id, external_id, invoice_id, credit_invoice_id, amount_minor, currency, paid_on, seen_at)
      select ${tx.tenantId}, ${connectionId}, *, ${now()}::timestamptz from unnest(
        ${added.map(({ id }) => id)}::uuid[], ${added.map(({ externalId }) => externalId)}::text[],
        ${added.map(({ invoiceId }) => invoiceId)}::uuid[], ${added.map(({ creditInvoiceId }) => creditInvoiceId ?? null)}::uuid[],
        ${added.map(({ amount }) => amount.minor)}::bigint[], ${added.map(({ amount }) => amount.currency)}::text[],
        ${added.map(({ paidOn }) => paidOn)}::date[])`)
  const restated = settled.flatMap((one) => one.restated)
  if (restated.length > 0)
    await tx.run(sql`
      update recorded_payments p set amount_minor = s.amount_minor, paid_on = s.paid_on, gone_at = null, seen_at = ${now()}
      from unnest(${restated.map(({ id }) => id)}::uuid[], ${restated.map(({ amountMinor }) => amountMinor)}::bigint[],
        ${restated.map(({ paidOn }) => paidOn)}::date[]) as s (id, amount_minor, paid_on)
      where p.tenant_id = ${tx.tenantId} and p.id = s.id`)
  const gone = settled.flatMap((one) => [...one.gone, ...one.lost])
  if (gone.length > 0)
    await tx.run(sql`
      update recorded_payments set gone_at = ${now()}
      where tenant_id = ${tx.tenantId} and id = any(${gone}::uuid[]) and gone_at is null`)
}
