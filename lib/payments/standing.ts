import 'server-only'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { creditUnder } from '@/lib/billing/mirrored-invoices'
import type { Standing } from './movements'

/**
 * What a payment still stands for: its movements into receivable, credit and surcharge, less what was taken back. The
 * invoices are locked, since what they can give back is about to be decided.
 */
export async function standingOf(tx: Tx, attemptId: string): Promise<Standing[]> {
  const rows = await tx.rows<{ account: Standing['account']; invoiceId: string | null; minor: bigint }>(sql`
    select case when invoice_id is null then account else 'receivable' end as account, invoice_id, sum(minor)::bigint as minor from (
      select credit as account, invoice_id, amount_minor as minor from journal_lines
      where tenant_id = ${tx.tenantId} and attempt_id = ${attemptId} and credit in ('receivable', 'unapplied', 'surcharge_income')
      union all
      select debit, invoice_id, -amount_minor from journal_lines
      where tenant_id = ${tx.tenantId} and attempt_id = ${attemptId} and debit in ('receivable', 'unapplied', 'surcharge_income')) moved
    group by 1, invoice_id having sum(minor) > 0 order by invoice_id nulls last`)
  const ids = rows.map(({ invoiceId }) => invoiceId).filter((id) => id !== null)
  const invoices = await tx.rows<{ id: string; settledMinor: bigint }>(sql`
    select id, settled_minor from invoices where tenant_id = ${tx.tenantId} and id = any(${ids}::uuid[]) order by id for update`)
  const settled = new Map(invoices.map(({ id, settledMinor }) => [id, settledMinor]))
  const credited = await creditUnder(tx, ids)
  return rows.map(({ account, invoiceId, minor }) => {
    if (account !== 'receivable') return { account, minor }
    if (invoiceId === null) throw new Error('a receivable line of a payment names no invoice')
    return { account, invoiceId, minor, settled: settled.get(invoiceId) ?? 0n, credited: credited.get(invoiceId) ?? 0n }
  })
}
