import 'server-only'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { raise } from '@/lib/events/exception'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'

/** More was paid on an invoice than it asks for now. */
export async function raiseExcess(
  tx: Tx,
  placed: { id: string; clientId: string; invoice: { number: string; total: { minor: bigint; currency: string } } },
  excessMinor: bigint,
): Promise<void> {
  const { number, total } = placed.invoice
  const excess = money(excessMinor, total.currency)
  await raise(tx, {
    cause: 'paid-twice',
    subject: { kind: 'invoice', id: placed.id },
    clientId: placed.clientId,
    amount: excess,
    detail: `Invoice ${number} is now ${formatMoney(total, 'en-US')}, and ${formatMoney(excess, 'en-US')} more than that was paid.`,
    nextStep: 'The difference stands as the client’s credit. Refund it, or apply it to another invoice.',
  })
}

/** Payment rows of ours that somebody removed in the PSA: the payment itself stands, only its image is missing. */
export async function raiseLost(tx: Tx, recordedIds: readonly string[]): Promise<void> {
  if (recordedIds.length === 0) return
  const lost = await tx.rows<Lost>(sql`
    update write_backs w
    set state = 'needs_you', external_id = null, written_minor = 0, error = 'The payment row was removed in the PSA'
    from recorded_payments p join invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id
    where p.tenant_id = ${tx.tenantId} and p.id = any(${recordedIds}::uuid[]) and w.tenant_id = ${tx.tenantId}
      and w.attempt_id = p.attempt_id and w.invoice_id = p.invoice_id and w.external_id = p.external_id
    returning w.id, i.client_id, i.number, p.amount_minor, p.currency`)
  for (const { id, clientId, number, amountMinor, currency } of lost) {
    const amount = money(amountMinor, currency)
    await raise(tx, {
      cause: 'psa-refused',
      subject: { kind: 'write_back', id },
      clientId,
      amount,
      detail: `The payment of ${formatMoney(amount, 'en-US')} on invoice ${number} was removed in the PSA by somebody there.`,
      nextStep: 'Send it to the PSA again, or refund the payment here if it should not stand.',
    })
  }
}
type Lost = { id: string; clientId: string; number: string; amountMinor: bigint; currency: string }

/** An invoice vanished from the PSA after it was paid through us. */
export async function raisePaidAfterVoid(
  tx: Tx,
  invoice: { id: string; clientId: string; number: string; currency: string },
  paidMinor: bigint,
): Promise<void> {
  const paid = money(paidMinor, invoice.currency)
  await raise(tx, {
    cause: 'paid-after-void',
    subject: { kind: 'invoice', id: invoice.id },
    clientId: invoice.clientId,
    amount: paid,
    detail: `Invoice ${invoice.number} was deleted in the PSA after ${formatMoney(paid, 'en-US')} had been paid on it.`,
    nextStep: 'The money stands as the client’s credit. Refund it, or apply it to another invoice.',
  })
}
