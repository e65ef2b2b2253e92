import 'server-only'
import { now, todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { sql } from '@/lib/base/sql'
import { announceMany } from '@/lib/events/announce-many'
import { record } from '@/lib/ledger/record'
import { getTenant } from '@/lib/tenancy/queries'
import { lockInvoices } from './mirrored-invoices'
import { localIds } from './name-refs'
import { raisePaidAfterVoid } from './raise-findings'
import { voidInvoice } from './settle-invoice'
import { withdrawCredit } from './withdraw-credit'

/**
 * Invoices that are no more in the PSA. They ask for nothing any more; what was paid on them stands as the client's
 * credit, and payments through us are put before a person. Nothing is refunded by itself.
 * @returns how many were still open
 */
export async function voidInvoices(tx: Tx, connectionId: string, externalIds: readonly string[]): Promise<number> {
  const names = await localIds(tx, connectionId, 'invoice', externalIds)
  const at = now()
  const locked = await lockInvoices(tx, connectionId, [...names.values()], at)
  const open = [...locked.values()].filter(({ state }) => state === 'open')
  if (open.length === 0) return 0
  const ids = open.map(({ id }) => id)
  const today = todayIn((await getTenant(tx)).timeZone, at)
  await record(
    tx,
    open.map((invoice) => voidInvoice(invoice, at, today)),
  )
  await tx.run(sql`
    update invoices set state = 'void', voided_at = ${at}, psa_balance_minor = 0, settled_at = null, source_hash = ''
    where tenant_id = ${tx.tenantId} and id = any(${ids}::uuid[])`)
  await announceMany(
    tx,
    open.map(({ id, version }) => ({
      news: { kind: 'invoice.voided', invoiceId: id, version },
      key: `${id}:${version}`,
    })),
  )
  const paid = await paidThroughUs(tx, ids)
  for (const invoice of open) {
    const minor = paid.get(invoice.id) ?? 0n
    if (minor > 0n) await raisePaidAfterVoid(tx, invoice, minor)
  }
  await withdrawCredit(
    tx,
    open.map(({ clientId }) => clientId),
  )
  await faultPoint('invoices.voided')
  return open.length
}

/** What payments through us, less what was given back, had taken off each invoice. */
async function paidThroughUs(tx: Tx, ids: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await tx.rows<{ invoiceId: string; minor: bigint }>(sql`
    select invoice_id, sum(case when credit = 'receivable' then amount_minor else -amount_minor end)::bigint as minor
    from journal_lines
    where tenant_id = ${tx.tenantId} and invoice_id = any(${ids}::uuid[]) and attempt_id is not null and 'receivable' in (debit, credit)
    group by invoice_id`)
  return new Map(rows.map(({ invoiceId, minor }) => [invoiceId, minor]))
}
