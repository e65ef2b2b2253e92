import 'server-only'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { type Money, money } from '@/lib/money/money'

/** A part of an invoice that a person has put on hold, and that is not closed. */
export type Hold = { id: string; amount: Money; reason: string; isClients: boolean; openedAt: Date }

/** The open holds of an invoice, the oldest first; who may see the invoice has been settled. */
export async function openHolds(tx: Tx, invoiceId: string): Promise<Hold[]> {
  const rows = await tx.rows<{
    id: string
    amountMinor: bigint
    currency: string
    reason: string
    openedBy: string
    openedAt: Date
  }>(sql`
    select h.id, h.amount_minor, i.currency, h.reason, h.opened_by, h.opened_at
    from invoice_holds h join invoices i on i.tenant_id = h.tenant_id and i.id = h.invoice_id
    where h.tenant_id = ${tx.tenantId} and h.invoice_id = ${invoiceId} and h.closed_at is null order by h.opened_at, h.id`)
  return rows.map(({ id, amountMinor, currency, reason, openedBy, openedAt }) => {
    return { id, amount: money(amountMinor, currency), reason, isClients: openedBy !== 'staff', openedAt }
  })
}
