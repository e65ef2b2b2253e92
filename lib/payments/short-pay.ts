import 'server-only'
import type { PlainDate } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'

type Short = { orderId: string; invoiceId: string; shortReason?: string | undefined; currency: string; on: PlainDate }

/**
 * Tells the PSA, once, why an invoice was paid in part. Called when the money, or the credit, has moved: what is open
 * then is what the note speaks of. An invoice that is whole after all needs none.
 */
export async function noteShortPay(tx: Tx, { orderId, invoiceId, shortReason, currency, on }: Short): Promise<void> {
  if (shortReason === undefined) return
  const invoice = await tx.row<{ balanceMinor: bigint; totalMinor: bigint }>(sql`
    select balance_minor, total_minor from invoices where tenant_id = ${tx.tenantId} and id = ${invoiceId}`)
  if (invoice === undefined || invoice.balanceMinor <= 0n) return
  const words = (minor: bigint) => formatMoney(money(minor, currency), 'en-US')
  const text = `${on} Paid in part online: ${words(invoice.balanceMinor)} of ${words(invoice.totalMinor)} stays open. The client says: ${shortReason}`
  await announce(tx, { kind: 'note.due', invoiceId, text }, `short:${orderId}:${invoiceId}`)
}
